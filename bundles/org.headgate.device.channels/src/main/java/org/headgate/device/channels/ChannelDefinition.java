package org.headgate.device.channels;

import java.time.Duration;
import java.util.Optional;
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
        throw new UnsupportedOperationException();
    }

    /** The users' view: the column's type, and all options. */
    public Channel shown() {
        throw new UnsupportedOperationException();
    }

    /**
     * The value that somebody typed: of the column's type and within the range.
     *
     * @throws IllegalArgumentException with one line for the user when the text is no value of this channel
     */
    public Object parse(String text) {
        throw new UnsupportedOperationException();
    }

    /**
     * What the driver gets for a value: of the raw type, and within what the type's word can hold. Where {@link
     * Conversion#needsOld} it is the content of the channel's own bits only: see {@link #raw(Object, long)}.
     *
     * @throws IllegalArgumentException with one line for the user when the raw type cannot hold it
     */
    public Object raw(Object value) {
        throw new UnsupportedOperationException();
    }

    /**
     * What the driver gets for a value of a channel that is some bits of a raw whole number.
     *
     * @param old the raw number that was just read
     * @return the raw number with the channel's bits changed, signed where the type's word is
     * @throws IllegalArgumentException with one line for the user when the bits cannot hold it
     */
    public Object raw(Object value, long old) {
        throw new UnsupportedOperationException();
    }
}
