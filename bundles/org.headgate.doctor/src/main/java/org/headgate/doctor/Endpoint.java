package org.headgate.doctor;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * A server, as the address of an uplink names it.
 *
 * @param host its name or number
 * @param port its port
 * @param tls whether it is spoken to through TLS
 */
record Endpoint(String host, int port, boolean tls) {
    private static final Map<String, Integer> PLAIN =
            Map.of("mqtt", 1883, "tcp", 1883, "ws", 80, "http", 80, "amqp", 5672);
    private static final Map<String, Integer> SECURE =
            Map.of("mqtts", 8883, "ssl", 8883, "tls", 8883, "wss", 443, "https", 443, "amqps", 5671);

    /** Empty where the address names no server that we know how to reach. */
    static Optional<Endpoint> of(String address) {
        try {
            URI uri = new URI(address);
            String scheme = String.valueOf(uri.getScheme());
            Integer port = PLAIN.getOrDefault(scheme, SECURE.get(scheme));
            if (port == null || uri.getHost() == null) {
                return Optional.empty();
            }
            String host = uri.getHost().replaceAll("^\\[|\\]$", "");
            return Optional.of(
                    new Endpoint(host, uri.getPort() < 0 ? port : uri.getPort(), SECURE.containsKey(scheme)));
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
