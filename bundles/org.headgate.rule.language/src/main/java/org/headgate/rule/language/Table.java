package org.headgate.rule.language;

import java.util.List;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;

/** Rows that do not flow, to be joined with a stream: a file, the attributes of a device. Immutable. */
public record Table(Schema schema, List<Row> rows) {}
