package org.headgate.device.runtime;

import java.time.Duration;
import java.util.Optional;
import org.headgate.system.api.ClockStep;
import org.headgate.system.api.Loop;

/** Lets the polls of one connection come due. Used by the device's loop. */
final class Polls {
    private final Parts parts;
    private final PollPlan plan;
    private final Runnable due;
    private Optional<ClockStep> seenStep;
    private Optional<Loop.Timer> timer = Optional.empty();

    /**
     * Polls of a connection that was just opened.
     *
     * @param due runs on the loop whenever something has come due
     */
    Polls(Parts parts, Opened opened, Runnable due) {
        this.parts = parts;
        this.due = due;
        this.plan = new PollPlan(
                parts.configuration(),
                opened.columns(),
                opened.reported(),
                now(),
                parts.world().clock().epochNanos());
        this.seenStep = parts.world().clock().lastStep();
    }

    /** Whether there will never be one. */
    boolean isEmpty() {
        return plan.isEmpty();
    }

    /** Everything is due at once, then by the plan. */
    void start() {
        plan.markAll(now());
        setTimer();
    }

    void stop() {
        timer.ifPresent(Loop.Timer::cancel);
    }

    /** Whether a poll is due and has not begun. */
    boolean isWaiting() {
        return plan.wantedAt() != Long.MAX_VALUE;
    }

    /** When the poll that waits was due. */
    long wantedAt() {
        return plan.wantedAt();
    }

    /** Takes everything that waits, as one request. */
    Request take() {
        return plan.take();
    }

    private void come() {
        realign();
        parts.world().punctuality().missed(plan.mark(now()));
        setTimer();
        due.run();
    }

    /** Polls at full intervals of the clock move with it when it is set. */
    private void realign() {
        Optional<ClockStep> step = parts.world().clock().lastStep();
        if (!step.equals(seenStep)) {
            seenStep = step;
            if (parts.configuration().pollOffset().isPresent()) {
                plan.align(now(), parts.world().clock().epochNanos());
            }
        }
    }

    private void setTimer() {
        timer = Optional.of(parts.loop().schedule(Duration.ofNanos(Math.max(0, plan.nextDue() - now())), this::come));
    }

    private long now() {
        return parts.world().clock().monotonicNanos();
    }
}
