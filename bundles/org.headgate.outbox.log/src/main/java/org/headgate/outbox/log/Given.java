package org.headgate.outbox.log;

/**
 * A batch that was given out and is not settled.
 *
 * @param segment where it is
 * @param offset where it begins in the segment
 * @param batch its head
 * @param timeNanos the time of its first row
 */
record Given(Segment segment, int offset, BatchRecord batch, long timeNanos) {}
