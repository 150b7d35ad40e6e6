/**
 * The way out: transports (MQTT and whatever comes), payload formats, and the state of the configured uplinks.
 *
 * <p>A transport bundle registers a {@link Transport}, a format bundle a {@link PayloadFormat}; {@code
 * org.headgate.uplink.runtime} joins them with an outbox log for each priority, supervises the links and offers {@link Uplinks} and {@link
 * UplinkTrials}. A {@link Link} may block in {@link Transport#open} and {@link Link#subscribe} only; what it has to say comes through {@link
 * LinkListener}, from any thread. A format has a {@link PayloadSession} for each connection.
 */
@Export
@Version("4.0.0")
package org.headgate.uplink.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
