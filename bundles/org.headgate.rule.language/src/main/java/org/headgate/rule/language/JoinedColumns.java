package org.headgate.rule.language;

import java.util.List;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** Columns of the rows of a join, found by source and index; null where an outer join has no row. */
final class JoinedColumns {
    private JoinedColumns() {}

    static Expression of(Type type, int source, int index) {
        return switch (type) {
            case BOOLEAN -> new OfBoolean(source, index);
            case LONG -> new OfLong(source, index);
            case DOUBLE -> new OfDouble(source, index);
            case STRING -> new OfText(source, index);
            default -> new OfObject(type, source, index);
        };
    }

    private static boolean isNull(Frame frame, Row row, int index) {
        boolean isNull = row == null || row.isNull(index);
        frame.setNull(isNull);
        return isNull;
    }

    private static void copy(Frame frame, RowBuilder into, int column, int source, int index) {
        Row row = frame.row(source);
        if (row != null) {
            into.copy(column, row, index);
        }
        isNull(frame, row, index);
    }

    record OfBoolean(int source, int index) implements Expression.OfBoolean, Columns.Place {
        @Override
        public boolean evalBoolean(Frame frame) {
            Row row = frame.row(source);
            return !JoinedColumns.isNull(frame, row, index) && row.asBoolean(index);
        }

        @Override
        public void store(Frame frame, RowBuilder into, int column) {
            copy(frame, into, column, source, index);
        }
    }

    record OfLong(int source, int index) implements Expression.OfLong, Columns.Place {
        @Override
        public long evalLong(Frame frame) {
            Row row = frame.row(source);
            return JoinedColumns.isNull(frame, row, index) ? 0 : row.bits(index);
        }

        @Override
        public void store(Frame frame, RowBuilder into, int column) {
            copy(frame, into, column, source, index);
        }
    }

    record OfDouble(int source, int index) implements Expression.OfDouble, Columns.Place {
        @Override
        public double evalDouble(Frame frame) {
            Row row = frame.row(source);
            return JoinedColumns.isNull(frame, row, index) ? 0 : Double.longBitsToDouble(row.bits(index));
        }

        @Override
        public void store(Frame frame, RowBuilder into, int column) {
            copy(frame, into, column, source, index);
        }
    }

    record OfText(int source, int index) implements Expression.OfText, Columns.Place {
        @Override
        public String evalObject(Frame frame) {
            Row row = frame.row(source);
            return JoinedColumns.isNull(frame, row, index) ? null : row.asString(index);
        }

        @Override
        public void store(Frame frame, RowBuilder into, int column) {
            copy(frame, into, column, source, index);
        }
    }

    /** BYTES, ARRAY, STRUCT or a value of any type. */
    record OfObject(Type type, int source, int index) implements Expression.OfObject, Columns.Place {
        @Override
        public Object evalObject(Frame frame) {
            Row row = frame.row(source);
            return JoinedColumns.isNull(frame, row, index) ? null : row.object(index);
        }

        @Override
        public void store(Frame frame, RowBuilder into, int column) {
            copy(frame, into, column, source, index);
        }
    }

    /** A name that several sources have, in {@code SELECT *}: the first one that has a value there. */
    record FirstPresent(Type type, List<Expression> columns) implements Expression.OfObject {
        @Override
        public Object evalObject(Frame frame) {
            for (Expression column : columns) {
                Object value = column.evalObject(frame);
                if (!frame.isNull()) {
                    return value;
                }
            }
            return null;
        }
    }
}
