package org.headgate.rule.language;

import java.util.Map;
import org.headgate.data.api.Schema;

/**
 * {@code CREATE STREAM name (column TYPE, ...) WITH (OPTION="value", ...)}: what is known of a stream before its first row.
 *
 * @param name the stream's name
 * @param table whether it was written as CREATE TABLE
 * @param schema its columns: BIGINT is LONG, FLOAT DOUBLE, BYTEA BYTES; DATETIME is ANY, being milliseconds or a text
 * @param open whether other columns may come, too: no column was named
 * @param options the options, by their names in upper case
 */
public record StreamDefinition(String name, boolean table, Schema schema, boolean open, Map<String, String> options) {}
