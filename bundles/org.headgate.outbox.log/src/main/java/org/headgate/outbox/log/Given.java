package org.headgate.outbox.log;

/**
 * A batch that was given out and is not settled.
 *
 * @param segment where it is; null for one that is in memory
 * @param offset where it begins in the segment; 0 when that is not known
 * @param batch its head
 * @param timeNanos the time of its first row
 */
record Given(Segment segment, int offset, BatchRecord batch, long timeNanos) {}
