package org.headgate.diagnostics;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.headgate.console.api.Json;

/**
 * Takes out of a text what must not leave the machine: each secret that is known, however it is written (in JSON, in an address, in
 * Base64), and whatever looks like one. Immutable; it holds the secrets, so it is not to be kept.
 */
final class Scrubber {
    private static final String MASK = "***";
    /** Shorter ones would mask half of the words: they count only where they stand alone. */
    private static final int SHORT = 4;

    /** Bounded, like all repetitions below: a log may have a line of a megabyte. */
    private static final String WORD =
            "[\\w.-]{0,64}(?:pass(?:word|wd|phrase|(?![a-z]))|pwd|secret|token|api[_-]?key|credential|private[_-]?key)[\\w.-]{0,64}";
    /** {@code NAME=value}, {@code name: value}, with or without quotes; {@code @name} says nothing. */
    private static final Pattern SETTING = Pattern.compile(
            "(?i)(\\b" + WORD + "[\"']?(?:\\s*=\\s*|:\\s+))(?!@|\\s)(\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s,;\"']+)");

    private static final Pattern MEMBER =
            Pattern.compile("(?i)(\"" + WORD + "\"\\s*:\\s*\")(?!@)[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"");
    /** The whole rest of a line of a file: a password may have blanks. */
    private static final Pattern LINE =
            Pattern.compile("(?im)^([ \\t]*" + WORD + "\\s*=\\s*)(?!@|\\s)(?:[^\\n]*\\\\\\R)*[^\\n]*$");

    private static final Pattern HEADER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9+/=._~-]{8,}");
    private static final Pattern ADDRESS = Pattern.compile("(://)[^/\\s:@\"]{0,256}:[^/\\s@\"]{0,256}@");
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)", Pattern.DOTALL);

    private final List<Pattern> known = new ArrayList<>();

    /** A scrubber that knows these secrets. */
    Scrubber(Collection<String> secrets) {
        TreeSet<String> forms = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (String secret : secrets) {
            if (!secret.isBlank()) {
                String json = Json.text(secret);
                byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
                forms.add(secret);
                forms.add(json.substring(1, json.length() - 1));
                forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
                forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
                forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
            }
        }
        // The longest first: one secret may be the beginning of another.
        for (String form : forms) {
            String quoted = Pattern.quote(form);
            known.add(Pattern.compile(form.length() < SHORT ? "(?<!\\w)" + quoted + "(?!\\w)" : quoted));
        }
    }

    /** A text of any kind: a log, an answer. */
    String clean(String text) {
        String clean = text;
        for (Pattern secret : known) {
            clean = secret.matcher(clean).replaceAll(MASK);
        }
        clean = KEY.matcher(clean).replaceAll(MASK);
        clean = ADDRESS.matcher(clean).replaceAll("$1" + MASK + "@");
        clean = HEADER.matcher(clean).replaceAll("$1 " + MASK);
        clean = MEMBER.matcher(clean).replaceAll("$1" + MASK + "\"");
        return SETTING.matcher(clean).replaceAll("$1" + MASK);
    }

    /** A file of settings. */
    String cleanSettings(String text) {
        return clean(LINE.matcher(text).replaceAll("$1" + MASK));
    }
}
