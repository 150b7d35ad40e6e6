package org.headgate.uplink.runtime;

import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.Priority;

/** An open log of an uplink. */
record Source(Priority priority, OutboxLog log) {}
