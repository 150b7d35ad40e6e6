package org.headgate.device.api;

import org.osgi.annotation.versioning.ProviderType;

/** Takes the values of one {@link Connection#read}, by the index of the channel in the request. */
@ProviderType
public interface Readings {
    /** A number or, for BOOLEAN channels, not 0 for true; converted to the channel's type. */
    void set(int index, long value);

    /** A number; converted to the channel's type. NaN and the infinities are BAD. */
    void set(int index, double value);

    /** A truth value. */
    void set(int index, boolean value);

    /** A String, byte[], List or Map for channels of those types. */
    void set(int index, Object value);

    /**
     * The value exists but is doubtful; call it after {@code set}.
     *
     * @param why one line for the user
     */
    void uncertain(int index, String why);

    /**
     * The channel failed while the device as a whole answers.
     *
     * @param why one line for the user, for example {@code exception 2: no such register}
     */
    void bad(int index, String why);

    /** The source's own time of measurement, in nanoseconds since the epoch; else the time of the read is taken. */
    void time(long epochNanos);

    /**
     * The source's own time of one value of a read, where each has its own, beside {@link #time(long)}, which is then that of the answer as
     * a whole. Values of different times become different rows. A value that still has the time under which it was published last was
     * not measured anew, but is still so: it belongs to the row of the answer. A report has one time: this one is of no account there.
     *
     * @param epochNanos in nanoseconds since the epoch
     */
    default void time(int index, long epochNanos) {}
}
