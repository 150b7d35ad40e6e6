package org.headgate.mqtt.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A proxy between us and the broker.
 *
 * @param socks whether it is a SOCKS proxy (RFC 1928); else it is an HTTP proxy that knows CONNECT (RFC 9110, 9.3.6)
 * @param host its name or address
 * @param port its port
 * @param user who we are to it; empty for nobody
 * @param password the name of the file with the password; empty for none
 * @param files reads that file, anew for each connection
 */
public record ProxySettings(
        boolean socks, String host, int port, String user, String password, Function<String, Optional<byte[]>> files) {
    /** The keys that {@link #of} reads. */
    public static final List<String> KEYS = List.of("proxy", "proxy.user", "proxy.password");

    private static final String EXPECTED = "http://host:port or socks5://host:port";

    /**
     * Reads the {@link #KEYS}; opens no file.
     *
     * @return empty when there is no proxy
     * @throws IllegalArgumentException with {@code key: value (expected: ...)}
     */
    public static Optional<ProxySettings> of(Map<String, String> options, Function<String, Optional<byte[]>> files) {
        String proxy = options.getOrDefault("proxy", "");
        String user = options.getOrDefault("proxy.user", "");
        String password = options.getOrDefault("proxy.password", "");
        if (!password.isEmpty() && !password.matches("@.+")) {
            throw wrong("proxy.password", "***", "@name of a file in HOME/secrets; clear text is refused");
        }
        if (!password.isEmpty() && user.isEmpty()) {
            throw wrong("proxy.password", password, "proxy.user beside it");
        }
        if (proxy.isEmpty()) {
            if (!user.isEmpty()) {
                throw wrong("proxy.user", user, "proxy beside it: " + EXPECTED);
            }
            return Optional.empty();
        }
        try {
            URI uri = new URI(proxy);
            boolean socks = "socks5".equals(uri.getScheme());
            boolean bare = uri.getRawUserInfo() == null
                    && String.valueOf(uri.getRawPath()).replace("/", "").isEmpty();
            if ((socks || "http".equals(uri.getScheme())) && bare && uri.getHost() != null && uri.getPort() > 0) {
                String host = uri.getHost().replaceAll("[\\[\\]]", "");
                return Optional.of(new ProxySettings(socks, host, uri.getPort(), user, password, files));
            }
        } catch (URISyntaxException notAnAddress) {
            // The same message as for any other text.
        }
        throw wrong("proxy", proxy, EXPECTED + "; user and password are keys of their own");
    }

    private static IllegalArgumentException wrong(String key, String value, String expected) {
        return new IllegalArgumentException(key + ": " + value + " (expected: " + expected + ")");
    }

    /** Host and port, for messages. */
    public String place() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The password as it is now; a line's end, as editors leave it, is not part of it. */
    byte[] secret() throws Told {
        if (password.isEmpty()) {
            return new byte[0];
        }
        byte[] file = files.apply(password)
                .orElseThrow(() -> new Told("proxy.password: no secret " + password.substring(1) + " (secret:set "
                        + password.substring(1) + " sets it)"));
        return new String(file, StandardCharsets.UTF_8).stripTrailing().getBytes(StandardCharsets.UTF_8);
    }
}
