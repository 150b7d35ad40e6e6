package org.headgate.outbox.api;

/** When rows go to disk. */
public enum Durability {
    /** With the next group commit: a power cut costs nothing that was committed. */
    ALWAYS,
    /**
     * While the link is down only; while it is up they stay in memory until they are acknowledged, and are written when the link drops,
     * when they wait too long, or at the stop. For cards that must be spared: a power cut costs what is in flight, and the status says how
     * much that is.
     */
    OFFLINE
}
