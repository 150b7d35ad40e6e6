package org.headgate.linux;

import java.util.Optional;

/**
 * How a line is requested.
 *
 * @param output whether we drive it
 * @param bias the resistor inside the chip
 * @param drive how an output is driven
 * @param activeLow whether low is active: values and edges are inverted
 * @param debounceMicros for how long an input must be stable, in microseconds; 0 for no debouncing. Done by the kernel
 * @param initial what an output is set to at once; empty to keep the level that the line has
 */
public record LineSettings(
        boolean output, Bias bias, Drive drive, boolean activeLow, int debounceMicros, Optional<Boolean> initial) {
    /** The resistor inside the chip. */
    public enum Bias {
        /** As it was. */
        AS_IS(0),
        UP(GpioUapi.PULL_UP),
        DOWN(GpioUapi.PULL_DOWN),
        /** None. */
        OFF(GpioUapi.NO_PULL);

        private final long flag;

        Bias(long flag) {
            this.flag = flag;
        }
    }

    /** How an output is driven. */
    public enum Drive {
        PUSH_PULL(0),
        /** Driven low only. */
        OPEN_DRAIN(GpioUapi.OPEN_DRAIN),
        /** Driven high only. */
        OPEN_SOURCE(GpioUapi.OPEN_SOURCE);

        private final long flag;

        Drive(long flag) {
            this.flag = flag;
        }
    }

    /** A plain input. */
    public static LineSettings input() {
        return new LineSettings(false, Bias.AS_IS, Drive.PUSH_PULL, false, 0, Optional.empty());
    }

    /** A plain output that keeps its level. */
    public static LineSettings level() {
        return new LineSettings(true, Bias.AS_IS, Drive.PUSH_PULL, false, 0, Optional.empty());
    }

    /** The kernel's flags. */
    long flags() {
        return (output ? GpioUapi.OUTPUT | drive.flag : GpioUapi.INPUT)
                | bias.flag
                | (activeLow ? GpioUapi.ACTIVE_LOW : 0);
    }
}
