package org.headgate.device.api;

/**
 * How punctual the polls of all devices are, since the start of the process or the last reset. Lateness is measured from when a
 * poll was due to when its read began.
 *
 * @param polls polls that began
 * @param missed polls left out because the device, or its bus, was still busy when the next one was due
 * @param p50Nanos lateness that half of the polls stay within, in nanoseconds, 10 % at most too high
 * @param p99Nanos lateness that 99 % of the polls stay within
 * @param worstNanos the worst lateness
 */
public record PollStatistics(long polls, long missed, long p50Nanos, long p99Nanos, long worstNanos) {}
