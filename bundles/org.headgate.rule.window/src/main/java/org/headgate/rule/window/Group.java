package org.headgate.rule.window;

import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Frame;

/** The rows of an open window that have the same values in their dimensions: their first row and their aggregates. */
public final class Group {
    private final Row first;
    private final Accumulator[] aggregates;
    private final GroupKey key;
    private ClockState clock;

    Group(GroupKey key, Row first, Accumulator[] aggregates) {
        this.key = key;
        this.first = first;
        this.aggregates = aggregates;
        this.clock = first.clock();
    }

    /** Makes the group the one that expressions are evaluated against. */
    public void show(Frame frame) {
        frame.enter(first);
        frame.enter(aggregates);
    }

    /** The state of the clock when the last row was made. */
    public ClockState clock() {
        return clock;
    }

    GroupKey key() {
        return key;
    }

    void add(Frame frame) {
        for (Accumulator aggregate : aggregates) {
            aggregate.add(frame);
        }
        clock = frame.row().clock();
    }
}
