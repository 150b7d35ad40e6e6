package org.headgate.driver.gpio;

import java.time.Duration;
import java.util.Map;
import org.headgate.device.api.Channel;

/** What a channel does with a line, as its options say. */
sealed interface LineUse {
    /** Options that say how a line is wired, in the words of the user: the same for all channels of one line. */
    String BIAS = "bias";

    String ACTIVE = "active";
    String DEBOUNCE = "debounce";

    /** The channel as it is configured. */
    Channel channel();

    /** How the line is wired: {@code bias}, {@code active}, {@code debounce}, as far as the channel says so. */
    Map<String, String> wiring();

    /**
     * It is read.
     *
     * @param mode what of it
     * @param edges those that count
     * @param event the event's name when the line becomes active; empty where that is none
     */
    record Input(Channel channel, Map<String, String> wiring, Mode mode, Edges edges, String event)
            implements LineUse {}

    /**
     * It is driven.
     *
     * @param drive as Pi4J's providers take it
     * @param pulse after how long it becomes inactive by itself; zero for never
     */
    record Output(Channel channel, Map<String, String> wiring, String drive, Duration pulse) implements LineUse {}

    /**
     * A channel of a PWM chip, which is no line of a GPIO chip.
     *
     * @param chip the number in {@code /sys/class/pwm/pwmchipN}
     * @param number the channel of that chip
     * @param hertz the frequency
     */
    record Pulses(Channel channel, int chip, int number, int hertz) implements LineUse {
        @Override
        public Map<String, String> wiring() {
            return Map.of();
        }
    }
}
