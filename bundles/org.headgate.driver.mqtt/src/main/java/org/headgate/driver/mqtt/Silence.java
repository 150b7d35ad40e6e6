package org.headgate.driver.mqtt;

import java.time.Duration;
import org.headgate.config.api.Texts;
import org.headgate.system.api.Loop;

/** Watches whether a device says something often enough: one that does not is offline until it does. Thread-safe. */
final class Silence {
    private final World world;
    private final Duration longest;
    private final Intake intake;
    private long lastNanos;
    private boolean said;
    private boolean closed;
    private Loop.Timer timer = () -> {};

    /**
     * Begins to watch.
     *
     * @param longest after how much silence the device is offline; zero for never
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
    synchronized void heard() {
        lastNanos = world.clock().monotonicNanos();
        if (said) {
            said = false;
            // The message that ends the silence need not have all channels in it.
            intake.allUncertain("from before the silence");
        }
    }

    synchronized void close() {
        closed = true;
        // It would hold the device's values for as long as the silence is.
        timer.cancel();
    }

    private synchronized void again(Duration delay) {
        timer = world.loop().schedule(delay, this::look);
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        Duration left = longest.minusNanos(world.clock().monotonicNanos() - lastNanos);
        if (left.isNegative() || left.isZero()) {
            said = true;
            intake.silent(
                    "silent for " + Texts.print(longest) + ": is the device on, and are the topics the right ones?");
            again(longest);
        } else {
            again(left);
        }
    }
}
