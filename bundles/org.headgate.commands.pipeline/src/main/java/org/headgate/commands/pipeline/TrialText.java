package org.headgate.commands.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.headgate.codec.JsonReader;
import org.headgate.config.api.Texts;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.UsageException;
import org.headgate.rule.api.Trial;

/** How {@code rule:test} and {@code rule:replay} show what came out. */
final class TrialText {
    /** How many emissions are shown. */
    static final String ROWS = "rows";

    private static final int DEFAULT = 10;
    private static final int MOST = 10_000;

    private TrialText() {}

    /** How many emissions are wanted. */
    static int lines(Map<String, Optional<String>> words) throws UsageException {
        Optional<String> text = words.getOrDefault(ROWS, Optional.empty());
        if (text.isEmpty()) {
            return DEFAULT;
        }
        return text.filter(Predicate.not(String::isEmpty))
                .flatMap(number -> Texts.number(number))
                .filter(number -> number >= 0 && number <= MOST)
                .map(Long::intValue)
                .orElseThrow(() -> new UsageException(
                        "rows=" + text.get() + " (expected: a whole number from 0 to " + MOST + ")"));
    }

    static int print(Invocation invocation, Trial trial) {
        if (invocation.json()) {
            List<Object> first = trial.first().stream().map(JsonReader::read).toList();
            invocation
                    .out()
                    .println(new Json()
                            .put("in", trial.in())
                            .put("out", trial.out())
                            .put("emissions", trial.emissions())
                            .put("first", first)
                            .put("notes", trial.notes()));
            return 0;
        }
        trial.first().forEach(invocation.out()::println);
        if (trial.emissions() > trial.first().size()) {
            invocation
                    .out()
                    .println("... and " + (trial.emissions() - trial.first().size()) + " more");
        }
        invocation
                .out()
                .println(trial.in() + " rows in, " + trial.out() + " out in " + trial.emissions() + " emissions");
        trial.notes().forEach(note -> invocation.out().println("note: " + note));
        return 0;
    }
}
