package org.headgate.outbox.log;

import java.util.function.LongSupplier;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.outbox.api.OutboxName;

/**
 * The counters of one uplink's log since the start of the process. They outlive the log: an uplink whose file is edited closes it
 * and opens it again, and what it left on disk stays queued meanwhile, and is not recovered but known.
 */
final class Account {
    final Flow flow;
    private LongSupplier queued = () -> 0;
    /** Rows that wait for the log to be opened; guarded by the flow, as everything here. */
    private long waiting;

    private long left;
    private String log = "";
    private long ownFrom;
    private long backlog;
    private int failures;

    Account(OutboxName name) {
        flow = new Flow("outbox:" + name, name.uplink(), () -> queued.getAsLong() + waiting);
    }

    /** What the next opening makes of what it cannot read. */
    Patience patience() {
        synchronized (flow) {
            return new Patience(failures);
        }
    }

    /** Whether what the log has on disk could be read for its opening. */
    void read(boolean well) {
        synchronized (flow) {
            failures = well ? 0 : failures + 1;
        }
    }

    /**
     * A log has been opened.
     *
     * @param identity its identity
     * @param end the ordinal behind what was found on disk
     * @param held what it holds, from now on
     * @param found rows that it found on disk
     * @param damaged rows that it found damaged
     */
    void opened(String identity, long end, LongSupplier held, long found, long damaged) {
        synchronized (flow) {
            // Damaged ones were left, too. Fewer than were left: somebody has taken files away while the log was
            // closed.
            flow.recovered(Math.max(0, found + damaged - left));
            flow.dropped(DropReason.CORRUPT, damaged + Math.max(0, left - found - damaged));
            queued = held;
            if (!identity.equals(log)) {
                log = identity;
                ownFrom = end;
                backlog = end;
            }
        }
    }

    /** The ordinal behind what is backlog when the log is opened: what an earlier process has left, or what was backlog at the close. */
    long backlog() {
        synchronized (flow) {
            return backlog;
        }
    }

    /** So many more rows wait outside of the log; fewer, when some go into it and are counted there. */
    void waiting(int change) {
        synchronized (flow) {
            flow.in(change);
            waiting += change;
        }
    }

    /** Rows that waited outside of the log will never be in it. */
    void abandoned(int rows) {
        synchronized (flow) {
            waiting -= rows;
            flow.dropped(DropReason.STOPPED, rows);
        }
    }

    /** Whether the row with an ordinal was appended by an earlier process. */
    boolean recovered(long ordinal) {
        synchronized (flow) {
            return ordinal < ownFrom;
        }
    }

    /** The log is closed and leaves rows on disk; those below an ordinal are backlog. */
    void closed(long rows, long boundary) {
        synchronized (flow) {
            backlog = boundary;
            left = rows;
            queued = () -> rows;
        }
    }
}
