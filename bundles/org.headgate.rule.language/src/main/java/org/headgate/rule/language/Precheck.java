package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.headgate.config.api.Texts;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.functions.FunctionDefinition;

/**
 * What can be said of a rule before its stream's columns are known: whether its functions exist, and whether what needs a window
 * has one. {@link Linker} judges the rest when the first row is there.
 */
public final class Precheck {
    private Precheck() {}

    /**
     * Judges a rule without its schema.
     *
     * @throws RuleException at the first mistake, with the words in which the linker would say it
     */
    public static void check(Query query, FunctionCatalog functions) throws RuleException {
        Optional<Position> aggregate = Optional.empty();
        for (Syntax.Call call : calls(query)) {
            boolean aggregates =
                    !CallLinker.isBuiltIn(call) && find(call, functions) instanceof FunctionDefinition.Aggregating;
            if (aggregates) {
                aggregate = aggregate.or(() -> Optional.of(call.at()));
            }
        }
        if (query.window().isEmpty()) {
            checkNoWindow(query, aggregate);
        }
    }

    /** The names of all functions that a rule calls, in lower case; those that are part of the language need nobody who brings them. */
    public static Set<String> functions(Query query) {
        return calls(query).stream()
                .filter(call -> !CallLinker.isBuiltIn(call))
                .map(call -> call.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** The function that is called, or a complaint with the nearest one. */
    static FunctionDefinition find(Syntax.Call call, FunctionCatalog functions) throws RuleException {
        Optional<FunctionDefinition> found = functions.find(call.name());
        if (found.isEmpty()) {
            String hint = Texts.nearest(call.name().toLowerCase(Locale.ROOT), functions.names())
                    .map(nearest -> ": did you mean " + nearest + "?")
                    .orElse("");
            throw new RuleException(call.at(), "expected a function, found " + call.name() + hint);
        }
        return found.get();
    }

    /** Complains when a rule without a window has something that needs one. */
    static void checkNoWindow(Query query, Optional<Position> firstAggregate) throws RuleException {
        Optional<Position> wantsWindow = firstAggregate
                .or(() -> query.dimensions().stream().findFirst().map(Syntax::at))
                .or(() -> query.having().map(Syntax::at));
        if (wantsWindow.isPresent()) {
            throw new RuleException(
                    wantsWindow.get(), "expected a window for this, such as GROUP BY TUMBLINGWINDOW(ss, 10)");
        }
    }

    /** All calls of a rule, in the order of the clauses. */
    static List<Syntax.Call> calls(Query query) {
        List<Syntax.Call> calls = new ArrayList<>();
        query.expressions().forEach(expression -> collect(expression, calls));
        return calls;
    }

    private static void collect(Syntax node, List<Syntax.Call> calls) {
        if (node instanceof Syntax.Call call) {
            calls.add(call);
        }
        node.parts().forEach(part -> collect(part, calls));
    }
}
