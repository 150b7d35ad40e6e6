package org.headgate.mqtt.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * How to reach a broker.
 *
 * @param address {@code mqtt://host:port} (or {@code tcp://}); without a port 1883
 * @param version {@code 3.1.1} or {@code 5}
 * @param clientId the client's identifier, unique at the broker
 * @param user the user's name; empty for none
 * @param password the password; empty for none
 * @param timeout how long connecting may take
 * @param keepAlive how long the connection may be silent before it is probed
 * @param window how many messages may be unacknowledged at a time, from 1
 */
public record MqttSettings(
        String address,
        String version,
        String clientId,
        String user,
        char[] password,
        Duration timeout,
        Duration keepAlive,
        int window) {
    /** What an address looks like, for messages. */
    public static final String ADDRESS_EXPECTED = "mqtt://host or mqtt://host:port";

    /** Checks the address.
     *
     * @throws IllegalArgumentException with {@code address: value (expected: ...)}
     */
    public MqttSettings {
        serverUri(address);
    }

    /** Host and port of the address, not looked up. */
    public InetSocketAddress server() {
        URI uri = URI.create(serverUri());
        return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort());
    }

    /** The address as Paho wants it. */
    String serverUri() {
        return serverUri(address);
    }

    private static String serverUri(String address) {
        try {
            URI uri = new URI(address);
            String scheme = String.valueOf(uri.getScheme());
            if (scheme.equals("mqtts") || scheme.equals("ssl")) {
                throw wrong(address, "mqtt://; this version has no TLS yet");
            }
            boolean plain = scheme.equals("mqtt") || scheme.equals("tcp");
            boolean bare = uri.getPath().isEmpty() && uri.getQuery() == null && uri.getUserInfo() == null;
            if (plain && bare && uri.getHost() != null) {
                return "tcp://" + uri.getHost() + ":" + (uri.getPort() < 0 ? 1883 : uri.getPort());
            }
        } catch (URISyntaxException notAnAddress) {
            // The same message as for any other text.
        }
        throw wrong(address, ADDRESS_EXPECTED);
    }

    private static IllegalArgumentException wrong(String address, String expected) {
        return new IllegalArgumentException("address: " + address + " (expected: " + expected + ")");
    }

    @Override
    public String toString() {
        return "MqttSettings[" + address + " " + version + " " + clientId + "]";
    }
}
