package org.headgate.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.IO;
import java.io.IOException;
import java.util.Objects;

/**
 * Keys of {@code Config.properties()} that the {@code linux} providers read beside what Pi4J's configurations have, and the way to close.
 * Give a line's offset as {@code address}, and {@code debounce(0L)} where none is wanted: Pi4J's own default delays each edge by 10 ms. What the
 * kernel refuses is thrown as Pi4J's unchecked {@code com.pi4j.io.exception.IOException}, at {@code create} and at each call; its message is one line for the user,
 * its cause a {@code KernelException}.
 */
public final class Pins {
    /** Of digital inputs and outputs: the kernel's name of the chip, {@code gpiochip0} without. Which chip that is only the labels say: see {@code GpioChips}. */
    public static final String CHIP = "chip";
    /** Of digital inputs and outputs: {@code true} where low is active. */
    public static final String ACTIVE_LOW = "active-low";
    /** Of digital outputs: {@code push-pull} (the default), {@code open-drain} or {@code open-source}. */
    public static final String DRIVE = "drive";
    /** Of digital inputs and outputs: {@code up}, {@code down}, {@code off}; left as it is without. Stronger than Pi4J's {@code pull}, which cannot say all of that. */
    public static final String BIAS = "bias";
    /** Of SPI: bits a word, 8 without. */
    public static final String BITS = "bits";
    /** Of PWM: the number of the chip in {@code /sys/class/pwm}, 0 without; {@code address} is the channel. */
    public static final String PWM_CHIP = "pwm-chip";

    private Pins() {}

    /**
     * What a provider refused, as a driver may throw it: on one line, and in the provider's words, which knows best what is wrong. Pi4J's own
     * providers do not always say where.
     *
     * @param node the name of the bus or device file, which the words of a provider that says where have
     * @param address what to say in front of the others
     * @param hint what to say behind the others; may be empty
     */
    public static IOException explained(Pi4JException refused, String node, String address, String hint) {
        String message = Objects.requireNonNullElse(refused.getMessage(), "")
                .lines()
                .findFirst()
                .orElse("");
        String what = message.isBlank() ? refused.getClass().getSimpleName() : message;
        return new IOException(what.contains(node) ? what : address + ": " + what + hint, refused);
    }

    /** Closes what {@code context.create} made; once more does nothing. Never throws. */
    public static void close(Context context, IO<?, ?, ?> io) {
        try {
            if (context.registry().exists(io.id())) {
                context.shutdown(io.id());
            } else {
                io.shutdown(context);
            }
        } catch (Pi4JException gone) {
            // There is nobody to tell: what it was on is gone.
            return;
        }
    }
}
