/**
 * MQTT 3.1.1 and 5 by Eclipse Paho 1.2.5, which this bundle embeds, inside the rules that make Paho sound: a fresh client
 * per connection, clean start, no automatic reconnect, nothing persisted, a window of our own below its limit, and no
 * call into the client from its callbacks. The way to the broker is ours: TLS ({@code org.headgate.tls}), a proxy, a web socket.
 *
 * <p>{@link Mqtt#connect} blocks within its time-out; a {@link MqttSession} may be used by any thread, its events come on
 * Paho's threads and must not block or call the session.
 */
@Export
@Version("3.2.0")
package org.headgate.mqtt.client;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
