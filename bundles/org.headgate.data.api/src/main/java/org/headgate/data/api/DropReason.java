package org.headgate.data.api;

/** Why a row was dropped. Each reason is counted by itself, shown by {@code gateway:flow} and reported downstream. */
public enum DropReason {
    /** A subscription's queue was full. */
    QUEUE_FULL("queue-full"),
    /** The outbox had reached its size limit. */
    OUTBOX_FULL("outbox-full"),
    /** The outbox could not write and the memory that stands in for it was full. */
    STORAGE("storage"),
    /** A record was damaged on disk. */
    CORRUPT("corrupt"),
    /** The row was older than the outbox keeps. */
    EXPIRED("expired"),
    /** The broker refused the message, or it was too large: it lies in quarantine. */
    REFUSED("refused"),
    /** The uplink's budget for the month was used up. */
    BUDGET("budget"),
    /** The consumer failed on the row: a defect, logged. */
    ERROR("error"),
    /** The row came after its window had been closed. */
    LATE("late"),
    /** A limit of the rule (groups, rows, bytes) was reached. */
    LIMIT("limit"),
    /** The part that held the row was stopped, removed or reconfigured. */
    STOPPED("stopped");

    private final String label;

    DropReason(String label) {
        this.label = label;
    }

    /** The reason as users see it, for example {@code queue-full}. */
    public String label() {
        return label;
    }
}
