package org.headgate.driver.mqtt;

import java.time.Duration;
import org.headgate.config.api.Texts;

/** Watches whether a device says something often enough. Thread-safe. */
final class Silence {
    private final World world;
    private final Duration longest;
    private final Intake intake;
    private volatile long lastNanos;
    private volatile boolean closed;

    /**
     * Begins to watch.
     *
     * @param longest after how much silence the values are bad; zero for never
     */
    Silence(World world, Duration longest, Intake intake) {
        this.world = world;
        this.longest = longest;
        this.intake = intake;
        heard();
        if (!longest.isZero()) {
            again(longest);
        }
    }

    /** It said something. */
    void heard() {
        lastNanos = world.clock().monotonicNanos();
    }

    void close() {
        closed = true;
    }

    private void again(Duration delay) {
        world.loop().schedule(delay, this::look);
    }

    private void look() {
        if (closed) {
            return;
        }
        Duration left = longest.minusNanos(world.clock().monotonicNanos() - lastNanos);
        if (left.isNegative() || left.isZero()) {
            intake.allBad("nothing came for " + Texts.print(longest)
                    + ": is the device on, and are the topics the right ones?");
            again(longest);
        } else {
            again(left);
        }
    }
}
