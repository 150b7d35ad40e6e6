package org.headgate.rule.functions;

import java.util.function.Supplier;
import org.headgate.data.api.Type;

/**
 * A call of an analytic function, compiled for its arguments.
 *
 * @param type the type of every value
 * @param keepsUnit whether the value has the first argument's unit
 * @param trackers makes the tracker of a new partition
 */
public record Tracking(Type type, boolean keepsUnit, Supplier<Tracker> trackers) {}
