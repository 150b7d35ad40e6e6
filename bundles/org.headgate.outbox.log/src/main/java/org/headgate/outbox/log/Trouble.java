package org.headgate.outbox.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with the disk now: a line in the log when it begins and one when it is over. Thread-safe. */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);

    private final String uplink;
    private String problem = "";

    Trouble(String uplink) {
        this.uplink = uplink;
    }

    /** What is wrong; empty when nothing is. */
    synchronized String problem() {
        return problem;
    }

    synchronized void is(String what) {
        if (!what.equals(problem)) {
            LOG.warn("{}: the outbox {}; rows wait in memory", uplink, what);
            problem = what;
        }
    }

    synchronized void isOver() {
        if (!problem.isEmpty()) {
            LOG.info("{}: the outbox writes again", uplink);
            problem = "";
        }
    }
}
