package org.headgate.device.runtime;

import java.time.Duration;
import org.headgate.device.api.Supervision;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Randomness;

/** Counts what it takes to keep a device running, and paces its tries. Written by the device's loop, read by anyone. */
final class Restarts {
    private final DoublingBackOff backOff;
    private final Clock clock;
    private volatile Supervision now = Supervision.NONE;

    Restarts(Randomness randomness, Clock clock) {
        this.backOff = new DoublingBackOff(randomness);
        this.clock = clock;
    }

    /** Whether the last try has failed and none has succeeded since. */
    boolean isFailing() {
        return backOff.tries() > 0;
    }

    void connected() {
        set(now.connections() + 1, now.failures(), now.lastError(), now.lastErrorNanos(), 0);
    }

    /** The device has answered. */
    void answered() {
        if (now.tries() != 0 || now.nextTryNanos() != 0) {
            backOff.succeeded();
            set(now.connections(), now.failures(), now.lastError(), now.lastErrorNanos(), 0);
        }
    }

    /** Something failed while the device as a whole answers. */
    void degraded(String why) {
        if (!why.equals(now.lastError())) {
            set(now.connections(), now.failures(), why, clock.epochNanos(), 0);
        }
    }

    /** A try or a connection has failed for good: it is of no use to try again. */
    void gaveUp(String why) {
        set(now.connections(), now.failures() + 1, why, clock.epochNanos(), 0);
    }

    /** A try or a connection has failed; returns how long to wait before the next try. */
    Duration failed(String why) {
        Duration wait = backOff.failed();
        long time = clock.epochNanos();
        set(now.connections(), now.failures() + 1, why, time, time + wait.toNanos());
        return wait;
    }

    /** No try is due: there is no driver, or the device was stopped. */
    void paused() {
        set(now.connections(), now.failures(), now.lastError(), now.lastErrorNanos(), 0);
    }

    Supervision supervision(int stuck) {
        Supervision seen = now;
        return new Supervision(
                seen.connections(),
                seen.failures(),
                seen.tries(),
                seen.lastError(),
                seen.lastErrorNanos(),
                seen.nextTryNanos(),
                stuck);
    }

    private void set(long connections, long failures, String lastError, long lastErrorNanos, long nextTryNanos) {
        now = new Supervision(connections, failures, backOff.tries(), lastError, lastErrorNanos, nextTryNanos, 0);
    }
}
