package org.headgate.outbox.api;

/** What a log gives up when it has reached its limits. */
public enum DropPolicy {
    /** The oldest rows, a segment at a time: the newest are worth most. */
    OLDEST,
    /** What comes: the beginning of the story is worth most. */
    NEWEST
}
