package org.headgate.device.api;

/**
 * What it took to keep a device running, since its configuration was last changed.
 *
 * @param connections how often a connection was opened
 * @param failures how often a try to open failed, or an open connection broke
 * @param tries tries since it was last ONLINE
 * @param lastError the last failure; empty when there was none
 * @param lastErrorNanos when that was, in nanoseconds since the epoch; 0 when there was none
 * @param nextTryNanos when the next try is due, in nanoseconds since the epoch; 0 when none is
 * @param stuck threads that are inside of its driver beyond their time
 */
public record Supervision(
        long connections,
        long failures,
        int tries,
        String lastError,
        long lastErrorNanos,
        long nextTryNanos,
        int stuck) {
    /** Nothing has happened yet. */
    public static final Supervision NONE = new Supervision(0, 0, 0, "", 0, 0, 0);
}
