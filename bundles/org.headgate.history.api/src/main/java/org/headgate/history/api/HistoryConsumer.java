package org.headgate.history.api;

import org.headgate.data.api.Row;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes rows of the past, on the thread that reads. */
@ConsumerType
@FunctionalInterface
public interface HistoryConsumer {
    /** Takes a row; false when no more are wanted. */
    boolean row(String stream, Row row);
}
