package org.headgate.device.runtime;

import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.data.api.FlowSnapshot;

/**
 * The edge from a driver to a device's stream. Outlives the device, so that an edit of its file breaks no sums. What a device reports by
 * itself waits for the device's loop: up to {@link #MOST_WAITING} rows. Thread-safe.
 */
final class DeviceFlow {
    /** Reports that may wait. */
    static final int MOST_WAITING = 1024;

    private final Flow flow;
    private int waiting;

    DeviceFlow(String driver, String device) {
        flow = new Flow("driver:" + driver, device, () -> waiting);
    }

    /** A report came in; says whether it may wait, else it is dropped. */
    boolean waits() {
        synchronized (flow) {
            flow.in(1);
            if (waiting >= MOST_WAITING) {
                flow.dropped(DropReason.QUEUE_FULL, 1);
                return false;
            }
            waiting++;
            return true;
        }
    }

    /** A report that waited is dropped. */
    void dropsWaiting(DropReason reason) {
        synchronized (flow) {
            if (waiting > 0) {
                waiting--;
                flow.dropped(reason, 1);
            }
        }
    }

    /** The device was stopped: whatever still waits never comes out. */
    void dropsAllWaiting() {
        synchronized (flow) {
            flow.dropped(DropReason.STOPPED, waiting);
            waiting = 0;
        }
    }

    /**
     * A row came in, or had waited, and now ends in one way, all in one step.
     *
     * @param waited whether {@link #waits} has counted it
     * @param publish publishes it; empty work for a row of which nothing is to be reported
     */
    void ends(boolean waited, End end, Runnable publish) {
        synchronized (flow) {
            if (waited) {
                waiting--;
            } else {
                flow.in(1);
            }
            if (end == End.FILTERED) {
                flow.filtered(1);
                return;
            }
            try {
                publish.run();
                flow.passed(1);
                flow.emitted(1);
            } catch (RuntimeException defect) {
                flow.dropped(DropReason.ERROR, 1);
                throw defect;
            }
        }
    }

    FlowSnapshot snapshot() {
        return flow.snapshot();
    }

    /** How a row ends. */
    enum End {
        PUBLISHED,
        FILTERED
    }
}
