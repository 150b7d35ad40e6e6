package org.headgate.driver.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.headgate.config.api.Settings;
import org.headgate.tls.TlsSettings;

/**
 * {@code headgate.http.cfg}: where devices that post are listened to.
 *
 * @param address on this machine only, unless the file says otherwise
 * @param tls our certificate; plain for none
 * @param connections how many may be open at once
 */
record ServerSettings(InetSocketAddress address, TlsSettings tls, int connections) {
    static final String KIND = "http";
    static final String FILE = "headgate.http.cfg";
    static final String LISTEN = "127.0.0.1:8480";
    static final int CONNECTIONS = 100;

    private static final String EXPECTED = "ADDRESS:PORT of this machine, such as " + LISTEN;
    private static final int LARGEST_PORT = 65_535;
    private static final int LEAST_CONNECTIONS = 4;
    private static final int MOST_CONNECTIONS = 10_000;

    /** Reads the keys; what is wrong is noted in the settings. */
    static ServerSettings read(Settings settings, Function<String, Optional<byte[]>> files) {
        String listen = settings.text("listen").orElse(LISTEN);
        Optional<InetSocketAddress> address = address(listen);
        if (address.isEmpty()) {
            settings.wrong("listen", EXPECTED);
        }
        TlsSettings tls = tls(settings, files);
        boolean clear = settings.flag("clear-text", false);
        boolean outside = address.isPresent() && !address.get().getAddress().isLoopbackAddress();
        if (outside && tls.isPlain() && !clear) {
            settings.wrong(
                    "listen",
                    "an address of the loopback interface, or tls.certificate and tls.key beside it; or clear-text = true, where tokens may be read on the way");
        }
        long connections = settings.number("connections", LEAST_CONNECTIONS, MOST_CONNECTIONS, CONNECTIONS);
        return new ServerSettings(address.orElseGet(() -> address(LISTEN).orElseThrow()), tls, (int) connections);
    }

    /** An address by its numbers: a name would be looked up. */
    private static Optional<InetSocketAddress> address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        boolean numeric = bare.matches("\\d+\\.\\d+\\.\\d+\\.\\d+") || bare.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
        if (!numeric
                || !port.matches("\\d{1,5}")
                || Integer.parseInt(port) < 1
                || Integer.parseInt(port) > LARGEST_PORT) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByName(bare), Integer.parseInt(port)));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    private static TlsSettings tls(Settings settings, Function<String, Optional<byte[]>> files) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String key : new String[] {"tls.certificate", "tls.key", "tls.key-password"}) {
            settings.text(key).ifPresent(value -> options.put(key, value));
        }
        try {
            return TlsSettings.of(options, files);
        } catch (IllegalArgumentException wrong) {
            String line = wrong.getMessage();
            String expected = "(expected: ";
            settings.wrong(
                    line.substring(0, line.indexOf(':')),
                    line.substring(line.indexOf(expected) + expected.length(), line.length() - 1));
            return TlsSettings.SYSTEM;
        }
    }

    /** For messages: {@code 127.0.0.1:8480}. */
    String place() {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
