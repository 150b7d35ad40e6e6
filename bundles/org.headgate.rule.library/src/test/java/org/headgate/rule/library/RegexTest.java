package org.headgate.rule.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The engine of regular expressions beside Java's, which has the same priorities, on what both can do. */
class RegexTest {
    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void findsWhatJavaFinds() {
        for (int i = 0; i < 20_000; i++) {
            String pattern = choice(3);
            String text = text();
            Matcher java = Pattern.compile(pattern).matcher(text);
            int from = random.nextInt(text.length() + 1);
            int[] found = Regex.of(pattern).find(text, from, new Regex.Budget(1_000_000));
            if (java.find(from)) {
                assertThat(found).as("%s on %s from %d", pattern, text, from).isNotNull();
                assertThat(found[0]).as("%s on %s from %d", pattern, text, from).isEqualTo(java.start());
                assertThat(found[1]).as("%s on %s from %d", pattern, text, from).isEqualTo(java.end());
            } else {
                assertThat(found).as("%s on %s from %d", pattern, text, from).isNull();
            }
        }
    }

    @Test
    void groupsAreWhereJavaFindsThem() {
        String[] patterns = {"(a+)(b*)", "(a)|(b)", "((a)b)?c", "(?:(a)|b)+c", "(a*?)(a*)b"};
        for (String pattern : patterns) {
            for (int i = 0; i < 500; i++) {
                String text = text();
                Matcher java = Pattern.compile(pattern).matcher(text);
                int[] found = Regex.of(pattern).find(text, 0, new Regex.Budget(1_000_000));
                if (java.find()) {
                    for (int group = 0; group <= java.groupCount(); group++) {
                        assertThat(found[2 * group]).as(pattern + " on " + text).isEqualTo(java.start(group));
                        assertThat(found[2 * group + 1])
                                .as(pattern + " on " + text)
                                .isEqualTo(java.end(group));
                    }
                } else {
                    assertThat(found).as(pattern + " on " + text).isNull();
                }
            }
        }
    }

    @Test
    void anyTextAsAnExpressionIsReadOrRefused() {
        String alphabet = "ab\\()[]{}|*+?^$.,-:<>PQExdpLsi10\uD83D\uDE00\n ";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int length = random.nextInt(14); length > 0; length--) {
                pattern.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Regex.of(pattern.toString()).find("ab\nb 1", 0, new Regex.Budget(100_000));
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageStartingWith("expected ");
                assertThat(refused.getMessage()).doesNotContain("\n");
            }
        }
    }

    @Test
    void theCostIsBoundedByTheBudget() {
        Regex regex = Regex.of("(a?){200}a{200}");
        assertThatThrownBy(() -> regex.find("a".repeat(5_000), 0, new Regex.Budget(10_000)))
                .hasMessage("expected a shorter text, or a simpler regular expression");
        assertThatThrownBy(() -> Regex.of("(((a{10}){10}){10}){10}"))
                .hasMessage("expected a regular expression with fewer repetitions");
        assertThatThrownBy(() -> Regex.of("(".repeat(60) + ")".repeat(60))).hasMessageContaining("at most 50 groups");
        assertThatThrownBy(() -> Regex.of("a".repeat(1_001))).hasMessageContaining("1000 characters at most");
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            text.append("abc ".charAt(random.nextInt(4)));
        }
        return text.toString();
    }

    /** An expression that takes a character at least: engines differ in how often nothing is repeated. */
    private String choice(int depth) {
        StringBuilder all = new StringBuilder(sequence(depth));
        while (random.nextInt(3) == 0) {
            all.append('|').append(sequence(depth));
        }
        return all.toString();
    }

    private String sequence(int depth) {
        StringBuilder all = new StringBuilder(atom(depth));
        while (random.nextInt(2) == 0) {
            all.append(atom(depth));
            all.append(
                    new String[] {"", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?"}[random.nextInt(10)]);
        }
        return all.toString();
    }

    private String atom(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            return (random.nextBoolean() ? "(" : "(?:") + choice(depth - 1) + ")";
        }
        String[] atoms = {"a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\s", "\\bb", "^a", "c$"};
        return atoms[random.nextInt(atoms.length)];
    }
}
