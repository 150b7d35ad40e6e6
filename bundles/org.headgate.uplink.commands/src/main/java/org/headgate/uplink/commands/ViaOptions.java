package org.headgate.uplink.commands;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Texts;

/**
 * The words of {@code headgate exec --via ...}.
 *
 * @param options by their names without dashes
 * @param command the command and its words
 */
record ViaOptions(Map<String, String> options, List<String> command) {
    static final String USAGE =
            "usage: headgate exec --via mqtts://HOST[:PORT] --gateway ID [--user U --password-file F]"
                    + " [--ca F] [--pin sha256:KEY] [--cert F --key F [--key-password-file F]] [--proxy URL] [--version 3.1.1|5]"
                    + " [--topic T --response T] [--timeout 60s] COMMAND WORD...";

    static final List<String> NAMES = List.of(
            "via",
            "gateway",
            "user",
            "password-file",
            "ca",
            "pin",
            "cert",
            "key",
            "key-password-file",
            "proxy",
            "version",
            "topic",
            "response",
            "timeout");

    /** Which of them the libraries know by which key. */
    private static final Map<String, String> KEYS = Map.of(
            "ca", "tls.ca",
            "pin", "tls.pin",
            "cert", "tls.certificate",
            "key", "tls.key",
            "key-password-file", "tls.key-password",
            "proxy", "proxy");

    ViaOptions {
        options = Map.copyOf(options);
        command = List.copyOf(command);
    }

    /**
     * Reads the words; options end at the first one that is none.
     *
     * @throws IllegalArgumentException with one line for the user
     */
    static ViaOptions parse(List<String> words) {
        Map<String, String> options = new HashMap<>();
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("--")) {
            String[] parts = words.get(at++).substring(2).split("=", 2);
            if (!NAMES.contains(parts[0])) {
                throw new IllegalArgumentException("unknown option --" + parts[0] + "; " + USAGE);
            }
            if (parts.length == 1 && at == words.size()) {
                throw new IllegalArgumentException("--" + parts[0] + ": missing (expected: a value)");
            }
            options.put(parts[0], parts.length == 2 ? parts[1] : words.get(at++));
        }
        for (String needed : List.of("via", "gateway")) {
            if (!options.containsKey(needed)) {
                throw new IllegalArgumentException("missing --" + needed + "; " + USAGE);
            }
        }
        if (at == words.size()) {
            throw new IllegalArgumentException("missing COMMAND; " + USAGE);
        }
        ViaOptions parsed = new ViaOptions(options, words.subList(at, words.size()));
        if (!List.of("3.1.1", "5").contains(parsed.version())) {
            throw new IllegalArgumentException("--version: " + parsed.version() + " (expected: 3.1.1 or 5)");
        }
        if (options.containsKey("password-file")
                && parsed.text("user").isEmpty()
                && parsed.version().equals("3.1.1")) {
            throw new IllegalArgumentException("--user: missing (expected: a name beside --password-file;"
                    + " MQTT 3.1.1 sends no password without one, --version 5 does)");
        }
        parsed.timeout();
        return parsed;
    }

    String text(String name) {
        return options.getOrDefault(name, "");
    }

    String version() {
        return options.getOrDefault("version", "3.1.1");
    }

    /** Where requests go. */
    String topic() {
        return options.getOrDefault("topic", "headgate/{gateway}/command").replace("{gateway}", text("gateway"));
    }

    /** Where the answer comes. */
    String response(String id) {
        return options.getOrDefault("response", "headgate/{gateway}/response/{id}")
                .replace("{gateway}", text("gateway"))
                .replace("{id}", id);
    }

    Duration timeout() {
        String text = options.getOrDefault("timeout", "60s");
        return Texts.duration(text)
                .filter(time -> !time.isZero())
                .orElseThrow(() -> new IllegalArgumentException(
                        "--timeout: " + text + " (expected: " + Texts.DURATION_EXPECTED + ")"));
    }

    /** A message of the libraries, which name the keys of an uplink's file, for somebody who has options. */
    static String readable(String message) {
        String text = message;
        for (String name : List.of("key-password-file", "ca", "pin", "cert", "key", "proxy")) {
            text = text.replaceAll("(?<![\\w.-])" + KEYS.get(name) + "(?![\\w.-]|:/)", "--" + name);
        }
        return text;
    }

    /** What is said of TLS and a proxy, by the keys of an uplink's file. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        options.forEach((name, value) -> {
            if (KEYS.containsKey(name)) {
                // A password is a file's by its name alone, as a secret's is in an uplink's file.
                settings.put(KEYS.get(name), name.endsWith("-file") ? "@" + value : value);
            }
        });
        return settings;
    }
}
