package org.headgate.commands;

import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.Uplinks;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What came in and what went out, over all devices and uplinks, since the start. */
@Component(service = Traffic.class)
public final class Traffic {
    private final Flows flows;
    private final Uplinks uplinks;

    @Activate
    public Traffic(@Reference Flows flows, @Reference Uplinks uplinks) {
        this.flows = flows;
        this.uplinks = uplinks;
    }

    /** The sums now. */
    Sums sums() {
        long sent = 0;
        long bytes = 0;
        long firstAck = 0;
        for (UplinkStatus uplink : uplinks.list()) {
            sent += uplink.rows();
            bytes += uplink.bytes();
            if (uplink.firstAckNanos() != 0 && (firstAck == 0 || uplink.firstAckNanos() < firstAck)) {
                firstAck = uplink.firstAckNanos();
            }
        }
        return new Sums(flows.rowsRead(), sent, bytes, firstAck);
    }

    /**
     * Sums since the start of the process.
     *
     * @param read rows that devices gave
     * @param sent rows that a server has acknowledged
     * @param bytes payload bytes of acknowledged messages
     * @param firstAckNanos when the first row was acknowledged, in nanoseconds since the epoch; 0 before
     */
    record Sums(long read, long sent, long bytes, long firstAckNanos) {
        /** The share of the rows that need not be sent, from 0 to 1; 0 while nothing was read. */
        double reduction() {
            return read == 0 ? 0 : Math.max(0, 1 - (double) sent / read);
        }
    }
}
