package org.headgate.device.channels;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.headgate.config.api.Texts;

/** Values on their way to a device: from the text that somebody typed to what the driver gets. */
final class ChannelValues {
    private ChannelValues() {}

    /** See {@link ChannelDefinition#parse}. */
    static Object parse(ChannelDefinition channel, String text) {
        return switch (channel.type()) {
            case BOOLEAN -> truth(text).orElseThrow(() -> wrong(channel, text, "true or false"));
            case LONG -> {
                long value = Texts.number(text).orElseThrow(() -> wrong(channel, text, "a whole number"));
                checkRange(channel, text, value);
                yield value;
            }
            case DOUBLE -> {
                double value = Numbers.number(text).orElseThrow(() -> wrong(channel, text, "a number"));
                checkRange(channel, text, value);
                yield value;
            }
            case STRING -> text;
            case BYTES -> text.getBytes(StandardCharsets.UTF_8);
            default -> throw wrong(channel, text, "a channel of a simple type, not " + channel.type());
        };
    }

    /** The text that {@link #parse} reads as the value. */
    static String print(Object value) {
        if (value instanceof Double number) {
            return Numbers.print(number);
        }
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }

    /** See {@link ChannelDefinition#raw(Object)}. */
    static Object raw(ChannelDefinition channel, Object value) {
        return switch (channel.channel().type()) {
            case LONG -> channel.conversion().needsOld() ? bits(channel, value) : whole(channel, value);
            case DOUBLE -> real(channel, value);
            default -> value;
        };
    }

    /** What the channel's own bits are to hold; all of them for true. */
    private static Object bits(ChannelDefinition channel, Object value) {
        if (value instanceof Boolean on) {
            return on ? -1L : 0L;
        }
        Conversion conversion = channel.conversion();
        long bits = unscaled(channel, value);
        if (conversion.bits(channel.word().fold(conversion.merge(0, bits))) != bits) {
            throw wrong(channel, print(value), "what fits into the channel's bits");
        }
        return bits;
    }

    private static Object whole(ChannelDefinition channel, Object value) {
        long raw = unscaled(channel, value);
        TypeWord word = channel.word();
        if (raw < word.least() || raw > word.most()) {
            throw tooWide(channel, value);
        }
        return raw;
    }

    /** The nearest raw whole number. */
    private static long unscaled(ChannelDefinition channel, Object value) {
        if (!channel.conversion().isScaled()) {
            return ((Number) value).longValue();
        }
        double raw = channel.conversion().raw(((Number) value).doubleValue());
        // Beyond 64 bits Math.round would answer with the nearest end.
        if (!(Math.abs(raw) < 0x1p63)) {
            throw tooWide(channel, value);
        }
        return Math.round(raw);
    }

    private static Object real(ChannelDefinition channel, Object value) {
        double raw = channel.conversion().raw(((Number) value).doubleValue());
        double most = channel.word().bits() == 32 ? Float.MAX_VALUE : Double.MAX_VALUE;
        if (!(Math.abs(raw) <= most)) {
            throw wrong(
                    channel, print(value), "what fits into " + channel.word().word());
        }
        return raw;
    }

    private static void checkRange(ChannelDefinition channel, String text, double value) {
        Range range = channel.range();
        if (!range.contains(value)) {
            throw wrong(
                    channel,
                    text,
                    "from " + (range.least() > Range.ANY.least() ? Numbers.print(range.least()) : "any") + " to "
                            + (range.most() < Range.ANY.most() ? Numbers.print(range.most()) : "any"));
        }
    }

    /** A truth value as people write it. */
    static Optional<Boolean> truth(String text) {
        return switch (text.strip()) {
            case "1" -> Optional.of(true);
            case "0" -> Optional.of(false);
            default -> Texts.flag(text);
        };
    }

    private static IllegalArgumentException tooWide(ChannelDefinition channel, Object value) {
        TypeWord word = channel.word();
        String[] ends = {Long.toString(word.least()), Long.toString(word.most())};
        if (channel.conversion().isScaled()) {
            double one = channel.conversion().value(word.least());
            double other = channel.conversion().value(word.most());
            ends[0] = Numbers.print(Math.min(one, other));
            ends[1] = Numbers.print(Math.max(one, other));
        }
        return wrong(
                channel, print(value), "from " + ends[0] + " to " + ends[1] + ", since the device has " + word.word());
    }

    private static IllegalArgumentException wrong(ChannelDefinition channel, String text, String expected) {
        return new IllegalArgumentException(channel.channel().name() + ": " + text + " (expected: " + expected + ")");
    }
}
