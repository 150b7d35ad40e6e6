package org.headgate.rule.aggregates;

import org.headgate.data.api.Row;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** Expressions that give a column's value or a constant. */
final class Columns {
    private Columns() {}

    static Expression of(Type type, int index) {
        return switch (type) {
            case BOOLEAN ->
                (Expression.OfBoolean) frame -> {
                    frame.setNull(frame.row().isNull(index));
                    return frame.row().asBoolean(index);
                };
            case LONG ->
                (Expression.OfLong) frame -> {
                    Row row = frame.row();
                    frame.setNull(row.isNull(index));
                    return row.asLong(index);
                };
            case DOUBLE ->
                (Expression.OfDouble) frame -> {
                    Row row = frame.row();
                    frame.setNull(row.isNull(index));
                    return row.asDouble(index);
                };
            case STRING -> (Expression.OfText) frame -> (String) object(frame, index);
            default ->
                new Typed(type) {
                    @Override
                    public Object evalObject(Frame frame) {
                        return object(frame, index);
                    }
                };
        };
    }

    static Expression constant(Type type, Object value) {
        return switch (type) {
            case BOOLEAN ->
                (Expression.OfBoolean) frame -> {
                    frame.setNull(false);
                    return (Boolean) value;
                };
            case LONG ->
                (Expression.OfLong) frame -> {
                    frame.setNull(false);
                    return (Long) value;
                };
            case DOUBLE ->
                (Expression.OfDouble) frame -> {
                    frame.setNull(false);
                    return (Double) value;
                };
            case STRING ->
                (Expression.OfText) frame -> {
                    frame.setNull(false);
                    return (String) value;
                };
            default ->
                (Expression.OfAny) frame -> {
                    frame.setNull(value == null);
                    return value;
                };
        };
    }

    private static Object object(Frame frame, int index) {
        Object value = frame.row().object(index);
        frame.setNull(value == null);
        return value;
    }

    private abstract static class Typed implements Expression.OfObject {
        private final Type type;

        Typed(Type type) {
            this.type = type;
        }

        @Override
        public Type type() {
            return type;
        }
    }
}
