package org.headgate.rule.window;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.Sizes;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/** The rows of an open window that have the same values in their dimensions: their first row and their aggregates. */
public final class Group {
    private static final int GROUP = 128;
    private static final int DIMENSION = 16;
    private static final int AGGREGATE = 48;

    private final GroupKey key;
    private final Accumulator[] aggregates;
    /** Those of them that do the work of all. */
    private final Accumulator[] working;

    private Row first;
    private Row[] joined;
    private Result[] trackers;
    private ClockState clock;

    Group(GroupKey key, Accumulator[] aggregates) {
        this.key = key;
        this.aggregates = aggregates;
        this.working = working(aggregates);
    }

    private static Accumulator[] working(Accumulator[] all) {
        List<Accumulator> alone = new ArrayList<>();
        for (Accumulator each : all) {
            if (alone.stream().noneMatch(each::follow)) {
                alone.add(each);
            }
        }
        return alone.toArray(Accumulator[]::new);
    }

    /** Makes the group the one that expressions are evaluated against. */
    public void show(Frame frame) {
        if (joined.length == 0) {
            frame.enter(first);
        } else {
            frame.enter(joined);
        }
        frame.track(trackers);
        frame.enter(aggregates);
    }

    /** The state of the clock when the last row was made. */
    public ClockState clock() {
        return clock;
    }

    /** What a group takes that begins with the row of the frame, estimated; the row is shared with who has it, too. */
    static long bytes(Frame frame, int dimensions, int aggregates) {
        Row row = frame.row();
        return bytes(dimensions, aggregates) + (row == null ? 0 : Sizes.of(row));
    }

    private static long bytes(int dimensions, int aggregates) {
        return GROUP + (long) DIMENSION * dimensions + (long) AGGREGATE * aggregates;
    }

    long bytes(int dimensions) {
        return bytes(dimensions, aggregates.length) + Sizes.of(first);
    }

    /** What its aggregates take beyond what each has from its beginning. */
    long grown() {
        long bytes = 0;
        for (Accumulator aggregate : aggregates) {
            bytes += aggregate.grownBytes();
        }
        return bytes;
    }

    GroupKey key() {
        return key;
    }

    /** Begins anew, with another key and with aggregates that have taken in nothing. */
    void reset(GroupKey newKey, byte[] blank) {
        key.set(newKey);
        ByteInput empty = new ByteInput(ByteBuffer.wrap(blank));
        for (Accumulator aggregate : aggregates) {
            aggregate.load(empty);
        }
    }

    /** The row of the frame is the first one; it is not added by that. */
    void begin(Frame frame) {
        first = frame.row();
        joined = frame.joined();
        trackers = frame.trackers();
        clock = ClockState.SYNCED;
    }

    void add(Frame frame, ClockState rowClock) {
        for (Accumulator aggregate : working) {
            aggregate.add(frame);
        }
        clock = rowClock;
    }

    /** Takes in what a group of a later pane, with the same key, has taken in. */
    void merge(Group newer) {
        for (int i = 0; i < working.length; i++) {
            working[i].merge(newer.working[i]);
        }
        clock = newer.clock;
    }

    /** Begins as another group began. */
    void begin(Group older) {
        first = older.first;
        joined = older.joined;
        trackers = older.trackers;
        clock = older.clock;
    }

    void save(ByteOutput out, RowStore store, int input) {
        store.put(out, first, input);
        Remembered.save(out, trackers);
        out.putByte(clock.ordinal());
        for (Accumulator aggregate : aggregates) {
            aggregate.save(out);
        }
    }

    void load(ByteInput in, RowStore store) {
        first = store.row(in, store.input(in));
        joined = new Row[0];
        trackers = Remembered.load(in);
        clock = ClockState.values()[in.getByte()];
        for (Accumulator aggregate : aggregates) {
            aggregate.load(in);
        }
    }
}
