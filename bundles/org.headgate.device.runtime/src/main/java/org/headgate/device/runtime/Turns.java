package org.headgate.device.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;

/**
 * The arbiter of one bus: whoever wants to use it asks for a turn, has it alone, and gives it back. The most urgent goes first;
 * polls go in the order in which they were due. Whoever is dead costs a time-out with each try, so tries to reach the dead get one part
 * in {@value #PROBE_SHARE} of the time at most, as long as somebody is alive. Thread-safe; holds its lock for nanoseconds and never
 * while it calls out.
 */
final class Turns {
    /** How urgent a turn is, the most urgent first. */
    enum Rank {
        WRITE,
        READ,
        POLL,
        PROBE
    }

    private static final long PROBE_SHARE = 25;

    private final Clock clock;
    private final List<Turn> waiting = new ArrayList<>();
    private final Set<Turn> alive = new HashSet<>();
    private Optional<Turn> holder = Optional.empty();
    private long probesFrom = Long.MIN_VALUE;
    private Optional<Turn> timerOf = Optional.empty();
    private Optional<Loop.Timer> timer = Optional.empty();

    Turns(Clock clock) {
        this.clock = clock;
    }

    /** A place at the bus for one device, whose grants run on its loop. */
    Turn place(Loop loop) {
        return new Turn(loop);
    }

    private void serve() {
        Turn next;
        synchronized (this) {
            if (holder.isPresent()) {
                return;
            }
            next = best();
            if (next == null) {
                awaitProbes();
                return;
            }
            waiting.remove(next);
            holder = Optional.of(next);
        }
        next.loop.execute(next::granted);
    }

    private Turn best() {
        boolean probes = alive.isEmpty() || clock.monotonicNanos() >= probesFrom;
        Turn best = null;
        for (Turn turn : waiting) {
            if ((probes || turn.rank != Rank.PROBE) && (best == null || turn.isBefore(best))) {
                best = turn;
            }
        }
        return best;
    }

    private void awaitProbes() {
        if (timer.isPresent() || waiting.isEmpty()) {
            return;
        }
        Turn first = waiting.get(0);
        timerOf = Optional.of(first);
        timer = Optional.of(first.loop.schedule(
                Duration.ofNanos(Math.max(0, probesFrom - clock.monotonicNanos())), () -> {
                    synchronized (this) {
                        timer = Optional.empty();
                    }
                    serve();
                }));
    }

    /** One device's place. It asks once at a time. */
    final class Turn {
        private final Loop loop;
        private Rank rank = Rank.POLL;
        private long due;
        private Runnable grant = () -> {};
        private boolean begun;
        private long beganNanos;

        private Turn(Loop loop) {
            this.loop = loop;
        }

        /**
         * Asks for the bus; asking again before it is granted replaces the first.
         *
         * @param due when it was wanted, in monotonic nanoseconds
         * @param grant runs on the loop when the bus is granted; it must {@link #release} in the end
         */
        void ask(Rank rank, long due, Runnable grant) {
            boolean free;
            synchronized (Turns.this) {
                this.rank = rank;
                this.due = due;
                this.grant = grant;
                if (isHolder()) {
                    // Granted already, not yet begun: it will find the new grant.
                    return;
                }
                if (!waiting.contains(this)) {
                    waiting.add(this);
                }
                free = holder.isEmpty() && best() == this;
                if (free) {
                    waiting.remove(this);
                    holder = Optional.of(this);
                }
            }
            if (free) {
                granted();
            } else {
                serve();
            }
        }

        /** Gives the bus back. May be called by any thread; a second time does nothing. */
        void release() {
            synchronized (Turns.this) {
                if (!isHolder() || !begun) {
                    return;
                }
                long now = clock.monotonicNanos();
                if (rank == Rank.PROBE) {
                    probesFrom = now + (now - beganNanos) * (PROBE_SHARE - 1);
                }
                begun = false;
                holder = Optional.empty();
            }
            serve();
        }

        /** Says whether the device has answered: whoever is alive goes before those that are not. */
        void answers(boolean yes) {
            synchronized (Turns.this) {
                if (yes) {
                    alive.add(this);
                } else {
                    alive.remove(this);
                }
            }
        }

        /** Wants nothing more. A call that has begun keeps the bus until it ends. */
        void leave() {
            synchronized (Turns.this) {
                waiting.remove(this);
                alive.remove(this);
                if (timer.isPresent() && timerOf.get() == this) {
                    // Its loop may end now, and with it the timer that others wait for.
                    timer.get().cancel();
                    timer = Optional.empty();
                }
                if (isHolder() && !begun) {
                    holder = Optional.empty();
                }
            }
            serve();
        }

        private void granted() {
            Runnable run;
            synchronized (Turns.this) {
                if (!isHolder() || begun) {
                    return;
                }
                begun = true;
                beganNanos = clock.monotonicNanos();
                run = grant;
            }
            run.run();
        }

        private boolean isHolder() {
            return holder.isPresent() && holder.get() == this;
        }

        /** A try to reach the dead that may be made now stands in line with the polls: where there is always a poll that waits it would never be made. */
        private boolean isBefore(Turn other) {
            Rank mine = rank == Rank.PROBE ? Rank.POLL : rank;
            Rank theirs = other.rank == Rank.PROBE ? Rank.POLL : other.rank;
            return mine != theirs ? mine.compareTo(theirs) < 0 : due - other.due < 0;
        }
    }
}
