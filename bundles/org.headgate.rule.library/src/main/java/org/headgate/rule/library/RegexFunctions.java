package org.headgate.rule.library;

import java.util.List;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;

/** Regular expressions, in the syntax and with the linear cost of RE2; a call that costs too much is null and a failure. */
final class RegexFunctions {
    private static final int MOST_STEPS = 500_000;

    private RegexFunctions() {}

    static List<FunctionDefinition> all() {
        FunctionDefinition substr = Define.of(
                        "regexp_substr(text, expression)",
                        "the first part of a text that matches, empty if none does",
                        "regexp_substr('pump 12 of 30', '[0-9]+')",
                        "\"12\"")
                .takes(Kind.TEXT, Kind.TEXT)
                .text(() -> on((frame, regex, v) -> {
                    int[] found = regex.find((String) v[0], 0, new Regex.Budget(MOST_STEPS));
                    return found == null ? "" : ((String) v[0]).substring(found[0], found[1]);
                }));
        return List.of(
                Define.of(
                                "regexp_matches(text, expression)",
                                "whether a part of a text matches a regular expression",
                                "regexp_matches('pump 12', 'p.* [0-9]+$')",
                                "true")
                        .takes(Kind.TEXT, Kind.TEXT)
                        .ofNull(false)
                        .flag(() -> on((frame, regex, v) ->
                                regex.find((String) v[0], 0, new Regex.Budget(MOST_STEPS)) != null)),
                Define.of(
                                "regexp_replace(text, expression, replacement)",
                                "a text with each part that matches replaced; ${1} is what the first group matched",
                                "regexp_replace('12-30', '([0-9]+)-([0-9]+)', '${2}-${1}')",
                                "\"30-12\"")
                        .takes(Kind.TEXT, Kind.TEXT, Kind.TEXT)
                        .text(() -> on((frame, regex, v) -> replaced(frame, regex, (String) v[0], (String) v[2]))),
                substr,
                Define.alias("regexp_substring", substr));
    }

    @FunctionalInterface
    private interface Matching {
        Object apply(Frame frame, Regex regex, Object[] values);
    }

    /** Matches with the expression that is the second argument. */
    private static Define.Body on(Matching matching) {
        Expressions expressions = new Expressions();
        return (frame, v) -> {
            try {
                return matching.apply(frame, expressions.of((String) v[1]), v);
            } catch (IllegalArgumentException wrong) {
                return Values.failed(frame, wrong.getMessage());
            }
        };
    }

    private static String replaced(Frame frame, Regex regex, String text, String replacement) {
        StringBuilder all = new StringBuilder();
        Regex.Budget budget = new Regex.Budget(MOST_STEPS);
        int copied = 0;
        int at = 0;
        int lastEnd = -1;
        while (at <= text.length()) {
            int[] found = regex.find(text, at, budget);
            if (found == null) {
                break;
            }
            boolean empty = found[0] == found[1];
            // An empty match right behind another is the rest of that one, as in Go.
            if (!empty || found[0] != lastEnd) {
                all.append(text, copied, found[0]);
                expand(regex, text, found, replacement, all);
                copied = found[1];
                lastEnd = found[1];
            }
            at = !empty
                    ? found[1]
                    : found[1] < text.length() ? text.offsetByCodePoints(found[1], 1) : text.length() + 1;
            if (all.length() > Values.MOST_CHARACTERS) {
                break;
            }
        }
        return TextFunctions.bounded(
                frame, all.append(text, copied, text.length()).toString());
    }

    /** {@code $1}, {@code ${1}}, {@code ${name}}, {@code $$}: a name is as long as it can be, an unknown one is empty, as in Go. */
    private static void expand(Regex regex, String text, int[] found, String replacement, StringBuilder into) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            boolean braces = c == '$' && replacement.startsWith("{", i + 1);
            int start = i + (braces ? 2 : 1);
            int end = start;
            while (c == '$' && end < replacement.length() && RegexNode.isWord(replacement.charAt(end))) {
                end++;
            }
            if (c == '$' && replacement.startsWith("$", i + 1)) {
                into.append('$');
                i++;
            } else if (c != '$' || end == start || braces && !replacement.startsWith("}", end)) {
                into.append(c);
            } else {
                int group = number(regex, replacement.substring(start, end));
                if (group >= 0 && group <= regex.groups() && found[2 * group] >= 0) {
                    into.append(text, found[2 * group], found[2 * group + 1]);
                }
                i = braces ? end : end - 1;
            }
        }
    }

    private static int number(Regex regex, String name) {
        return name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 4
                ? Integer.parseInt(name)
                : regex.group(name);
    }

    /** The expression of a call: compiled again when another text comes, which a literal's does not. */
    private static final class Expressions {
        private String text;
        private Regex compiled;

        Regex of(String wanted) {
            if (!wanted.equals(text)) {
                compiled = Regex.of(wanted);
                text = wanted;
            }
            return compiled;
        }
    }
}
