package org.headgate.outbox.log;

import org.headgate.data.api.Row;

/**
 * A row that waits for its group commit.
 *
 * @param bytes what it takes in memory, estimated
 */
record Entry(String stream, Row row, long bytes) {}
