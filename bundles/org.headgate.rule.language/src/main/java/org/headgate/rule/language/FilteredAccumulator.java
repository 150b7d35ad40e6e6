package org.headgate.rule.language;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** {@code avg(x) FILTER (WHERE c)}: takes in only rows for which a condition is true. */
record FilteredAccumulator(Accumulator inner, Expression condition) implements Accumulator {
    @Override
    public void add(Frame frame) {
        if (condition.evalBoolean(frame) && !frame.isNull()) {
            inner.add(frame);
        }
    }

    @Override
    public boolean grows() {
        return inner.grows();
    }

    @Override
    public long grownBytes() {
        return inner.grownBytes();
    }

    @Override
    public void merge(Accumulator newer) {
        inner.merge(((FilteredAccumulator) newer).inner);
    }

    @Override
    public void save(ByteOutput out) {
        inner.save(out);
    }

    @Override
    public void load(ByteInput in) {
        inner.load(in);
    }

    @Override
    public boolean asBoolean(Frame frame) {
        return inner.asBoolean(frame);
    }

    @Override
    public long asLong(Frame frame) {
        return inner.asLong(frame);
    }

    @Override
    public double asDouble(Frame frame) {
        return inner.asDouble(frame);
    }

    @Override
    public Object asObject(Frame frame) {
        return inner.asObject(frame);
    }
}
