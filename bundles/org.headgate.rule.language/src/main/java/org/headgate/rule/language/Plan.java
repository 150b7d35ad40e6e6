package org.headgate.rule.language;

import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.Aggregate;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Reduction;

/**
 * A rule compiled for one schema: columns are indexes, types are known, everything that can be wrong with the text has
 * been found. The expressions have state (a deadband's last value): a plan belongs to one rule.
 *
 * @param input the schema that it was compiled for; rows of another one need another plan
 * @param output the schema of what it puts out
 * @param passesThrough whether output rows are the input rows themselves
 * @param where the condition on rows
 * @param reductions the parts of {@code where} that want to hear which rows were let through
 * @param columns the expression of each output column
 * @param dimensions what the rows of a window are grouped by
 * @param aggregates the aggregates of each group, in the order of {@link
 *     org.headgate.rule.functions.Frame#aggregate}
 * @param window the window, for a rule that has one
 * @param having the condition on results of a window
 */
public record Plan(
        Schema input,
        Schema output,
        boolean passesThrough,
        Optional<Expression> where,
        List<Reduction> reductions,
        List<Expression> columns,
        List<Expression> dimensions,
        List<Aggregate> aggregates,
        Optional<Query.Window> window,
        Optional<Expression> having) {}
