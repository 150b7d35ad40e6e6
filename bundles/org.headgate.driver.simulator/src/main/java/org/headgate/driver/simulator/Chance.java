package org.headgate.driver.simulator;

/** Chance without state: the same question always has the same answer, so that how often is read in between does not matter. */
final class Chance {
    private Chance() {}

    /** 64 bits of a seed, of what is asked about and of a time. */
    static long bits(long seed, long what, long time) {
        return mix(seed * 31 + what ^ mix(time));
    }

    /** From 0 (inclusive) to 1 (exclusive). */
    static double uniform(long seed, long what, long time) {
        return uniform(bits(seed, what, time));
    }

    /** A standard normal number: Box and Muller (1958). */
    static double gaussian(long seed, long what, long time) {
        long bits = bits(seed, what, time);
        return Math.sqrt(-2 * Math.log(1 - uniform(bits))) * Math.cos(2 * Math.PI * uniform(mix(bits + 1)));
    }

    private static double uniform(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
