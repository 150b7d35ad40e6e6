package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.headgate.config.api.Texts;
import org.headgate.data.api.Column;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.Aggregate;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.functions.Reduction;

/** What the expressions of one rule may refer to, and what they have asked for, while the rule is being linked. */
final class Scope {
    /** The clause that is being linked: not everything may stand everywhere. */
    enum Clause {
        SELECT,
        WHERE,
        GROUP_BY,
        HAVING,
        ARGUMENT
    }

    /** Aliases of aliases, and what is compared many times, grow by multiplication: a rule must not stop the gateway. */
    private static final int MAX_STEPS = 5_000;

    final FunctionCatalog functions;
    final List<Aggregate> aggregates = new ArrayList<>();
    final List<Reduction> reductions = new ArrayList<>();
    Optional<Position> firstAggregate = Optional.empty();
    /** How many operations one row costs at most, each use of an alias counted. */
    int steps;
    /** Whether an aggregate was met since this was set to false, be it behind an alias. */
    boolean metAggregate;

    private final String stream;
    private final Schema schema;
    private final Map<String, Typed> aliases = new HashMap<>();
    private final Map<String, Boolean> aggregated = new HashMap<>();
    private final Map<String, Integer> aliasSteps = new HashMap<>();

    Scope(String stream, Schema schema, FunctionCatalog functions) {
        this.stream = stream;
        this.schema = schema;
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

    void alias(String name, Typed value, int itsSteps) {
        aliases.put(name, value);
        aliasSteps.put(name, itsSteps);
        aggregated.put(name, metAggregate);
    }

    /**
     * A name: in SELECT and HAVING an alias hides a column, so that later expressions mean what was just computed; in
     * WHERE and GROUP BY a column hides an alias, as in standard SQL.
     */
    Typed resolve(Syntax.Column name, Clause clause) throws RuleException {
        int index = schema.indexOf(name.name());
        boolean wantsAlias = name.stream().isEmpty()
                && aliases.containsKey(name.name())
                && (index < 0 || clause == Clause.SELECT || clause == Clause.HAVING);
        if (wantsAlias) {
            if (aggregated.get(name.name()) && clause != Clause.SELECT && clause != Clause.HAVING) {
                throw new RuleException(
                        name.at(), "expected a value of one row, found " + name.name() + ", an aggregate (try HAVING)");
            }
            metAggregate |= aggregated.get(name.name());
            spend(aliasSteps.get(name.name()), name.at());
            Typed value = aliases.get(name.name());
            return new Typed(value.expression(), value.unit(), name.at(), name.name());
        }
        if (name.stream().isPresent() && !name.stream().get().equals(stream)) {
            throw new RuleException(
                    name.at(), "expected " + stream + ", found " + name.stream().get());
        }
        if (index < 0) {
            throw new RuleException(
                    name.at(), "expected a column of " + stream + ", found " + name.name() + hint(name));
        }
        Column column = schema.column(index);
        return new Typed(Columns.of(column.type(), index), column.unit(), name.at(), column.name());
    }

    private String hint(Syntax.Column name) {
        TreeSet<String> known = new TreeSet<>(aliases.keySet());
        schema.columns().forEach(column -> known.add(column.name()));
        return Texts.nearest(name.name(), known)
                .map(nearest -> ": did you mean " + nearest + "?")
                .orElse(" (there are " + String.join(", ", known) + ")");
    }
}
