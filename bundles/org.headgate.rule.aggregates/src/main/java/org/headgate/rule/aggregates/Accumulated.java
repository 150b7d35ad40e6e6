package org.headgate.rule.aggregates;

import java.util.function.Supplier;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Tracker;

/**
 * An aggregate of all rows so far, or of those from one for which a condition begins it to one for which another ends it, both included.
 * After the end it keeps its value for that row; with the next row it starts at nothing again, until it begins. The aggregates of numbers are
 * 0 while there is nothing, as in LF Edge eKuiper.
 */
final class Accumulated implements Tracker {
    private final Supplier<Accumulator> accumulators;
    private final boolean zeroIfNothing;
    private final Expression begin;
    private final Expression end;
    private Accumulator accumulator;
    private boolean began;
    /** Whether the accumulator has taken in anything, be it null. */
    private boolean used;

    private boolean anyValue;

    /**
     * A new one.
     *
     * @param begin the condition that begins it, {@code null} for from the first row on
     */
    Accumulated(Supplier<Accumulator> accumulators, boolean zeroIfNothing, Expression begin, Expression end) {
        this.accumulators = accumulators;
        this.zeroIfNothing = zeroIfNothing;
        this.begin = begin;
        this.end = end;
        this.accumulator = accumulators.get();
    }

    @Override
    public void step(Frame frame) {
        row(frame, true);
    }

    /** The conditions are asked for a row that does not count, too: only its value is left out. */
    @Override
    public void skip(Frame frame) {
        row(frame, false);
    }

    private void row(Frame frame, boolean counts) {
        if (begin == null) {
            add(frame, counts);
            return;
        }
        if (!began) {
            clear();
            began = begin.evalBoolean(frame) && !frame.isNull();
        }
        if (began) {
            add(frame, counts);
            began = !end.evalBoolean(frame) || frame.isNull();
        }
    }

    private void add(Frame frame, boolean counts) {
        if (counts) {
            accumulator.add(frame);
            // The argument was the last thing that was computed.
            anyValue |= !frame.isNull();
            used = true;
        }
    }

    private void clear() {
        if (used) {
            accumulator = accumulators.get();
            anyValue = false;
            used = false;
        }
    }

    private boolean isZero(Frame frame) {
        if (zeroIfNothing && !anyValue) {
            frame.setNull(false);
            return true;
        }
        return false;
    }

    @Override
    public boolean asBoolean(Frame frame) {
        return accumulator.asBoolean(frame);
    }

    @Override
    public long asLong(Frame frame) {
        return isZero(frame) ? 0 : accumulator.asLong(frame);
    }

    @Override
    public double asDouble(Frame frame) {
        return isZero(frame) ? 0 : accumulator.asDouble(frame);
    }

    @Override
    public Object asObject(Frame frame) {
        return isZero(frame) ? (Object) 0.0 : accumulator.asObject(frame);
    }

    @Override
    public void save(ByteOutput out) {
        Values.flag(out, began);
        Values.flag(out, used);
        Values.flag(out, anyValue);
        accumulator.save(out);
    }

    @Override
    public void load(ByteInput in) {
        began = Values.flag(in);
        used = Values.flag(in);
        anyValue = Values.flag(in);
        accumulator = accumulators.get();
        accumulator.load(in);
    }
}
