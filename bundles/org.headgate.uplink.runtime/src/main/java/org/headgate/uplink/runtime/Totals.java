package org.headgate.uplink.runtime;

import org.headgate.system.api.Clock;

/** What an uplink has done since the start of the process. Outlives the uplink, whose file may be edited. Thread-safe. */
final class Totals {
    private long rows;
    private long bytes;
    private long messages;
    private long resent;
    private long connects;
    private long firstAckNanos;
    private long unheard;

    synchronized void connected() {
        connects++;
    }

    synchronized void acknowledged(int more, int length, int count, boolean again, Clock clock) {
        rows += more;
        bytes += length;
        messages += count;
        resent += again ? count : 0;
        if (firstAckNanos == 0) {
            firstAckNanos = clock.epochNanos();
        }
    }

    /** A message that came in was not heard. */
    synchronized void heardNot() {
        unheard++;
    }

    synchronized long unheard() {
        return unheard;
    }

    synchronized Sums sums() {
        return new Sums(rows, bytes, messages, resent, connects, firstAckNanos);
    }

    /** The totals at one instant. */
    record Sums(long rows, long bytes, long messages, long resent, long connects, long firstAckNanos) {}
}
