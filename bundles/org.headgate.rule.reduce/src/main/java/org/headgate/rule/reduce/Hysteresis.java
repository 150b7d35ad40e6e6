package org.headgate.rule.reduce;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;
import org.headgate.rule.functions.Tracker;

/**
 * A switch that turns on when x rises above one bound and off when it falls below another: noise around a single bound would make it
 * flutter. It is off until x has been above the upper bound for the first time; a null leaves it as it is. An analytic function, because what
 * it says depends on every row, whatever else WHERE lets through.
 */
final class Hysteresis implements Tracker, Result.OfBoolean {
    private final Expression value;
    private final Expression low;
    private final Expression high;
    private boolean on;

    Hysteresis(Expression value, Expression low, Expression high) {
        this.value = value;
        this.low = low;
        this.high = high;
    }

    @Override
    public void step(Frame frame) {
        double x = value.evalDouble(frame);
        if (frame.isNull()) {
            return;
        }
        double lower = low.evalDouble(frame);
        boolean isBounded = !frame.isNull();
        double upper = high.evalDouble(frame);
        if (!isBounded || frame.isNull() || !(lower <= upper)) {
            frame.fail("hysteresis: expected a low that is not above high, found "
                    + (isBounded && !frame.isNull() ? lower + " and " + upper : "null"));
            return;
        }
        if (on ? x < lower : x > upper) {
            on = !on;
        }
    }

    @Override
    public void skip(Frame frame) {
        // It stays as it is.
    }

    @Override
    public boolean asBoolean(Frame frame) {
        frame.setNull(false);
        return on;
    }

    @Override
    public void save(ByteOutput out) {
        out.putByte(on ? 1 : 0);
    }

    @Override
    public void load(ByteInput in) {
        int flag = in.getByte();
        if (flag > 1) {
            throw new IllegalArgumentException("expected 0 or 1, found " + flag);
        }
        on = flag == 1;
    }
}
