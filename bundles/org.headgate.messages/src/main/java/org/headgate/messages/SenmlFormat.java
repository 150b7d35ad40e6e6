package org.headgate.messages;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.codec.CborReader;
import org.headgate.codec.JsonReader;

/**
 * SenML packs (RFC 8428) in JSON or CBOR: what has the same time is one row. Base fields are resolved; a later version, or a field that one
 * must understand to read the pack (4.4), and that nobody here does, refuses it.
 */
record SenmlFormat() implements Format {
    /** RFC 8428, table 4: the labels of CBOR, from -6 on. */
    private static final String[] LABELS = {
        "bs", "bv", "bu", "bt", "bn", "bver", "n", "u", "v", "vs", "vb", "s", "t", "ut", "vd"
    };

    private static final int FIRST_LABEL = -6;
    /** RFC 8428, 4.5.3: what is less is a distance from now. */
    private static final double RELATIVE = 1 << 28;

    /** RFC 8428, 4.4: what is of a later one must not be used. */
    private static final long VERSION = 10;
    /** The mark of UTF-8 that some put before JSON; else only CBOR begins with a byte beyond ASCII: an array, or a tag before it. */
    private static final byte MARK = (byte) 0xEF;

    private static final class Pack implements Instant {
        private final long timeNanos;
        private final Map<String, Resolved> records = new LinkedHashMap<>();

        Pack(long timeNanos) {
            this.timeNanos = timeNanos;
        }

        @Override
        public long timeNanos() {
            return timeNanos;
        }

        @Override
        public Object value(Field field) {
            Resolved resolved = resolved(field);
            if (resolved == null) {
                return null;
            }
            return field.sum() || resolved.value == null ? resolved.sum : resolved.value;
        }

        @Override
        public String unit(Field field) {
            Resolved resolved = resolved(field);
            return resolved == null || field.sum() ? "" : resolved.unit;
        }

        private Resolved resolved(Field field) {
            return field.place() instanceof Place.Named named ? records.get(named.name()) : null;
        }
    }

    private record Resolved(Object value, Number sum, String unit) {}

    @Override
    public List<Instant> read(byte[] message, int offset, int length, long now) throws MessageException {
        Map<Long, Pack> packs = new LinkedHashMap<>();
        Map<String, Object> base = new LinkedHashMap<>();
        for (Object entry : entries(message, offset, length)) {
            if (!(entry instanceof Map<?, ?> members)) {
                throw new MessageException("no SenML: a record that is no object");
            }
            Map<String, Object> labelled = labelled(members);
            labelled.forEach((label, value) -> {
                if (label.startsWith("b")) {
                    base.put(label, value);
                }
            });
            requireKnown(base.get("bver"));
            long time = time(base.get("bt"), labelled.get("t"), now);
            Resolved resolved = new Resolved(value(base, labelled), sum(base, labelled), unit(base, labelled));
            if (resolved.value != null || resolved.sum != null) {
                packs.computeIfAbsent(time, Pack::new).records.put(text(base, "bn") + text(labelled, "n"), resolved);
            }
        }
        return new ArrayList<>(packs.values());
    }

    private static List<?> entries(byte[] message, int offset, int length) throws MessageException {
        try {
            boolean cbor = length > 0 && message[offset] < 0 && message[offset] != MARK;
            Object pack = cbor
                    ? CborReader.read(message, offset, length)
                    : JsonReader.read(Format.text(message, offset, length));
            if (pack instanceof List<?> entries) {
                return entries;
            }
        } catch (IllegalArgumentException wrong) {
            throw new MessageException("no SenML: " + Format.line(wrong));
        }
        throw new MessageException("no SenML: no array");
    }

    private static Map<String, Object> labelled(Map<?, ?> members) throws MessageException {
        Map<String, Object> labelled = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String label = String.valueOf(member.getKey());
            if (member.getKey() instanceof Long number) {
                long index = number - FIRST_LABEL;
                label = index >= 0 && index < LABELS.length ? LABELS[(int) index] : label;
            }
            if (label.endsWith("_")) {
                throw new MessageException("no SenML that is understood: field " + Values.printable(label));
            }
            labelled.put(label, member.getValue());
        }
        return labelled;
    }

    private static void requireKnown(Object version) throws MessageException {
        boolean known = version == null || version instanceof Number number && number.doubleValue() <= VERSION;
        if (!known) {
            throw new MessageException(
                    "no SenML that is understood: version " + Values.printable(Values.text(version)));
        }
    }

    private static Object value(Map<String, Object> base, Map<String, Object> labelled) throws MessageException {
        Object number = labelled.get("v");
        if (number != null) {
            return plus(number(labelled, "v"), number(base, "bv"));
        }
        for (String label : new String[] {"vs", "vb", "vd"}) {
            Object other = labelled.get(label);
            if (other != null) {
                boolean fits = label.equals("vs") && other instanceof String
                        || label.equals("vb") && other instanceof Boolean
                        || label.equals("vd") && (other instanceof String || other instanceof byte[]);
                if (!fits) {
                    throw new MessageException("no SenML: " + label + " is " + Values.printable(Values.text(other)));
                }
                return other;
            }
        }
        return null;
    }

    private static Number sum(Map<String, Object> base, Map<String, Object> labelled) throws MessageException {
        return labelled.get("s") == null && labelled.get("bs") == null
                ? null
                : plus(number(labelled, "s"), number(base, "bs"));
    }

    private static String unit(Map<String, Object> base, Map<String, Object> labelled) throws MessageException {
        String own = text(labelled, "u");
        return own.isEmpty() ? text(base, "bu") : own;
    }

    private static long time(Object base, Object own, long now) throws MessageException {
        if (base == null && own == null) {
            return Instant.NO_TIME;
        }
        try {
            BigDecimal time = Times.decimal(number("bt", base)).add(Times.decimal(number("t", own)));
            if (time.signum() == 0) {
                return Instant.NO_TIME;
            }
            long nanos = Times.scaled(time, 9);
            return time.doubleValue() < RELATIVE ? Math.addExact(now, nanos) : nanos;
        } catch (ArithmeticException | NumberFormatException far) {
            throw new MessageException("no SenML: a time beyond all dates");
        }
    }

    /** Whole numbers stay exact. */
    private static Number plus(Number value, Number base) {
        if (value instanceof Long a && base instanceof Long b) {
            long sum = a + b;
            if (((a ^ sum) & (b ^ sum)) >= 0) {
                return sum;
            }
        }
        double real = base.doubleValue();
        if (real == 0 || !Double.isFinite(real) || !Double.isFinite(value.doubleValue())) {
            return value.doubleValue() + real;
        }
        // As decimals, for 20 and 0.1 are meant as they are written.
        return Times.decimal(value).add(Times.decimal(base)).doubleValue();
    }

    private static Number number(Map<String, Object> labelled, String label) throws MessageException {
        return number(label, labelled.get(label));
    }

    private static Number number(String label, Object value) throws MessageException {
        if (value == null) {
            return 0L;
        }
        if (value instanceof Number number) {
            return number;
        }
        throw new MessageException("no SenML: " + label + " is " + Values.printable(Values.text(value)));
    }

    private static String text(Map<String, Object> labelled, String label) throws MessageException {
        Object value = labelled.getOrDefault(label, "");
        if (value instanceof String text) {
            return text;
        }
        throw new MessageException("no SenML: " + label + " is " + Values.printable(Values.text(value)));
    }
}
