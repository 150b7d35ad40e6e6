package org.headgate.config.api;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which settings hold a secret: their value is the name of one ({@code @mqtt-password}), never its text. One rule for whoever
 * refuses, masks or looks for clear text.
 */
public final class SecretKeys {
    /** What is shown in place of a secret's text. */
    public static final String MASK = "***";

    private static final List<String> WORDS =
            List.of("password", "passwd", "passphrase", "pwd", "secret", "token", "credential", "apikey");
    /** A channel may be called as it likes: what stands behind it is a source. */
    private static final String CHANNEL = "channel.";

    /** What stands between the words of a key. */
    private static final Pattern BREAK = Pattern.compile("[._\\s-]");

    private SecretKeys() {}

    /** Whether a key holds a secret, by the last word of its name: {@code password}, {@code proxy.password}, {@code api-token}. */
    public static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        String last = lower.substring(BREAK.matcher(lower).replaceAll(" ").lastIndexOf(' ') + 1);
        return !lower.startsWith(CHANNEL) && WORDS.contains(last);
    }

    /** Whether a key holds the text of a secret itself. */
    public static boolean isClearText(String key, String value) {
        return isSecret(key) && !value.isBlank() && !(value.startsWith("@") && value.length() > 1);
    }

    /** A value as it may be shown. */
    public static String shown(String key, String value) {
        return isClearText(key, value) ? MASK : value;
    }

    /** A typed word such as {@code password=x} as it may be kept: {@code password=***}. */
    public static String shown(String word) {
        int equals = word.indexOf('=');
        return equals > 0 && isClearText(word.substring(0, equals), word.substring(equals + 1))
                ? word.substring(0, equals + 1) + MASK
                : word;
    }
}
