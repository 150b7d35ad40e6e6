package org.headgate.rule.engine;

import org.headgate.rule.api.RuleStatus.State;
import org.slf4j.Logger;

/** Where a rule stands, and why; it says so in the log, once for each change. */
final class Health {
    /** How long a rule counts as DEGRADED after a failure: long enough to be seen, and not for ever. */
    private static final long TROUBLE_NANOS = 60_000_000_000L;

    private final Logger log;
    private final String name;
    private final StateLog stateLog;
    private boolean running;
    private String invalid = "";
    private String trouble = "";
    private long troubleUntil = Long.MIN_VALUE;
    private boolean troubled;
    private long latestNanos;
    private long defects;

    Health(Logger log, String name, StateLog stateLog) {
        this.log = log;
        this.name = name;
        this.stateLog = stateLog;
        stateLog.now(State.WAITING_FOR_STREAM, "");
    }

    /** It waits for the first row of a stream. */
    void waiting() {
        now(false, "");
    }

    /** It is compiled. */
    void running() {
        now(true, "");
    }

    /** It cannot be compiled. */
    void invalid(String why) {
        now(false, why);
    }

    boolean isInvalid() {
        return !invalid.isEmpty();
    }

    /** It reached a limit, or an expression failed. */
    void trouble(String what) {
        troubleUntil = latestNanos + TROUBLE_NANOS;
        trouble = what;
        troubled = true;
        log();
    }

    /** Headgate itself failed. */
    void defect(RuntimeException defect) {
        if (defects++ == 0) {
            log.error("rule {}: a defect; further ones are only counted", name, defect);
        }
        trouble("defect: " + defect);
    }

    long defects() {
        return defects;
    }

    /** The time, in nanoseconds since the epoch. */
    long latestNanos() {
        return latestNanos;
    }

    /** Time has passed; trouble that is over is noticed here. */
    void time(long nowNanos) {
        latestNanos = nowNanos;
        if (troubled && nowNanos >= troubleUntil) {
            troubled = false;
            log();
        }
    }

    /** The clock was stepped. */
    void shift(long byNanos) {
        troubleUntil += troubled ? byNanos : 0;
    }

    State state(long nowNanos) {
        if (isInvalid()) {
            return State.INVALID;
        }
        if (!running) {
            return State.WAITING_FOR_STREAM;
        }
        return nowNanos < troubleUntil ? State.DEGRADED : State.RUNNING;
    }

    String detail(long nowNanos) {
        return isInvalid() ? invalid : nowNanos < troubleUntil ? trouble : "";
    }

    private void now(boolean runs, String why) {
        running = runs;
        invalid = why;
        log();
    }

    private void log() {
        stateLog.now(state(latestNanos), detail(latestNanos));
    }
}
