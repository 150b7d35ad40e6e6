package org.headgate.mqtt.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.headgate.tls.TlsSettings;

/**
 * How files of uplinks and of devices say the way to a broker.
 *
 * @param version {@code 3.1.1} or {@code 5}
 * @param clientId the client's identifier; empty where the file leaves it to the reader
 * @param keepAlive how long the connection may be silent before it is probed
 * @param tls who is trusted, and who we are
 * @param proxy what lies between; empty for nothing
 */
public record MqttKeys(
        String version, String clientId, Duration keepAlive, TlsSettings tls, Optional<ProxySettings> proxy) {
    /** The keys that {@link #read} reads. */
    public static final List<String> KEYS = Stream.of(
                    List.of("version", "client-id", "keepalive"), TlsSettings.KEYS, ProxySettings.KEYS)
            .flatMap(List::stream)
            .toList();

    private static final List<String> VERSIONS = List.of("3.1.1", "5");
    private static final int LONGEST_KEEPALIVE = 65_535;

    /**
     * Reads the {@link #KEYS} and passes over all others; opens none of the files that they name. Version 3.1.1 is what every broker speaks.
     *
     * @param address the broker's, as {@link MqttAddress#parse} reads it
     * @param files reads a file that a key names, anew for each connection
     * @throws IllegalArgumentException with {@code key: value (expected: ...)}
     */
    public static MqttKeys read(String address, Map<String, String> options, Function<String, Optional<byte[]>> files) {
        MqttAddress server = MqttAddress.parse(address);
        String version = options.getOrDefault("version", "3.1.1");
        if (!VERSIONS.contains(version)) {
            throw wrong("version", version, "one of " + String.join(", ", VERSIONS));
        }
        String clientId = options.getOrDefault("client-id", "");
        if (options.containsKey("client-id") && clientId.isBlank()) {
            throw wrong("client-id", clientId, "a text");
        }
        TlsSettings tls = TlsSettings.of(options, files);
        if (!server.tls() && !tls.isPlain()) {
            String key = TlsSettings.KEYS.stream()
                    .filter(options::containsKey)
                    .findFirst()
                    .orElseThrow();
            throw wrong(key, options.get(key), "an address with mqtts:// or wss://");
        }
        Duration keepAlive = keepAlive(options.getOrDefault("keepalive", "30s"));
        return new MqttKeys(version, clientId, keepAlive, tls, ProxySettings.of(options, files));
    }

    /**
     * Refuses a password that the version cannot send: MQTT 3.1.1 has none without a user's name (3.1.2.9).
     *
     * @param user the user's name; empty for none
     * @param password whether there is a password, or a token
     * @throws IllegalArgumentException with {@code user: missing (expected: ...)}
     */
    public void checkLogIn(String user, boolean password) {
        if (password && user.isEmpty() && version.equals("3.1.1")) {
            throw wrong("user", "missing", "a name beside the password or token; MQTT 3.1.1 sends none without");
        }
    }

    private static Duration keepAlive(String text) {
        String digits =
                text.endsWith("s") ? text.substring(0, text.length() - 1).strip() : text;
        if (digits.matches("\\d{1,5}")
                && Integer.parseInt(digits) >= 1
                && Integer.parseInt(digits) <= LONGEST_KEEPALIVE) {
            return Duration.ofSeconds(Integer.parseInt(digits));
        }
        throw wrong("keepalive", text, "seconds from 1s to 65535s");
    }

    private static IllegalArgumentException wrong(String key, String value, String expected) {
        return new IllegalArgumentException(key + ": " + value + " (expected: " + expected + ")");
    }
}
