package org.headgate.chips;

import java.io.IOException;
import org.headgate.device.api.Channel;

/** What is to be written to a chip. */
final class Values {
    private Values() {}

    static boolean flag(Channel channel, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new IOException(channel.name() + ": " + value + " (expected: true or false)");
    }

    /** A whole number within a range, both ends included. */
    static long whole(Channel channel, Object value, long least, long most) throws IOException {
        if (value instanceof Long whole && whole >= least && whole <= most) {
            return whole;
        }
        throw new IOException(
                channel.name() + ": " + value + " (expected: a whole number from " + least + " to " + most + ")");
    }

    /** Any number; its range is the caller's. */
    static double number(Channel channel, Object value) throws IOException {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new IOException(channel.name() + ": " + value + " (expected: a number)");
    }

    static IOException notWritable(Channel channel) {
        return new IOException(channel.source() + " cannot be written");
    }
}
