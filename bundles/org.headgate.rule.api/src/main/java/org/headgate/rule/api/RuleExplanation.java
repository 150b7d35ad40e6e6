package org.headgate.rule.api;

import java.util.List;
import java.util.Optional;
import org.headgate.data.api.FlowSnapshot;

/**
 * What a rule does and what it costs, as the console shows it.
 *
 * @param status where it stands
 * @param steps what happens to a row, in its order; empty while the rule is not compiled
 * @param held what it keeps now
 * @param checkpoint how its state is written; empty where it is not ({@code state = none}): a crash costs all that it holds
 * @param cost what a row costs
 * @param edges its counters, one for each stream that it reads
 */
public record RuleExplanation(
        RuleStatus status,
        List<Step> steps,
        Held held,
        Optional<Checkpoint> checkpoint,
        Cost cost,
        List<FlowSnapshot> edges) {

    /**
     * One step.
     *
     * @param name what happens: {@code reads}, {@code where}, {@code window} ...
     * @param text with what
     */
    public record Step(String name, String text) {}

    /**
     * What is kept.
     *
     * @param rows rows that wait in windows, or for others
     * @param groups open groups, and partitions of analytic functions
     * @param bytes what that takes, estimated
     * @param mostBytes how much it may take ({@code max-state})
     */
    public record Held(long rows, long groups, long bytes, long mostBytes) {}

    /**
     * How the state is written.
     *
     * @param everyMillis how often
     * @param writtenNanos when it was written last, in nanoseconds since the epoch; 0 for not yet
     * @param bytes how much this rule's part of that was
     * @param rowsSince rows that came since then: so many a crash now would cost, exactly
     * @param missingAtMost rows that crashes since the last stop have cost at most; 0 when there was none
     */
    public record Checkpoint(long everyMillis, long writtenNanos, long bytes, long rowsSince, long missingAtMost) {}

    /**
     * What a row costs.
     *
     * @param nanosPerRow the mean of about the last 64 that were measured, in nanoseconds; 0 while there is none
     * @param samples how many were measured: one of 1,024
     */
    public record Cost(double nanosPerRow, long samples) {}
}
