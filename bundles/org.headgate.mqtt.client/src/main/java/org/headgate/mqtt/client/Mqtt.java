package org.headgate.mqtt.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.headgate.tls.ServerCertificate;

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

    /**
     * Goes the way to the broker, through proxy and TLS, and hangs up before a word of MQTT is said.
     *
     * @return what the broker's certificate says; empty without TLS
     * @throws IOException when there is no way through, with one line for the user
     */
    public static Optional<ServerCertificate> reach(MqttSettings settings) throws IOException {
        try (Sockets sockets = new Sockets(settings)) {
            Wire wire = sockets.wire();
            try {
                wire.connect(InetSocketAddress.createUnresolved("", 0), 0);
                return wire.server();
            } catch (IOException failure) {
                throw new IOException(sockets.line(failure), failure);
            }
        }
    }
}
