package org.headgate.driver.modbus;

import java.util.concurrent.atomic.LongAdder;

/** What has happened on a line since it was opened. */
final class LineCounts {
    /** Requests that were sent. */
    final LongAdder requests = new LongAdder();
    /** Answers that were right, refusals included. */
    final LongAdder answers = new LongAdder();
    /** Requests to which not a byte came. */
    final LongAdder silent = new LongAdder();
    /** Requests to which something came that has no right checksum. */
    final LongAdder damaged = new LongAdder();
    /** Answers that came too late, or from another unit, and were skipped. */
    final LongAdder late = new LongAdder();
}
