package org.headgate.mqtt.client;

import java.io.IOException;

/** Connects to brokers. */
public final class Mqtt {
    private Mqtt() {}

    /**
     * Connects; blocks no longer than the settings' time-out and a second. A client that does not get through is closed with
     * its socket and threads.
     *
     * @throws IOException when it cannot, with one line for the user
     */
    public static MqttSession connect(MqttSettings settings, MqttEvents events) throws IOException {
        return settings.version().equals("5")
                ? Mqtt5Session.connect(settings, events)
                : Mqtt3Session.connect(settings, events);
    }
}
