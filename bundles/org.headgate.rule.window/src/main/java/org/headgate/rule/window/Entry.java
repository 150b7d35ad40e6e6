package org.headgate.rule.window;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/** A row that a window keeps: what expressions see of it when the window closes. */
public final class Entry {
    private final Row row;
    private final int input;
    private final Result[] trackers;
    private final Row[] joined;
    private long atNanos;
    private boolean used;

    Entry(Row row, int input, int inputs, Result[] trackers, long atNanos) {
        this.row = row;
        this.joined = inputs == 1 ? null : alone(row, input, inputs);
        this.input = input;
        this.trackers = trackers;
        this.atNanos = atNanos;
    }

    /** The row. */
    public Row row() {
        return row;
    }

    /** Which input of the rule it came from. */
    public int input() {
        return input;
    }

    /** What the analytic functions gave for it. */
    public Result[] trackers() {
        return trackers;
    }

    /** Makes the row the one that is looked at, with what the analytic functions gave for it. */
    public void enter(Frame frame) {
        if (joined == null) {
            frame.enter(row);
        } else {
            frame.enter(joined);
        }
        frame.track(trackers);
    }

    long atNanos() {
        return atNanos;
    }

    void shift(long byNanos) {
        atNanos += byNanos;
    }

    void use() {
        used = true;
    }

    boolean used() {
        return used;
    }

    void save(ByteOutput out, RowStore store) {
        store.put(out, row, input);
        Remembered.save(out, trackers);
        out.putZigzag(atNanos);
        out.putByte(used ? 1 : 0);
    }

    static Entry load(ByteInput in, RowStore store) {
        int input = store.input(in);
        Entry entry = new Entry(store.row(in, input), input, store.inputs(), Remembered.load(in), in.getZigzag());
        entry.used = in.getByte() != 0;
        return entry;
    }

    /** The row of the frame, which comes from one of the inputs. */
    public static Entry of(Frame frame, int input, long atNanos) {
        int inputs = Math.max(1, frame.joined().length);
        Row row = inputs == 1 ? frame.row() : frame.row(input);
        return new Entry(row, input, inputs, frame.trackers(), atNanos);
    }

    private static Row[] alone(Row row, int input, int inputs) {
        Row[] rows = new Row[inputs];
        rows[input] = row;
        return rows;
    }
}
