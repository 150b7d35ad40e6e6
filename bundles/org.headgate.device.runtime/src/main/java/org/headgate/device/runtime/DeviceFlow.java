package org.headgate.device.runtime;

import java.util.Optional;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.data.api.FlowSnapshot;

/**
 * The counters of the edge from a driver to a device's stream. They outlive the device, so that an edit of its file breaks no sums; what
 * waits belongs to one device, its {@link Waiting}. Thread-safe.
 */
final class DeviceFlow {
    /** Reports of one device that may wait for its loop. */
    static final int MOST_WAITING = 1024;

    private final Flow flow;
    private int waiting;

    DeviceFlow(String driver, String device) {
        flow = new Flow("driver:" + driver, device, () -> waiting);
    }

    FlowSnapshot snapshot() {
        return flow.snapshot();
    }

    /** The rows of one device. */
    Waiting device() {
        return new Waiting();
    }

    /** What one device has reported and its loop has not yet taken, and how rows end. */
    final class Waiting {
        private int mine;

        /** A report came in; says whether it may wait, else it is dropped. */
        boolean comes() {
            synchronized (flow) {
                flow.in(1);
                if (mine >= MOST_WAITING) {
                    flow.dropped(DropReason.QUEUE_FULL, 1);
                    return false;
                }
                add(1);
                return true;
            }
        }

        /** A report that waited came too late to be published. */
        void dropsOne() {
            synchronized (flow) {
                if (mine > 0) {
                    add(-1);
                    flow.dropped(DropReason.STOPPED, 1);
                }
            }
        }

        /** The device's loop is closed: whatever still waits never comes out. */
        void dropsAll() {
            synchronized (flow) {
                flow.dropped(DropReason.STOPPED, mine);
                add(-mine);
            }
        }

        /**
         * A row came in, or had waited, and ends, all in one step.
         *
         * @param waited whether it has waited as a report
         * @param publish publishes it; empty for a row of which nothing is to be reported
         */
        void ends(boolean waited, Optional<Runnable> publish) {
            synchronized (flow) {
                if (waited) {
                    add(-1);
                } else {
                    flow.in(1);
                }
                if (publish.isEmpty()) {
                    flow.filtered(1);
                    return;
                }
                try {
                    publish.get().run();
                    flow.passed(1);
                    flow.emitted(1);
                } catch (RuntimeException defect) {
                    flow.dropped(DropReason.ERROR, 1);
                    throw defect;
                }
            }
        }

        private void add(int rows) {
            mine += rows;
            waiting += rows;
        }
    }
}
