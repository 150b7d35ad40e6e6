package org.headgate.rule.language;

import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** Columns of the input row, found by index. A column that is selected as it is keeps its quality, BAD included. */
final class Columns {
    private Columns() {}

    /** Where a column is to be found. */
    interface Place {
        /** The source in a join; -1 for the only row there is. */
        default int source() {
            return -1;
        }

        /** The index in its row. */
        int index();
    }

    static Expression of(Type type, int index) {
        return switch (type) {
            case BOOLEAN -> new OfBoolean(index);
            case LONG -> new OfLong(index);
            case DOUBLE -> new OfDouble(index);
            case STRING -> new OfText(index);
            default -> new OfObject(type, index);
        };
    }

    private static void copy(Frame frame, RowBuilder into, int column, int index) {
        into.copy(column, frame.row(), index);
        frame.setNull(frame.row().isNull(index));
    }

    record OfBoolean(int index) implements Expression.OfBoolean, Place {
        @Override
        public boolean evalBoolean(Frame frame) {
            Row row = frame.row();
            frame.setNull(row.isNull(index));
            return row.asBoolean(index);
        }

        @Override
        public void store(Frame frame, RowBuilder into, int column) {
            copy(frame, into, column, index);
        }
    }

    record OfLong(int index) implements Expression.OfLong, Place {
        @Override
        public long evalLong(Frame frame) {
            Row row = frame.row();
            frame.setNull(row.isNull(index));
            return row.bits(index);
        }

        @Override
        public void store(Frame frame, RowBuilder into, int column) {
            copy(frame, into, column, index);
        }
    }

    record OfDouble(int index) implements Expression.OfDouble, Place {
        @Override
        public double evalDouble(Frame frame) {
            Row row = frame.row();
            frame.setNull(row.isNull(index));
            return Double.longBitsToDouble(row.bits(index));
        }

        @Override
        public void store(Frame frame, RowBuilder into, int column) {
            copy(frame, into, column, index);
        }
    }

    record OfText(int index) implements Expression.OfText, Place {
        @Override
        public String evalObject(Frame frame) {
            Row row = frame.row();
            boolean isNull = row.isNull(index);
            frame.setNull(isNull);
            return isNull ? null : row.asString(index);
        }

        @Override
        public void store(Frame frame, RowBuilder into, int column) {
            copy(frame, into, column, index);
        }
    }

    /** BYTES, ARRAY, STRUCT or a value of any type. */
    record OfObject(Type type, int index) implements Expression.OfObject, Place {
        @Override
        public Object evalObject(Frame frame) {
            Row row = frame.row();
            frame.setNull(row.isNull(index));
            return row.object(index);
        }

        @Override
        public void store(Frame frame, RowBuilder into, int column) {
            copy(frame, into, column, index);
        }
    }
}
