package org.headgate.rule.reduce;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Reduction;

/**
 * An absolute deadband: true for the first value, and then for each that differs by more than {@code d} from the value
 * in the last row that was let through (OPC UA Part 8, AbsoluteDeadband: the distance must exceed the deadband). A null
 * is not a change. Holding the last value that passed is then never wrong by more than {@code d}.
 */
final class Deadband implements Reduction {
    private final Expression value;
    private final Expression width;
    private boolean any;
    private double reference;

    Deadband(Expression value, Expression width) {
        this.value = value;
        this.width = width;
    }

    @Override
    public boolean evalBoolean(Frame frame) {
        double x = value.evalDouble(frame);
        if (frame.isNull()) {
            frame.setNull(false);
            return false;
        }
        if (!any) {
            return true;
        }
        double d = width.evalDouble(frame);
        if (frame.isNull()) {
            frame.setNull(false);
            return false;
        }
        return Math.abs(x - reference) > d;
    }

    @Override
    public void passed(Frame frame) {
        double x = value.evalDouble(frame);
        if (!frame.isNull()) {
            reference = x;
            any = true;
        }
    }

    @Override
    public void save(ByteOutput out) {
        out.putByte(any ? 1 : 0);
        out.putDouble(reference);
    }

    @Override
    public void load(ByteInput in) {
        any = in.getByte() != 0;
        reference = in.getDouble();
    }
}
