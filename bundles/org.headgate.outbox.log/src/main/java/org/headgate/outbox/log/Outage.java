package org.headgate.outbox.log;

import java.time.Duration;
import java.util.Optional;
import org.headgate.system.api.Loop;

/**
 * How it goes on while the disk takes nothing: it is tried again, ever more rarely, and after a few times rows go past it while there is a
 * link. Whoever calls holds the flow's monitor.
 */
final class Outage {
    private static final long LONGEST_RETRY = 30_000;
    /** What is over before it has failed so often was a moment, in which rows wait: they keep the log's own numbers. */
    private static final int MOMENT = 2;

    private final Loop loop;
    private final Runnable onDue;
    private Optional<Loop.Timer> timer = Optional.empty();
    private int failures;
    private boolean due;

    /**
     * None yet.
     *
     * @param onDue told when it is time to try the disk again
     */
    Outage(Loop loop, Runnable onDue) {
        this.loop = loop;
        this.onDue = onDue;
    }

    boolean lasts() {
        return failures > 0;
    }

    /** The disk has taken something. */
    void isOver() {
        timer.ifPresent(Loop.Timer::cancel);
        failures = 0;
        due = false;
    }

    /** The disk has taken nothing. */
    void failed() {
        timer.ifPresent(Loop.Timer::cancel);
        failures++;
        due = false;
        long pause = Math.min(LONGEST_RETRY, 250L << Math.min(failures, 7));
        timer = Optional.of(loop.schedule(Duration.ofMillis(pause), onDue));
    }

    /** It is time to try the disk again. */
    void due() {
        due = lasts();
    }

    boolean isDue() {
        return due;
    }

    /** Whether rows have to wait for the disk: there is no link, or it has only just begun to fail. */
    boolean holdsUp(boolean up) {
        return failures > 0 && !(up && failures > MOMENT);
    }

    /** Whether the next commit goes past the disk. */
    boolean goesPast(boolean up) {
        return failures > MOMENT && up && !due;
    }
}
