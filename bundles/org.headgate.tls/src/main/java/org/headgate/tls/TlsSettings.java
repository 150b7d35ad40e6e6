package org.headgate.tls;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a user says about TLS: names of files, which are read when a connection is made.
 *
 * @param ca certificates (PEM or DER) of the only authorities that are trusted; empty for those of the system
 * @param pins keys of which the server's certificate has one; they replace the authority where {@code ca} is empty
 * @param certificate our certificate and those above it, PEM; empty where {@code key} holds them or there is none
 * @param key our key, PEM or PKCS#12; empty for none
 * @param keyPassword the name of the file with the key's password; empty for none
 * @param files reads a file that a setting names, anew each time; empty when there is none
 */
public record TlsSettings(
        String ca,
        List<String> pins,
        String certificate,
        String key,
        String keyPassword,
        Function<String, Optional<byte[]>> files) {
    /** The keys that {@link #of} reads. */
    public static final List<String> KEYS =
            List.of("tls.ca", "tls.pin", "tls.certificate", "tls.key", "tls.key-password");

    /** The authorities of the system, no certificate of our own. */
    public static final TlsSettings SYSTEM = new TlsSettings("", List.of(), "", "", "", name -> Optional.empty());

    /** Keeps a copy of the list. */
    public TlsSettings {
        pins = List.copyOf(pins);
    }

    /**
     * Reads the {@link #KEYS}; opens no file.
     *
     * @throws IllegalArgumentException with {@code key: value (expected: ...)}
     */
    public static TlsSettings of(Map<String, String> options, Function<String, Optional<byte[]>> files) {
        String pin = options.getOrDefault("tls.pin", "");
        TlsSettings settings = new TlsSettings(
                options.getOrDefault("tls.ca", ""),
                pin.isBlank() ? List.of() : pins(pin),
                options.getOrDefault("tls.certificate", ""),
                options.getOrDefault("tls.key", ""),
                options.getOrDefault("tls.key-password", ""),
                files);
        if (!settings.certificate.isEmpty() && settings.key.isEmpty()) {
            throw wrong("tls.certificate", settings.certificate, "tls.key beside it: the certificate's key");
        }
        if (!settings.keyPassword.isEmpty() && settings.key.isEmpty()) {
            throw wrong("tls.key-password", "***", "tls.key beside it: what the password opens");
        }
        if (!settings.keyPassword.isEmpty() && !settings.keyPassword.matches("@.+")) {
            throw wrong("tls.key-password", "***", "@name of a file in HOME/secrets; clear text is refused");
        }
        return settings;
    }

    /** Whether the user has said anything. */
    public boolean isPlain() {
        return (ca + certificate + key + keyPassword).isEmpty() && pins.isEmpty();
    }

    private static List<String> pins(String text) {
        try {
            return Arrays.stream(text.split(","))
                    .map(part -> Pin.parse(part.strip()).toString())
                    .toList();
        } catch (IllegalArgumentException notOne) {
            throw wrong(
                    "tls.pin", text, "sha256: and 44 characters of base64 or 64 hexadecimal digits, of a public key");
        }
    }

    private static IllegalArgumentException wrong(String key, String value, String expected) {
        return new IllegalArgumentException(key + ": " + value + " (expected: " + expected + ")");
    }

    /** Reads the file that a setting names. */
    byte[] read(String setting, String name) throws TlsException {
        return files.apply(name)
                .orElseThrow(() -> new TlsException(setting + ": " + name + " (expected: "
                        + (name.startsWith("@")
                                ? "a secret; secret:set " + name.substring(1) + " sets it)"
                                : "a file in HOME/files, or @name of a secret)")));
    }

    @Override
    public String toString() {
        return "TlsSettings[ca=" + ca + " pins=" + pins + " certificate=" + certificate + " key=" + key + "]";
    }
}
