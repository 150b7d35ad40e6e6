package org.headgate.device.channels;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Texts;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;

/**
 * A channel, ready to run: what the driver gets to know of it, and what the runtime does with its values.
 *
 * @param channel the driver's view: the raw type, and of the options those that are the driver's, with {@code type} holding the word
 *     of the type as it was written
 * @param type the type of the column in the device's stream: DOUBLE where the channel is scaled
 * @param conversion from raw numbers to values
 * @param range what values make sense
 * @param report when a value is reported
 * @param poll a rate of its own; else the device's
 * @param safe the value, of the column's type, that is written when the device is stopped
 */
public record ChannelDefinition(
        Channel channel,
        Type type,
        Conversion conversion,
        Range range,
        Report report,
        Optional<Duration> poll,
        Optional<Object> safe) {
    /**
     * A driver's own channel, whose options may say everything that a file may say.
     *
     * @throws IllegalArgumentException with one line for the user when an option is wrong
     */
    public static ChannelDefinition of(Channel own) {
        return ChannelText.of(own).on(Optional.of(own));
    }

    /** The users' view: the column's type, and all options. */
    public Channel shown() {
        Map<String, String> all = new LinkedHashMap<>(channel.options());
        if (type == Type.BOOLEAN && channel.type() == Type.LONG) {
            all.put("type", TypeWord.BOOL.word());
        }
        if (conversion.scale() != 1) {
            all.put("scale", Numbers.print(conversion.scale()));
        }
        if (conversion.offset() != 0) {
            all.put("offset", Numbers.print(conversion.offset()));
        }
        if (conversion.mask() != -1) {
            all.put("mask", "0x" + Long.toHexString(conversion.mask()));
        }
        if (conversion.shift() != 0) {
            all.put("shift", Integer.toString(conversion.shift()));
        }
        if (range.least() > Range.ANY.least()) {
            all.put("min", Numbers.print(range.least()));
        }
        if (range.most() < Range.ANY.most()) {
            all.put("max", Numbers.print(range.most()));
        }
        if (report.onChange()) {
            all.put("report", "change");
        }
        if (report.deadband() > 0) {
            all.put("deadband", Numbers.print(report.deadband()));
        }
        report.every().ifPresent(every -> all.put("every", Texts.print(every)));
        poll.ifPresent(rate -> all.put("poll", Texts.print(rate)));
        safe.ifPresent(value -> all.put("safe", ChannelValues.print(value)));
        return new Channel(channel.name(), channel.source(), type, channel.unit(), channel.access(), all);
    }

    /**
     * The value that somebody typed: of the column's type and within the range.
     *
     * @throws IllegalArgumentException with one line for the user when the text is no value of this channel
     */
    public Object parse(String text) {
        return ChannelValues.parse(this, text);
    }

    /**
     * What the driver gets for a value: of the raw type, rounded to the nearest whole number where that is one, and within what the
     * type's word can hold. Where {@link Conversion#needsOld} it is what the channel's own bits are to hold: the driver gets {@link
     * #raw(Object, long)}.
     *
     * @param value a value of the column's type
     * @throws IllegalArgumentException with one line for the user when the raw type cannot hold it
     */
    public Object raw(Object value) {
        return ChannelValues.raw(this, value);
    }

    /**
     * What the driver gets for a value of a channel that is some bits of a raw whole number.
     *
     * @param value a value of the column's type
     * @param old the raw number that was just read
     * @return the raw number with the channel's bits changed, signed where the type's word is
     * @throws IllegalArgumentException with one line for the user when the bits cannot hold it
     */
    public Object raw(Object value, long old) {
        return word().fold(conversion.merge(old, (Long) raw(value)));
    }

    /** The word of the raw type; where none was written, the widest of its kind. */
    TypeWord word() {
        return Optional.ofNullable(channel.options().get("type"))
                .flatMap(TypeWord::of)
                .orElse(channel.type() == Type.DOUBLE ? TypeWord.FLOAT64 : TypeWord.INT64);
    }
}
