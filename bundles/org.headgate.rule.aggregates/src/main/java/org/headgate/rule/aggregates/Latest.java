package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** The latest value that was not null; until there is one a default, computed for each row anew. */
final class Latest implements CellTracker.Steps {
    private final Expression argument;
    private final Expression missing;
    private final Cell latest;
    private final Cell current;

    /** The default may be missing: {@code null}. */
    Latest(Type type, Expression argument, Expression missing) {
        this.argument = argument;
        this.missing = missing;
        this.latest = new Cell(type);
        this.current = new Cell(type);
    }

    @Override
    public void step(Frame frame, Cell value) {
        current.read(argument, frame);
        if (!current.isNull()) {
            latest.copy(current);
        }
        skip(frame, value);
    }

    @Override
    public void skip(Frame frame, Cell value) {
        if (latest.isNull() && missing != null) {
            value.read(missing, frame);
        } else {
            value.copy(latest);
        }
    }

    @Override
    public void save(ByteOutput out) {
        latest.save(out);
    }

    @Override
    public void load(ByteInput in) {
        latest.load(in);
    }
}
