package org.headgate.config.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which settings hold a secret: their value is the name of one ({@code @mqtt-password}), never its text. One rule for whoever
 * refuses, masks or looks for clear text.
 */
public final class SecretKeys {
    /** What is shown in place of a secret's text. */
    public static final String MASK = "***";

    /** {@code pin} is none of them: it is a contact of a chip. */
    private static final Set<String> WORDS = Set.of(
            "password", "passwd", "passphrase", "pwd", "secret", "token", "credential", "credentials", "apikey", "psk");
    /** What makes a secret of the word {@code key} behind it; a key by itself is what a table is looked up by. */
    private static final Set<String> BEFORE_KEY = Set.of("api", "secret", "private", "access");

    private static final String KEY = "key";
    /** A channel may be called as it likes: what stands behind it is a source. */
    private static final String CHANNEL = "channel.";

    /** What stands between the words of a key; an upper-case letter begins one, too. */
    private static final Pattern BREAK = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})");

    /** A key, and no address with options in it. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]+");

    private static final Pattern DIGITS = Pattern.compile("\\d+$");
    /** An option within an address: {@code ,password=x}. */
    private static final Pattern OPTION = Pattern.compile("(?<![^,;?&\\s])([\\p{L}\\p{N}._-]+)=([^,;&\\s]+)");
    /** The password in an address of the form {@code scheme://user:password@host} (RFC 3986, 3.2.1). */
    private static final Pattern USER_INFO = Pattern.compile("(\\w://[^\\s/:@]*:)[^\\s/]+(?=@)");

    private SecretKeys() {}

    /**
     * Whether a key holds a secret, by the words of its name: {@code password}, {@code proxy.password}, {@code api-key},
     * {@code authToken}, {@code password2}.
     */
    public static boolean isSecret(String key) {
        if (key.toLowerCase(Locale.ROOT).startsWith(CHANNEL)) {
            return false;
        }
        List<String> words = new ArrayList<>();
        for (String word : BREAK.split(key)) {
            words.add(DIGITS.matcher(word.toLowerCase(Locale.ROOT)).replaceFirst(""));
        }
        for (int i = 0; i < words.size(); i++) {
            if (WORDS.contains(words.get(i))
                    || i > 0 && words.get(i).equals(KEY) && BEFORE_KEY.contains(words.get(i - 1))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a key holds the text of a secret itself. */
    public static boolean isClearText(String key, String value) {
        return isSecret(key) && !value.isBlank() && !(value.startsWith("@") && value.length() > 1);
    }

    /** A value as it may be shown; of an address, what is secret in it is left out. */
    public static String shown(String key, String value) {
        return isClearText(key, value) ? MASK : withoutSecrets(value);
    }

    /** A typed word such as {@code password=x} as it may be kept: {@code password=***}. */
    public static String shown(String word) {
        int equals = word.indexOf('=');
        return equals > 0
                        && NAME.matcher(word.substring(0, equals)).matches()
                        && isClearText(word.substring(0, equals), word.substring(equals + 1))
                ? word.substring(0, equals + 1) + MASK
                : withoutSecrets(word);
    }

    private static String withoutSecrets(String text) {
        String anonymous = USER_INFO.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        return OPTION.matcher(anonymous).replaceAll(option -> Matcher.quoteReplacement(shown(option)));
    }

    private static String shown(MatchResult option) {
        return isClearText(option.group(1), option.group(2)) ? option.group(1) + "=" + MASK : option.group();
    }
}
