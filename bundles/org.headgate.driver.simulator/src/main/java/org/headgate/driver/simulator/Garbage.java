package org.headgate.driver.simulator;

import org.headgate.device.api.Readings;

/** What a broken protocol reads: numbers without measure, numbers that are none, things of another type, nothing. */
final class Garbage {
    private Garbage() {}

    static void show(String channel, long now, int index, Readings into) {
        long bits = Chance.bits(0, channel.hashCode(), now);
        switch ((int) (bits >>> 61)) {
            case 0 -> into.set(index, Double.MAX_VALUE);
            case 1 -> into.set(index, Double.NaN);
            case 2 -> into.set(index, Long.MIN_VALUE);
            case 3 -> into.set(index, (Object) "\u0000\uFFFD?");
            case 4 -> into.set(index, (Object) new byte[] {(byte) bits, 0, -1});
            case 5 -> into.set(index, Double.longBitsToDouble(bits));
            case 6 -> into.set(index, bits);
            default -> {
                // Nothing came for this channel.
            }
        }
    }
}
