package org.headgate.registers;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;

/**
 * Which {@link Field} a channel is. The type's word says width and meaning; {@code order=little} turns the bytes, {@code bits=15..3} takes some bits. Where the
 * word leaves the width open ({@code bool}, none at all) it is {@code width=16}, or else one byte; {@code length=6} is the number of {@code bytes}.
 */
final class FieldOptions {
    private static final Set<String> KNOWN = Set.of("type", "order", "bits", "width", "length");
    private static final Pattern BITS = Pattern.compile("(\\d{1,2})(?:\\.\\.(\\d{1,2}))?");
    private static final Pattern LENGTH = Pattern.compile("[1-9]\\d?");
    private static final int MOST_BYTES = 32;
    private static final Map<String, Integer> WIDTHS = Map.of("8", 1, "16", 2, "24", 3, "32", 4, "64", 8);
    private static final String WIDTHS_EXPECTED = "8, 16, 24, 32 or 64";
    /** What the channel's options look like, for messages. */
    private static final String EXPECTED = "type, order=big|little, bits=15..3, width=16, length=6";

    private final Channel channel;
    private final Map<String, String> options;

    private FieldOptions(Channel channel) {
        this.channel = channel;
        this.options = channel.options();
    }

    static Field of(Channel channel) throws InvalidSettingException {
        return new FieldOptions(channel).field();
    }

    private Field field() throws InvalidSettingException {
        channel.requireKnown(KNOWN, EXPECTED);
        String word = options.getOrDefault("type", word(channel.type()));
        return switch (word) {
            case "bytes" -> bytes();
            case "float", "float32" -> whole(Field.Kind.FLOAT, Float.BYTES);
            case "double", "float64" -> whole(Field.Kind.FLOAT, Double.BYTES);
            case "bool" -> part(Field.Kind.BOOL, openWidth());
            case "" -> part(Field.Kind.UNSIGNED, openWidth());
            case "int", "long" -> part(Field.Kind.SIGNED, saidWidth(Long.BYTES));
            case "int8", "int16", "int24", "int32", "int64" -> numbered(Field.Kind.SIGNED, word.substring(3));
            case "uint8", "uint16", "uint24", "uint32", "uint64" -> numbered(Field.Kind.UNSIGNED, word.substring(4));
            default -> throw wrong("type", "bool, int8 to int64, uint8 to uint64, float, double or bytes");
        };
    }

    /** The word of a channel that has none: a number is a byte without a sign. */
    private static String word(Type type) {
        return switch (type) {
            case BOOLEAN -> "bool";
            case BYTES -> "bytes";
            case LONG, DOUBLE -> "";
            default -> type.toString();
        };
    }

    private Field numbered(Field.Kind kind, String bits) throws InvalidSettingException {
        return part(kind, saidWidth(WIDTHS.get(bits)));
    }

    private Field bytes() throws InvalidSettingException {
        refuse("bits", "no bits of bytes");
        refuse("order", "no order of bytes");
        refuse("width", "length=N for bytes");
        String length = options.getOrDefault("length", "1");
        if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > MOST_BYTES) {
            throw wrong("length", "1 to " + MOST_BYTES + " bytes");
        }
        return new Field(Field.Kind.BYTES, Integer.parseInt(length), false, 0, 0);
    }

    private Field whole(Field.Kind kind, int size) throws InvalidSettingException {
        refuse("bits", "no bits of a floating-point number");
        return part(kind, saidWidth(size));
    }

    private Field part(Field.Kind kind, int size) throws InvalidSettingException {
        refuse("length", "length for bytes only");
        int low = 0;
        int high = size * 8 - 1;
        String bits = options.get("bits");
        if (bits != null) {
            Matcher range = BITS.matcher(bits);
            int most = high;
            if (range.matches()) {
                high = Integer.parseInt(range.group(1));
                low = range.group(2) == null ? high : Integer.parseInt(range.group(2));
            }
            if (!range.matches() || low > high || high > most) {
                throw wrong("bits", "a bit or HIGH..LOW from " + most + " to 0; width=16 makes a register wider");
            }
        }
        return new Field(kind, size, isLittle(), low, high - low + 1);
    }

    private boolean isLittle() throws InvalidSettingException {
        return switch (options.getOrDefault("order", "big")) {
            case "big" -> false;
            case "little" -> true;
            default -> throw wrong("order", "big or little");
        };
    }

    private int openWidth() throws InvalidSettingException {
        Integer size = WIDTHS.get(options.getOrDefault("width", "8"));
        if (size == null) {
            throw wrong("width", WIDTHS_EXPECTED);
        }
        return size;
    }

    private int saidWidth(int size) throws InvalidSettingException {
        refuse("width", "no width beside a type that says it");
        return size;
    }

    private void refuse(String option, String expected) throws InvalidSettingException {
        if (options.containsKey(option)) {
            throw wrong(option, expected);
        }
    }

    private InvalidSettingException wrong(String option, String expected) {
        String value = options.containsKey(option) ? option + "=" + options.get(option) : channel.source();
        return new InvalidSettingException("channel." + channel.name(), value, expected);
    }
}
