package org.headgate.rule.engine;

import java.util.List;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Holding;
import org.headgate.rule.functions.Result;
import org.headgate.rule.window.Remembered;
import org.headgate.rule.window.RowStore;

/** The newest row of a rule with a condition that can judge it only by those that come after it. */
final class HeldRow {
    private final Holding holding;
    private Row row;
    private Result[] trackers;

    HeldRow(Holding holding) {
        this.holding = holding;
    }

    boolean isHeld() {
        return row != null;
    }

    Holding.Decision offer(Frame frame) {
        return holding.offer(frame);
    }

    long dueNanos() {
        return holding.dueNanos();
    }

    /** Keeps the row of the frame instead of the one that was held. */
    void keep(Frame frame) {
        row = frame.row();
        trackers = Remembered.of(frame);
    }

    /** Makes the row that is held the one that is looked at. */
    Row show(Frame frame) {
        frame.enter(row);
        frame.track(trackers);
        return row;
    }

    /** Shows the row and forgets it: it goes out without a newer one. */
    Row release(Frame frame) {
        Row released = show(frame);
        row = null;
        holding.released();
        return released;
    }

    void save(ByteOutput out) {
        holding.save(out);
        out.putByte(row == null ? 0 : 1);
        if (row != null) {
            new RowStore(List.of(row.schema())).put(out, row, 0);
            Remembered.save(out, trackers);
        }
    }

    void load(ByteInput in, Schema schema) {
        holding.load(in);
        if (in.getByte() != 0) {
            RowStore store = new RowStore(List.of(schema));
            row = store.row(in, store.input(in));
            trackers = Remembered.load(in);
        }
    }
}
