package org.headgate.history;

import org.headgate.stream.api.Event;
import org.headgate.stream.api.Events;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with the disk now: a line in the log and an event when it begins, and when it is over. Thread-safe. */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(DiskHistory.class);
    private final Events events;
    private String problem = "";
    private long dropped;

    Trouble(Events events) {
        this.events = events;
    }

    /** What is wrong; empty when nothing is. */
    synchronized String problem() {
        return problem;
    }

    /** Rows were dropped because of it. */
    synchronized void is(String what, long rows) {
        dropped += rows;
        if (problem.isEmpty()) {
            LOG.warn("history: {}; rows are not kept", what);
            events.raise(new Event(Event.Kind.DROP, DiskHistory.NAME, "FAILING", what, Math.max(1, rows)));
        }
        problem = what;
    }

    synchronized void isOver() {
        if (!problem.isEmpty()) {
            LOG.info("history: rows are kept again; {} are missing", dropped);
            events.raise(new Event(
                    Event.Kind.DROP, DiskHistory.NAME, "RUNNING", "rows are kept again", Math.max(1, dropped)));
            problem = "";
            dropped = 0;
        }
    }
}
