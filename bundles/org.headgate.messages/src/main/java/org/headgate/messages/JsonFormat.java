package org.headgate.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.codec.JsonReader;

/**
 * JSON texts, one or several. An array is as many rows, unless the pointers go into it by number.
 *
 * @param rows where the array of rows is; {@code null} when nobody said
 * @param indexed whether a pointer goes into the outermost array by number
 * @param times how time is said
 */
record JsonFormat(Pointer rows, boolean indexed, Times times) implements Format {
    /** What a row lacks is looked up in the message that has it. */
    private record Found(Object row, Object whole, long timeNanos) implements Instant {
        @Override
        public Object value(Field field) {
            return field.place() instanceof Place.Member member ? JsonFormat.find(member, row, whole) : null;
        }
    }

    @Override
    public List<Instant> read(byte[] message, int offset, int length, long now) throws MessageException {
        List<Object> values;
        try {
            values = JsonReader.readAll(Format.text(message, offset, length));
        } catch (IllegalArgumentException wrong) {
            throw new MessageException("no JSON: " + Format.line(wrong));
        }
        List<Instant> found = new ArrayList<>();
        for (Object value : values) {
            Object part = rows == null ? value : rows.in(value);
            if (part instanceof List<?> several && (rows != null || !indexed)) {
                for (Object row : several) {
                    found.add(instant(row, rows == null ? row : value));
                }
            } else if (part != null || rows == null) {
                found.add(instant(part, value));
            }
        }
        return found;
    }

    private Instant instant(Object row, Object whole) throws MessageException {
        if (!(row instanceof Map || row instanceof List)) {
            throw new MessageException("no object: " + Values.printable(Values.text(row)));
        }
        Object time = times.place() instanceof Place.Member member ? find(member, row, whole) : null;
        return new Found(row, whole, times.nanos(time));
    }

    private static Object find(Place.Member member, Object row, Object whole) {
        Object value = member.pointer().in(row);
        return value == null && row != whole ? member.pointer().in(whole) : value;
    }
}
