package org.headgate.rule.functions;

import java.util.function.Supplier;
import org.headgate.data.api.Type;

/**
 * An aggregate of a rule, compiled for its arguments.
 *
 * @param type the result's type
 * @param keepsUnit whether the result has the first argument's unit, as an average has and a count has not
 * @param accumulators makes the accumulator of a new group
 */
public record Aggregate(Type type, boolean keepsUnit, Supplier<Accumulator> accumulators) {}
