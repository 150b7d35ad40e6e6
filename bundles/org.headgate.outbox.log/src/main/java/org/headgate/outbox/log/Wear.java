package org.headgate.outbox.log;

import org.headgate.data.api.Flow;

/** What the log has cost its disk since the log was opened. Guarded by the flow's monitor. */
final class Wear {
    private final Flow flow;
    private long bytes;
    private long syncs;

    Wear(Flow flow) {
        this.flow = flow;
    }

    void wrote(long more, int times) {
        synchronized (flow) {
            bytes += more;
            syncs += times;
        }
    }

    long bytes() {
        return bytes;
    }

    /** Syncs of files and of folders. */
    long syncs() {
        return syncs;
    }
}
