package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/**
 * The value so many rows ago. The default is what its expression gives for the very first row, as in LF Edge eKuiper. A row that does not
 * count sees what the next one that does will see.
 */
final class Lag implements CellTracker.Steps {
    /** So far it can look back: each value costs about 40 bytes, for each partition. */
    static final int MAX = 1000;

    private final Expression argument;
    private final Expression offset;
    private final Expression missing;
    private final Expression ignoresNull;
    private final Type type;
    private final Cell current;
    private Cell[] before = {};
    private int oldest;

    /** All but the first may be missing: {@code null}. */
    Lag(Type type, Expression argument, Expression offset, Expression missing, Expression ignoresNull) {
        this.argument = argument;
        this.offset = offset;
        this.missing = missing;
        this.ignoresNull = ignoresNull;
        this.type = type;
        this.current = new Cell(type);
    }

    @Override
    public void step(Frame frame, Cell value) {
        if (!begin(frame)) {
            value.clear();
            return;
        }
        value.copy(before[oldest]);
        current.read(argument, frame);
        if (current.isNull() && ignoresNull != null && ignoresNull.evalBoolean(frame)) {
            return;
        }
        before[oldest].copy(current);
        oldest = (oldest + 1) % before.length;
    }

    @Override
    public void skip(Frame frame, Cell value) {
        if (begin(frame)) {
            value.copy(before[oldest]);
        }
    }

    private boolean begin(Frame frame) {
        if (before.length > 0) {
            return true;
        }
        long size = 1;
        if (offset != null) {
            size = offset.evalLong(frame);
            if (frame.isNull() || size < 1 || size > MAX) {
                frame.fail("lag: expected an offset from 1 to " + MAX + ", found " + (frame.isNull() ? "null" : size));
                return false;
            }
        }
        before = cells((int) size);
        for (Cell cell : before) {
            if (missing != null) {
                cell.read(missing, frame);
            }
        }
        return true;
    }

    private Cell[] cells(int size) {
        Cell[] cells = new Cell[size];
        for (int i = 0; i < size; i++) {
            cells[i] = new Cell(type);
        }
        return cells;
    }

    @Override
    public void save(ByteOutput out) {
        out.putVarint(before.length);
        for (int i = 0; i < before.length; i++) {
            before[(oldest + i) % before.length].save(out);
        }
    }

    @Override
    public void load(ByteInput in) {
        int size = in.getCount();
        if (size > MAX) {
            throw new IllegalArgumentException("an offset of " + size);
        }
        before = cells(size);
        oldest = 0;
        for (Cell cell : before) {
            cell.load(in);
        }
    }
}
