package org.headgate.stream.api;

/** Which row a full subscription drops. */
public enum OverflowPolicy {
    /** The one that waits longest: for displays and control, where the newest value counts. */
    DROP_OLDEST,
    /** The one that arrives: for the outbox, where the order of what is kept must have no hole in its past. */
    DROP_NEWEST
}
