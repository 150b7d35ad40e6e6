package org.headgate.device.runtime;

import java.time.Duration;
import org.headgate.device.api.Supervision;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Randomness;

/** Counts what it takes to keep a device running, and paces its tries. Written by the device's loop, read by anyone. */
final class Restarts {
    private static final long STEADY_NANOS = 60_000_000_000L;

    private final DoublingBackOff backOff;
    private final Clock clock;
    private long connectedAt;
    private long lastWait;
    private volatile Supervision now = Supervision.NONE;

    Restarts(Randomness randomness, Clock clock) {
        this.backOff = new DoublingBackOff(randomness);
        this.clock = clock;
        this.connectedAt = clock.monotonicNanos();
    }

    /** Whether the last try has failed and none has succeeded since. */
    boolean isFailing() {
        return now.tries() > 0;
    }

    void connected() {
        connectedAt = clock.monotonicNanos();
        now = with(now.connections() + 1, now.failures(), now.tries(), 0);
    }

    /** The device has answered. */
    void answered() {
        if (now.tries() != 0 || now.nextTryNanos() != 0) {
            now = with(now.connections(), now.failures(), 0, 0);
        }
    }

    /** Something failed while the device as a whole answers. */
    void degraded(String why) {
        if (!why.equals(now.lastError())) {
            now = because(why, with(now.connections(), now.failures(), now.tries(), 0));
        }
    }

    /** A try or a connection has failed for good: it is of no use to try again. */
    void gaveUp(String why) {
        now = because(why, with(now.connections(), now.failures() + 1, now.tries(), 0));
    }

    /**
     * A try or a connection has failed; returns how long to wait before the next try. Only a connection that has lived as long as the
     * last wait begins the back-off anew, so that a peer which answers and hangs up at once is no storm.
     */
    Duration failed(String why) {
        long lived = clock.monotonicNanos() - connectedAt;
        if (!isFailing() && lived >= Math.min(lastWait, STEADY_NANOS)) {
            backOff.succeeded();
        }
        Duration wait = backOff.failed();
        lastWait = wait.toNanos();
        now = because(
                why, with(now.connections(), now.failures() + 1, now.tries() + 1, clock.epochNanos() + wait.toNanos()));
        return wait;
    }

    /** No try is due: there is no driver, or the device was stopped. */
    void paused() {
        now = with(now.connections(), now.failures(), now.tries(), 0);
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

    private Supervision with(long connections, long failures, int tries, long nextTryNanos) {
        return new Supervision(connections, failures, tries, now.lastError(), now.lastErrorNanos(), nextTryNanos, 0);
    }

    private Supervision because(String why, Supervision seen) {
        return new Supervision(
                seen.connections(), seen.failures(), seen.tries(), why, clock.epochNanos(), seen.nextTryNanos(), 0);
    }
}
