package org.headgate.outbox.log;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.headgate.data.api.Flow;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;

/**
 * How it goes on while the disk takes nothing: it is tried again, ever more rarely, and after a few times rows go past it while there is a
 * link. Whoever calls holds the flow's monitor.
 */
final class Outage {
    private static final long LONGEST_RETRY = 30_000;
    /** What is over before it has failed so often was a moment, in which rows wait: they keep the log's own numbers. */
    private static final int MOMENT = 2;

    private final String owner;
    private final Flow flow;
    private final Probe probe;
    private final Trouble trouble;
    private final Calls calls;
    private final Loop loop;
    private final BooleanSupplier up;
    private final Runnable onDue;
    private Optional<Loop.Timer> timer = Optional.empty();
    private int failures;
    private boolean due;

    /**
     * None yet.
     *
     * @param up whether there is a link
     * @param onDue told when rows should try the disk again
     */
    Outage(
            String owner,
            Flow flow,
            Probe probe,
            Trouble trouble,
            Calls calls,
            Loop loop,
            BooleanSupplier up,
            Runnable onDue) {
        this.owner = owner;
        this.flow = flow;
        this.probe = probe;
        this.trouble = trouble;
        this.calls = calls;
        this.loop = loop;
        this.up = up;
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
        timer = Optional.of(loop.schedule(Duration.ofMillis(pause), this::tryAgain));
    }

    private void tryAgain() {
        synchronized (flow) {
            if (goesPast()) {
                // Not with rows: who asks a dying disk may wait for minutes.
                calls.submit(owner, probe::ask, Duration.ZERO, loop, this::asked);
            } else {
                due();
            }
        }
    }

    private void asked(Outcome<Boolean> outcome) {
        synchronized (flow) {
            if (outcome.failure().isEmpty()) {
                due();
            } else {
                trouble.went(Trouble.Doing.WRITE, outcome.failure());
                failed();
            }
        }
    }

    private void due() {
        due = lasts();
        onDue.run();
    }

    boolean isDue() {
        return due;
    }

    /** Whether rows have to wait for the disk: there is no link, or it has only just begun to fail. */
    boolean holdsUp() {
        return failures > 0 && !(up.getAsBoolean() && failures > MOMENT);
    }

    /** Whether the next commit goes past the disk. */
    boolean goesPast() {
        return failures > MOMENT && up.getAsBoolean() && !due;
    }
}
