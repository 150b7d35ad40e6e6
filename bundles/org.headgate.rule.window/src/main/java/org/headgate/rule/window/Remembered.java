package org.headgate.rule.window;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/** What an analytic function gave for a row, kept while the row waits in a window. */
public final class Remembered implements Result.OfObject {
    private static final Result[] NONE = {};
    private final Object value;

    private Remembered(Object value) {
        this.value = value;
    }

    /** The values that the frame's trackers have now. */
    public static Result[] of(Frame frame) {
        Result[] live = frame.trackers();
        if (live.length == 0) {
            return NONE;
        }
        Result[] kept = new Result[live.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = new Remembered(live[i].asObject(frame));
        }
        return kept;
    }

    @Override
    public Object asObject(Frame frame) {
        frame.setNull(value == null);
        return value;
    }

    /** Appends values. */
    public static void save(ByteOutput out, Result[] values) {
        out.putVarint(values.length);
        for (Result each : values) {
            RowCodec.putValue(out, ((Remembered) each).value);
        }
    }

    /** Reads values. */
    public static Result[] load(ByteInput in) {
        Result[] values = new Result[in.getCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = new Remembered(RowCodec.getValue(in));
        }
        return values;
    }
}
