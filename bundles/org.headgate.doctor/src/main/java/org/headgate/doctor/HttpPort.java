package org.headgate.doctor;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.DeviceFile;
import org.headgate.config.api.Texts;
import org.headgate.doctor.api.Finding;

/**
 * The port that devices post to, as its file wants it.
 *
 * @param number of the port
 * @param outside whether the network may reach it
 * @param tls whether what comes is encrypted
 */
record HttpPort(int number, boolean outside, boolean tls) {
    private static final String FILE = "headgate.http.cfg";
    private static final String LISTEN = "127.0.0.1:8480";

    /** Empty where no device listens: then there is no port. */
    static Optional<HttpPort> wanted(Configurations configurations) {
        boolean needed = DeviceFile.enabled(configurations).stream()
                .anyMatch(device -> device.isOf("http") && listens(device, configurations));
        if (!needed) {
            return Optional.empty();
        }
        Map<String, String> keys = configurations.values(FILE);
        String listen = keys.getOrDefault("listen", LISTEN).strip();
        int colon = listen.lastIndexOf(':');
        boolean loopback = listen.startsWith("127.") || listen.startsWith("[::1]");
        boolean tls = keys.containsKey("tls.key");
        boolean clear = Texts.flag(keys.getOrDefault("clear-text", "false")).orElse(false);
        // What is no port is refused by whoever opens it, and said in the device's state.
        return Texts.number(listen.substring(colon + 1))
                .map(number -> new HttpPort(number.intValue(), !loopback && (tls || clear), tls));
    }

    private static boolean listens(DeviceFile device, Configurations configurations) {
        String profile = "headgate.profile-" + device.values().getOrDefault("profile", "") + ".cfg";
        return device.values().containsKey("listen")
                || configurations.files().contains(profile)
                        && configurations.values(profile).containsKey("listen");
    }

    /** Whether a socket is open to the network because its file says so. */
    boolean isMeant(InetSocketAddress socket) {
        return outside && socket.getPort() == number;
    }

    /** What to say where it is open to the network as it should be. */
    Finding open() {
        return tls
                ? Finding.ok("http", "listens on port " + number + " for the network, with TLS, as " + FILE + " wants")
                : Finding.warn(
                        "http",
                        "listens on port " + number + " for the network without TLS: tokens can be read on the way",
                        "tls.certificate and tls.key in " + FILE + " in place of clear-text");
    }

    /** Where its number stands, for whoever wants another one. */
    static String setting() {
        return "listen of " + FILE;
    }
}
