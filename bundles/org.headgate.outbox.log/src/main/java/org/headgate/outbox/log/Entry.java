package org.headgate.outbox.log;

import org.headgate.data.api.Row;

/** A row that waits for its group commit. */
record Entry(String stream, Row row) {}
