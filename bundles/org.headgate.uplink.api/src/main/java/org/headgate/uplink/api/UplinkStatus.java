package org.headgate.uplink.api;

/**
 * An uplink as the console shows it.
 *
 * @param name the uplink's name
 * @param transport its transport's name
 * @param address the server
 * @param state where it stands
 * @param detail why; empty where there is nothing to say
 * @param sinceNanos since when, in nanoseconds since the epoch
 * @param rows rows that the server has acknowledged since the start of the process
 * @param bytes payload bytes of acknowledged messages since the start of the process
 * @param messages acknowledged messages
 * @param resent messages that were sent again after a lost link
 * @param budgetBytes what the budget lets through in this month; 0 for no budget
 * @param budgetUsed payload bytes of this month that count against it
 * @param connects connections made since the start of the process
 * @param firstAckNanos when the first row was acknowledged, in nanoseconds since the epoch; 0 before
 * @param ignored what came in, or should have gone out, and was not heard
 */
public record UplinkStatus(
        String name,
        String transport,
        String address,
        State state,
        String detail,
        long sinceNanos,
        long rows,
        long bytes,
        long messages,
        long resent,
        long budgetBytes,
        long budgetUsed,
        long connects,
        long firstAckNanos,
        Ignored ignored) {
    /**
     * Messages that nobody has heard, since the start of the process.
     *
     * @param malformed what came as a request and cannot be carried out as one
     * @param unanswered answers that too many others, or too long ones, have pushed out before there was room on a link
     * @param unheard messages of hosts that came while too many others waited, and messages of anybody that were too long to be read
     */
    public record Ignored(long malformed, long unanswered, long unheard) {
        /** No message at all. */
        public static final Ignored NOTHING = new Ignored(0, 0, 0);
    }

    /** Where an uplink stands. */
    public enum State {
        /** No bundle offers the transport or the format. */
        WAITING_FOR_TRANSPORT,
        /** A connection is being made. */
        CONNECTING,
        /** Connected: rows go out as they come. */
        ONLINE,
        /** The server cannot be reached; rows wait in the outbox. */
        OFFLINE,
        /** Switched off by {@code enabled = false}. */
        DISABLED,
        /** The configuration cannot work. */
        INVALID
    }
}
