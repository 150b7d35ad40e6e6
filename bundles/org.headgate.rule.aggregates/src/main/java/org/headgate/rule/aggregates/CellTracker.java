package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Checkpointed;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Tracker;

/** A tracker whose value lies in a cell: what computes it is a part, so that every type is unboxed in one place only. */
final class CellTracker implements Tracker {
    /** How the value comes about. */
    interface Steps extends Checkpointed {
        /** A row that counts. */
        void step(Frame frame, Cell value);

        /** A row that does not. */
        void skip(Frame frame, Cell value);
    }

    private final Cell value;
    private final Steps steps;

    CellTracker(Cell value, Steps steps) {
        this.value = value;
        this.steps = steps;
    }

    @Override
    public void step(Frame frame) {
        steps.step(frame, value);
    }

    @Override
    public void skip(Frame frame) {
        steps.skip(frame, value);
    }

    @Override
    public boolean asBoolean(Frame frame) {
        return value.asBoolean(frame);
    }

    @Override
    public long asLong(Frame frame) {
        return value.asLong(frame);
    }

    @Override
    public double asDouble(Frame frame) {
        return value.asDouble(frame);
    }

    @Override
    public Object asObject(Frame frame) {
        return value.asObject(frame);
    }

    @Override
    public void save(ByteOutput out) {
        value.save(out);
        steps.save(out);
    }

    @Override
    public void load(ByteInput in) {
        value.load(in);
        steps.load(in);
    }
}
