package org.headgate.device.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Channel;

/** Turns the text of a write into a value of the channel's type, within its range. */
final class Values {
    private Values() {}

    /**
     * The value.
     *
     * @throws IllegalArgumentException with one line for the user when the text is no value of this channel
     */
    static Object parse(Channel channel, String text) {
        return switch (channel.type()) {
            case BOOLEAN -> truth(text).orElseThrow(() -> wrong(channel, text, "true or false"));
            case LONG -> {
                long value = Texts.number(text).orElseThrow(() -> wrong(channel, text, "a whole number"));
                checkRange(channel, text, value);
                yield value;
            }
            case DOUBLE -> {
                double value = number(text).orElseThrow(() -> wrong(channel, text, "a number"));
                checkRange(channel, text, value);
                yield value;
            }
            case STRING -> text;
            case BYTES -> text.getBytes(StandardCharsets.UTF_8);
            default -> throw wrong(channel, text, "a channel of a simple type, not " + channel.type());
        };
    }

    private static void checkRange(Channel channel, String text, double value) {
        double least =
                number(channel.options().getOrDefault("min", "-Infinity")).orElse(Double.NEGATIVE_INFINITY);
        double most = number(channel.options().getOrDefault("max", "Infinity")).orElse(Double.POSITIVE_INFINITY);
        if (value < least || value > most) {
            throw wrong(
                    channel,
                    text,
                    "from " + channel.options().getOrDefault("min", "any") + " to "
                            + channel.options().getOrDefault("max", "any"));
        }
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text.strip()) {
            case "1" -> Optional.of(true);
            case "0" -> Optional.of(false);
            default -> Texts.flag(text);
        };
    }

    private static Optional<Double> number(String text) {
        try {
            double value = Double.parseDouble(text.strip());
            return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    private static IllegalArgumentException wrong(Channel channel, String text, String expected) {
        return new IllegalArgumentException(channel.name() + ": " + text + " (expected: " + expected + ")");
    }
}
