package org.headgate.outbox.api;

/** The two ways through a log while a backlog is sent. Within each of them batches ascend. */
public enum Lane {
    /** What has come since the log was split, or everything where there is no backlog. */
    LIVE,
    /** What waited when the log was split: after an outage. */
    BACKLOG
}
