package org.headgate.driver.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import org.headgate.device.api.InvalidSettingException;

/**
 * Where an address points to.
 *
 * @param tls whether it is {@code https}
 * @param host a name, or an IP address without brackets
 * @param target path and query, as they are sent (RFC 9112, 3.2.1)
 */
record Endpoint(boolean tls, String host, int port, String target) {
    private static final String EXPECTED = "http://HOST[:PORT][/PATH] or https://...";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LARGEST_PORT = 65_535;

    static Endpoint parse(String address) throws InvalidSettingException {
        try {
            return of(new URI(address));
        } catch (URISyntaxException | IllegalArgumentException wrong) {
            throw new InvalidSettingException("address", address, EXPECTED);
        }
    }

    /** What a redirection points to, seen from here. */
    Endpoint resolve(String location) throws URISyntaxException {
        return of(new URI(toString()).resolve(new URI(location)));
    }

    /** The same server with another path. */
    Endpoint at(String path) {
        return new Endpoint(tls, host, port, path);
    }

    /** Whether its path has a {@code .} or {@code ..} (RFC 3986, 3.3), also where a server decodes it twice. */
    boolean hasDots() {
        String path = target.replaceFirst("\\?.*", "");
        for (String before = ""; !before.equals(path); ) {
            before = path;
            path = path.replaceAll("(?i)%25", "%")
                    .replaceAll("(?i)%2e", ".")
                    .replaceAll("(?i)%2f|%5c|\\\\", "/")
                    .replaceAll("(?i)%3b", ";");
        }
        return Arrays.stream(path.split("/")).anyMatch(segment -> segment.matches("\\.\\.?(?:;.*)?"));
    }

    /** Whether what is meant for one may be shown to the other. */
    boolean isSameServer(Endpoint other) {
        return tls == other.tls && port == other.port && host.equalsIgnoreCase(other.host);
    }

    /** The host with the port where it is not the scheme's own: the field {@code Host}. */
    String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? HTTPS : HTTP) ? name : name + ":" + port;
    }

    private static Endpoint of(URI uri) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() < 0 ? tls ? HTTPS : HTTP : uri.getPort();
        if (!tls && !"http".equalsIgnoreCase(uri.getScheme())
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null
                || port < 1
                || port > LARGEST_PORT) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String host = uri.getHost();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        // Other letters than ASCII stand percent-encoded in a request.
        String ascii = URI.create(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
                .toASCIIString();
        return new Endpoint(tls, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port, ascii);
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority() + target;
    }
}
