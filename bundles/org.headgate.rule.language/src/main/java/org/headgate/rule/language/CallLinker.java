package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.FunctionDefinition;

/** Compiles calls of functions of one row; those of several rows are the {@link StateLinker}'s. */
record CallLinker(Scope scope, Scope.Clause clause, ExpressionLinker expressions) {
    /** Functions that are part of the language: they are about names, or give several columns or rows. */
    static final String META = "meta";

    static final String QUALITY = "quality";
    static final String UNNEST = "unnest";
    static final String CHANGED_COLS = "changed_cols";

    private static final List<String> BUILT_IN = List.of(META, QUALITY, UNNEST, CHANGED_COLS);

    /** Whether a call is one of the language's own. */
    static boolean isBuiltIn(Syntax.Call call) {
        return BUILT_IN.contains(call.name().toLowerCase(Locale.ROOT));
    }

    static boolean is(String name, Syntax node) {
        return node instanceof Syntax.Call call && call.name().equalsIgnoreCase(name);
    }

    Typed link(Syntax.Call call) throws RuleException {
        if (isBuiltIn(call)) {
            return builtIn(call);
        }
        FunctionDefinition found = Precheck.find(call, scope.functions);
        StateLinker state = new StateLinker(scope, clause);
        if (found instanceof FunctionDefinition.Aggregating aggregating) {
            return state.aggregate(call, aggregating);
        }
        if (found instanceof FunctionDefinition.Analytic analytic) {
            return state.analytic(call, analytic);
        }
        refuseClauses(call, found.usage());
        if (found instanceof FunctionDefinition.Delaying delaying) {
            throw new RuleException(
                    call.at(), "expected " + delaying.usage() + " once, as a part of WHERE that others join by AND");
        }
        List<Typed> arguments = arguments(call, found.usage());
        if (found instanceof FunctionDefinition.Reducing reducing) {
            return state.reduction(call, reducing, arguments);
        }
        FunctionDefinition.Scalar scalar = (FunctionDefinition.Scalar) found;
        try {
            return new Typed(scalar.compiler().compile(expressions(arguments)), "", call.at(), call.name());
        } catch (ArgumentException wrong) {
            throw wrongArgument(call, wrong, arguments);
        }
    }

    private static void refuseClauses(Syntax.Call call, String usage) throws RuleException {
        if (call.filter().isPresent()) {
            throw new RuleException(call.filter().get().at(), "expected FILTER behind an aggregate, found " + usage);
        }
        if (call.over().isPresent()) {
            throw new RuleException(
                    call.over().get().at(), "expected OVER behind an analytic function, found " + usage);
        }
    }

    private List<Typed> arguments(Syntax.Call call, String usage) throws RuleException {
        List<Typed> arguments = new ArrayList<>();
        for (Syntax argument : call.arguments()) {
            if (argument instanceof Syntax.Star) {
                throw new RuleException(call.at(), "expected " + usage);
            }
            arguments.add(expressions.link(argument));
        }
        return arguments;
    }

    static List<Expression> expressions(List<Typed> arguments) {
        return arguments.stream().map(Typed::expression).toList();
    }

    static RuleException wrongArgument(Syntax.Call call, ArgumentException wrong, List<Typed> arguments) {
        if (wrong.argument() < 0 || wrong.argument() >= arguments.size()) {
            return new RuleException(call.at(), "expected " + wrong.getMessage());
        }
        Typed argument = arguments.get(wrong.argument());
        return new RuleException(argument.at(), "expected " + wrong.getMessage() + ", found " + argument.words());
    }

    private Typed builtIn(Syntax.Call call) throws RuleException {
        String name = call.name().toLowerCase(Locale.ROOT);
        refuseClauses(call, name);
        Syntax only = call.arguments().size() == 1 ? call.arguments().get(0) : null;
        if (name.equals(META)) {
            return meta(call, only);
        }
        if (name.equals(QUALITY)) {
            return quality(call, only);
        }
        String usage = name.equals(UNNEST)
                ? "unnest(array) as an item of SELECT, once"
                : "changed_cols(prefix, ignoreNull, x, ...) as an item of SELECT";
        throw new RuleException(call.at(), "expected " + usage);
    }

    private Typed meta(Syntax.Call call, Syntax only) throws RuleException {
        Optional<String> label = Optional.empty();
        String key = "";
        if (only instanceof Syntax.Column column) {
            label = column.stream();
            key = column.name();
        } else if (only instanceof Syntax.TextLiteral text) {
            key = text.value();
        }
        int source = label.isEmpty() ? 0 : scope.sources.get(label.get(), call.at());
        Expression value = Metadata.of(key, scope.sources.name(source), scope.sources.count() == 1 ? -1 : source);
        if (value == null) {
            throw new RuleException(
                    only == null ? call.at() : only.at(),
                    "expected meta(key), where key is " + Metadata.KEYS + (key.isEmpty() ? "" : ", found " + key));
        }
        scope.met.sources |= 1 << source;
        return new Typed(value, "", call.at(), call.name());
    }

    private Typed quality(Syntax.Call call, Syntax only) throws RuleException {
        if (only == null || only instanceof Syntax.Star) {
            throw new RuleException(call.at(), "expected quality(column)");
        }
        Typed column = expressions.link(only);
        if (column.expression() instanceof Columns.Place place) {
            return new Typed(Metadata.quality(place), "", call.at(), call.name());
        }
        if (column.expression() instanceof Constants.OfNull && only instanceof Syntax.Column) {
            return new Typed(new Constants.OfText("ABSENT"), "", call.at(), call.name());
        }
        throw new RuleException(only.at(), "expected quality(column), found " + only.text());
    }
}
