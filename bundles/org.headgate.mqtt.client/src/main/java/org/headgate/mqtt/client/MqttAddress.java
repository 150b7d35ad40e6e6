package org.headgate.mqtt.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * Where a broker is.
 *
 * @param tls whether TLS is spoken
 * @param webSocket whether MQTT goes through a web socket (MQTT 5, 6)
 * @param host the broker's name or address, without brackets
 * @param port its port
 * @param path the web socket's path; empty without one
 */
public record MqttAddress(boolean tls, boolean webSocket, String host, int port, String path) {
    /** What an address looks like, for messages. */
    public static final String EXPECTED =
            "mqtt://host or mqtt://host:port, mqtts:// for TLS, ws:// or wss:// for web sockets";

    private static final Map<String, Integer> PORTS =
            Map.of("mqtt", 1883, "tcp", 1883, "mqtts", 8883, "ssl", 8883, "ws", 80, "wss", 443);

    /**
     * Reads {@code mqtt://host:port} ({@code tcp://}), {@code mqtts://} ({@code ssl://}), {@code ws://host:port/path} or {@code wss://};
     * a web socket without a path has {@code /mqtt}.
     *
     * @throws IllegalArgumentException with {@code address: value (expected: ...)}
     */
    public static MqttAddress parse(String address) {
        try {
            URI uri = new URI(address);
            String scheme = String.valueOf(uri.getScheme());
            boolean webSocket = scheme.startsWith("ws");
            boolean bare = uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && (webSocket || (String.valueOf(uri.getRawPath()).isEmpty() && uri.getRawQuery() == null));
            if (PORTS.containsKey(scheme) && bare && uri.getHost() != null) {
                String host = uri.getHost().replaceAll("[\\[\\]]", "");
                int port = uri.getPort() < 0 ? PORTS.get(scheme) : uri.getPort();
                return new MqttAddress(
                        scheme.endsWith("s") && !scheme.equals("ws") || scheme.equals("ssl"),
                        webSocket,
                        host,
                        port,
                        path(uri, webSocket));
            }
        } catch (URISyntaxException notAnAddress) {
            // The same message as for any other text.
        }
        throw new IllegalArgumentException("address: " + address + " (expected: " + EXPECTED + ")");
    }

    private static String path(URI uri, boolean webSocket) {
        if (!webSocket) {
            return "";
        }
        String path = uri.getRawPath().isEmpty() ? "/mqtt" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** Host and port as they stand in an address. */
    public String place() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
