package org.headgate.rule.language;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** What is inside of structs and arrays. An element that is not there is a failure, a field that is not there a plain null. */
final class Structures {
    /** An index that means nothing: the value was null, or no whole number. */
    private static final long NONE = Long.MIN_VALUE;

    private Structures() {}

    /** {@code a->b}. */
    static Expression member(Expression struct, String name) {
        return (Expression.OfAny) frame -> {
            Object value = struct.evalObject(frame);
            if (frame.isNull()) {
                return null;
            }
            if (value instanceof Map<?, ?> fields) {
                Object field = fields.get(name);
                frame.setNull(field == null);
                return field;
            }
            Dynamics.wrong(frame, "a struct before ->" + name, value);
            return null;
        };
    }

    /** {@code a[i]}. */
    static Expression element(Expression array, Expression index) {
        return (Expression.OfAny) frame -> {
            List<?> list = list(frame, array);
            if (list == null) {
                return null;
            }
            long at = index(frame, index, list.size());
            if (at == NONE) {
                return null;
            }
            if (at < 0 || at >= list.size()) {
                frame.fail("expected an index within " + list.size() + " elements, found "
                        + (at < 0 ? at - list.size() : at));
                return null;
            }
            Object element = list.get((int) at);
            frame.setNull(element == null);
            return element;
        };
    }

    /** {@code a[from:to]}; without {@code to} up to the end. */
    record Slice(Expression array, Expression from, Expression to) implements Expression.OfObject {
        @Override
        public Type type() {
            return Type.ARRAY;
        }

        @Override
        public Object evalObject(Frame frame) {
            List<?> list = list(frame, array);
            if (list == null) {
                return null;
            }
            long start = from == null ? 0 : index(frame, from, list.size());
            if (start == NONE) {
                return null;
            }
            long end = to == null ? list.size() : index(frame, to, list.size());
            if (end == NONE) {
                return null;
            }
            if (start < 0 || end > list.size() || start > end) {
                frame.fail("expected a part of " + list.size() + " elements, found [" + start + ":" + end + "]");
                return null;
            }
            frame.setNull(false);
            return Collections.unmodifiableList(list.subList((int) start, (int) end));
        }
    }

    private static List<?> list(Frame frame, Expression array) {
        Object value = array.evalObject(frame);
        if (frame.isNull()) {
            return null;
        }
        if (value instanceof List<?> list) {
            return list;
        }
        Dynamics.wrong(frame, "an array", value);
        return null;
    }

    /** An index from 0; a negative one counts from the end. */
    private static long index(Frame frame, Expression index, int size) {
        Object value = index.evalObject(frame);
        if (frame.isNull()) {
            return NONE;
        }
        // A number of a recording without a schema is a double.
        boolean whole = Dynamics.isWhole(value) || value instanceof Double number && number == Math.rint(number);
        if (!whole) {
            Dynamics.wrong(frame, "a whole number as index", value);
            return NONE;
        }
        long at = Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, ((Number) value).longValue()));
        return at < 0 ? at + size : at;
    }
}
