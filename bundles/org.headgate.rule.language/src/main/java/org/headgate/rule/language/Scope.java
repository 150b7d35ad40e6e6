package org.headgate.rule.language;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.rule.functions.FunctionCatalog;

/** What the expressions of one rule may refer to, while the rule is being linked. */
final class Scope {
    /** The clause that is being linked: not everything may stand everywhere. */
    enum Clause {
        SELECT,
        WHERE,
        ON,
        GROUP_BY,
        /** FILTER, WHEN, and the bounds of a window: conditions on a row that comes in. */
        WINDOW,
        HAVING,
        ORDER_BY,
        /** Of a function that sees several rows. */
        ARGUMENT;

        /** Whether it is about results: aggregates are known, and an alias hides a column. */
        boolean ofResults() {
            return this == SELECT || this == HAVING || this == ORDER_BY;
        }
    }

    /** Aliases of aliases, and what is compared many times, grow by multiplication: a rule must not stop the gateway. */
    private static final int MAX_STEPS = 5_000;

    final FunctionCatalog functions;
    final Sources sources;
    final Slots slots = new Slots();
    /** How many operations one row costs at most, each use of an alias counted. */
    int steps;
    /** What was met since it was forgotten, be it behind an alias. */
    Met met = new Met();

    private final Map<String, Alias> aliases = new HashMap<>();

    /** What an expression is made of. */
    static final class Met {
        boolean aggregate;
        boolean analytic;
        /** A bit for each source of which a column was named. */
        int sources;

        void add(Met other) {
            aggregate |= other.aggregate;
            analytic |= other.analytic;
            sources |= other.sources;
        }
    }

    private record Alias(Typed value, int steps, Met met) {}

    Scope(Sources sources, FunctionCatalog functions) {
        this.sources = sources;
        this.functions = functions;
    }

    /** Counts operations of each row. */
    void spend(long more, Position at) throws RuleException {
        if (steps + more > MAX_STEPS) {
            throw new RuleException(
                    at,
                    "expected a rule of " + MAX_STEPS + " operations at most, an alias counted wherever it is used");
        }
        steps += (int) more;
    }

    /** Begins to look at another expression; what was met before is given back. */
    Met forget() {
        Met before = met;
        met = new Met();
        return before;
    }

    void alias(String name, Typed value, int itsSteps) {
        aliases.put(name, new Alias(value, itsSteps, met));
    }

    /**
     * A name: in SELECT, HAVING and ORDER BY an alias hides a column, so that later expressions mean what was just computed; elsewhere a
     * column hides an alias, as in standard SQL.
     */
    Typed resolve(Syntax.Column name, Clause clause) throws RuleException {
        if (name.stream().isPresent()) {
            return qualified(name, clause);
        }
        List<Integer> having = sources.having(name.name());
        if (aliases.containsKey(name.name()) && (having.isEmpty() || clause.ofResults())) {
            return alias(name, clause);
        }
        if (having.size() > 1) {
            throw new RuleException(
                    name.at(),
                    "expected the stream of " + name.name() + ", too, as in " + sources.name(having.get(0)) + "."
                            + name.name() + ": several have it");
        }
        for (int i = 0; i < sources.count(); i++) {
            boolean holds = having.isEmpty() || having.contains(i);
            Optional<Typed> column = holds ? sources.column(i, name.name(), name.at()) : Optional.empty();
            if (column.isPresent()) {
                met.sources |= 1 << i;
                return column.get();
            }
        }
        throw sources.unknown(name.at(), name.name(), Optional.empty(), aliases.keySet());
    }

    private Typed alias(Syntax.Column name, Clause clause) throws RuleException {
        Alias alias = aliases.get(name.name());
        if (alias.met().aggregate && !clause.ofResults()) {
            throw new RuleException(
                    name.at(), "expected a value of one row, found " + name.name() + ", an aggregate (try HAVING)");
        }
        met.add(alias.met());
        spend(alias.steps(), name.at());
        return new Typed(alias.value().expression(), alias.value().unit(), name.at(), name.name());
    }

    /** {@code boiler.temperature}, or a field of a column that is a struct. */
    private Typed qualified(Syntax.Column name, Clause clause) throws RuleException {
        String label = name.stream().orElseThrow();
        int source = sources.find(label);
        if (source < 0 && isName(label)) {
            Typed struct = resolve(new Syntax.Column(name.at(), Optional.empty(), label), clause);
            return new Typed(Structures.member(struct.struct(), name.name()), "", name.at(), name.name());
        }
        source = sources.get(label, name.at());
        Optional<Typed> column = sources.column(source, name.name(), name.at());
        if (column.isEmpty()) {
            throw sources.unknown(name.at(), name.name(), Optional.of(source), aliases.keySet());
        }
        met.sources |= 1 << source;
        return column.get();
    }

    private boolean isName(String label) {
        return aliases.containsKey(label) || !sources.having(label).isEmpty() || sources.anyOpen();
    }
}
