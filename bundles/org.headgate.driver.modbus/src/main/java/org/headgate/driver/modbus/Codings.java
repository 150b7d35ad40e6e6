package org.headgate.driver.modbus;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.registers.Field;

/** What a channel's type and options say of its registers. */
final class Codings {
    private static final Set<String> KNOWN = Set.of("type", "order", "bit", "byte", "length");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");
    private static final String TYPES =
            "bool, int8, uint8, int16 to int64, uint16 to uint64, float32, float64, bcd16, bcd32, string or bytes";

    private final Channel channel;
    private final Map<String, String> options;
    private final Order standard;

    private Codings(Channel channel, Order standard) {
        this.channel = channel;
        this.options = channel.options();
        this.standard = standard;
    }

    /**
     * How a channel's value lies in registers.
     *
     * @param standard the order where the channel does not say one
     * @throws InvalidSettingException when its options make no sense
     */
    static Coding of(Channel channel, Order standard) throws InvalidSettingException {
        return new Codings(channel, standard).coding();
    }

    /**
     * Judges a channel that is one bit of a table of bits, and needs no coding.
     *
     * @throws InvalidSettingException when its options make no sense
     */
    static void checkBit(Channel channel) throws InvalidSettingException {
        String type = channel.options().getOrDefault("type", "bool");
        if (!type.equals("bool")) {
            throw new InvalidSettingException(
                    "channel." + channel.name(), type, "bool, as coils and discrete inputs are");
        }
        channel.requireKnown(Set.of(), "no options, for one bit");
    }

    private Coding coding() throws InvalidSettingException {
        channel.requireKnown(KNOWN, "order=CDAB, bit=3, byte=high or length=16");
        String word = options.getOrDefault("type", word());
        boolean text = word.equals("string") || word.equals("bytes");
        refuse("length", text, "length for string and bytes only");
        refuse("bit", word.equals("bool"), "bit for bool only");
        refuse("byte", word.endsWith("int8"), "byte for int8 and uint8 only");
        return switch (word) {
            case "bool" -> bool();
            case "int8" -> half(Field.Kind.SIGNED);
            case "uint8" -> half(Field.Kind.UNSIGNED);
            case "int16" -> number(Field.Kind.SIGNED, 2);
            case "uint16" -> number(Field.Kind.UNSIGNED, 2);
            case "int32" -> number(Field.Kind.SIGNED, 4);
            case "uint32" -> number(Field.Kind.UNSIGNED, 4);
            case "int64" -> number(Field.Kind.SIGNED, 8);
            case "uint64" -> number(Field.Kind.UNSIGNED, 8);
            case "float", "float32" -> number(Field.Kind.FLOAT, 4);
            case "double", "float64" -> number(Field.Kind.FLOAT, 8);
            case "bcd16" -> new Coding(Coding.Kind.BCD, order(), bytes(2));
            case "bcd32" -> new Coding(Coding.Kind.BCD, order(), bytes(4));
            case "string" -> new Coding(Coding.Kind.TEXT, textOrder(), bytes(length()));
            case "bytes" -> new Coding(Coding.Kind.BYTES, textOrder(), bytes(length()));
            default -> throw wrong("type", TYPES);
        };
    }

    /** The word of a channel that has none: a register is a number without a sign. */
    private String word() {
        return switch (channel.type()) {
            case BOOLEAN -> "bool";
            case STRING -> "string";
            case BYTES -> "bytes";
            default -> options.containsKey("bit") ? "bool" : "uint16";
        };
    }

    private Coding bool() throws InvalidSettingException {
        int bit = number("bit", 0, 15);
        return new Coding(
                Coding.Kind.NUMBER, order(), new Field(Field.Kind.BOOL, 2, false, Math.max(0, bit), bit < 0 ? 16 : 1));
    }

    private Coding half(Field.Kind kind) throws InvalidSettingException {
        int low = switch (options.getOrDefault("byte", "low")) {
            case "low" -> 0;
            case "high" -> 8;
            default -> throw wrong("byte", "byte=low or byte=high");
        };
        return new Coding(Coding.Kind.NUMBER, order(), new Field(kind, 2, false, low, 8));
    }

    private Coding number(Field.Kind kind, int size) throws InvalidSettingException {
        return new Coding(Coding.Kind.NUMBER, order(), new Field(kind, size, false, 0, size * 8));
    }

    private static Field bytes(int size) {
        return new Field(Field.Kind.BYTES, size, false, 0, 0);
    }

    private int length() throws InvalidSettingException {
        int length = number("length", 1, 2 * Setup.MOST_REGISTERS);
        if (length < 0) {
            throw wrong("length", "length=16: how many bytes it has");
        }
        return length;
    }

    private Order order() throws InvalidSettingException {
        return order(options.get("order"), standard, "channel." + channel.name());
    }

    /** Text runs from register to register: only the two bytes in each may be swapped. The order of numbers is not its own. */
    private Order textOrder() throws InvalidSettingException {
        Order order = order(options.get("order"), Order.ABCD, "channel." + channel.name());
        if (order != Order.ABCD && order != Order.BADC) {
            throw wrong("order", "order=ABCD, or order=BADC where the bytes of each register are swapped");
        }
        return order;
    }

    /** The order that a word says. */
    static Order order(String word, Order fallback, String key) throws InvalidSettingException {
        if (word == null) {
            return fallback;
        }
        for (Order one : Order.values()) {
            if (one.name().equals(word)) {
                return one;
            }
        }
        throw new InvalidSettingException(key, "order=" + word, "order=ABCD, CDAB, BADC or DCBA");
    }

    private int number(String option, int least, int most) throws InvalidSettingException {
        String digits = options.get(option);
        if (digits == null) {
            return -1;
        }
        int number = NUMBER.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
        if (number < least || number > most) {
            throw wrong(option, option + "=" + least + " to " + most);
        }
        return number;
    }

    private void refuse(String option, boolean fits, String expected) throws InvalidSettingException {
        if (options.containsKey(option) && !fits) {
            throw wrong(option, expected);
        }
    }

    private InvalidSettingException wrong(String option, String expected) {
        String value = option.equals("type") || !options.containsKey(option) ? "" : option + "=";
        return new InvalidSettingException(
                "channel." + channel.name(), value + options.getOrDefault(option, channel.source()), expected);
    }
}
