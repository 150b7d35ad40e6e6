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

    Account(OutboxName name) {
        flow = new Flow("outbox:" + name, name.uplink(), () -> queued.getAsLong() + waiting);
    }

    /**
     * A log has been opened.
     *
     * @param identity its identity
     * @param end the position behind what was found on disk
     * @param held what it holds, from now on
     * @param found rows that it found on disk
     * @param damaged rows that it found damaged
     */
    void opened(String identity, long end, LongSupplier held, long found, long damaged) {
        synchronized (flow) {
            // Fewer than were left: somebody has taken files away while the log was closed.
            flow.recovered(Math.max(0, found - left) + damaged);
            flow.dropped(DropReason.CORRUPT, Math.max(0, left - found) + damaged);
            queued = held;
            if (!identity.equals(log)) {
                log = identity;
                ownFrom = end;
            }
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

    /** Whether the rows at a position were appended by an earlier process. */
    boolean recovered(long position) {
        synchronized (flow) {
            return position < ownFrom;
        }
    }

    /** The log is closed and leaves rows on disk. */
    void closed(long rows) {
        synchronized (flow) {
            left = rows;
            queued = () -> rows;
        }
    }
}
