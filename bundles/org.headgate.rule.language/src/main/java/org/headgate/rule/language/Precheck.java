package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
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
        List<Syntax.Call> calls = new ArrayList<>();
        for (Query.Item item : query.items()) {
            if (item instanceof Query.Item.Selected selected) {
                collect(selected.expression(), calls);
            }
        }
        Stream.of(query.where().stream(), query.dimensions().stream(), query.having().stream())
                .flatMap(clause -> clause)
                .forEach(expression -> collect(expression, calls));
        Optional<Position> aggregate = Optional.empty();
        for (Syntax.Call call : calls) {
            if (find(call, functions) instanceof FunctionDefinition.Aggregating) {
                aggregate = aggregate.or(() -> Optional.of(call.at()));
            }
        }
        if (query.window().isEmpty()) {
            checkNoWindow(query, aggregate);
        }
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

    private static void collect(Syntax node, List<Syntax.Call> calls) {
        if (node instanceof Syntax.Call call) {
            calls.add(call);
        }
        parts(node).forEach(part -> collect(part, calls));
    }

    private static Stream<Syntax> parts(Syntax node) {
        if (node instanceof Syntax.Negation negation) {
            return Stream.of(negation.operand());
        }
        if (node instanceof Syntax.Not not) {
            return Stream.of(not.operand());
        }
        if (node instanceof Syntax.Binary binary) {
            return Stream.of(binary.left(), binary.right());
        }
        if (node instanceof Syntax.Between between) {
            return Stream.of(between.value(), between.low(), between.high());
        }
        if (node instanceof Syntax.In in) {
            return Stream.concat(Stream.of(in.value()), in.choices().stream());
        }
        if (node instanceof Syntax.Like like) {
            return Stream.of(like.value(), like.pattern());
        }
        if (node instanceof Syntax.NullTest test) {
            return Stream.of(test.value());
        }
        if (node instanceof Syntax.Case choice) {
            return Stream.of(
                            choice.subject().stream(),
                            choice.whens().stream().flatMap(when -> Stream.of(when.condition(), when.result())),
                            choice.otherwise().stream())
                    .flatMap(part -> part);
        }
        return node instanceof Syntax.Call call ? call.arguments().stream() : Stream.of();
    }
}
