package org.headgate.rule.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.Column;
import org.headgate.data.api.Type;
import org.headgate.rule.language.StreamDefinition;
import org.headgate.rule.language.Table;
import org.headgate.rule.table.TableException;
import org.headgate.rule.table.TableReader;

/**
 * The tables of a schema: {@code CREATE TABLE plants (...) WITH (DATASOURCE="plants.csv", FORMAT="delimited", KEY="id")}. A file's name is relative to that of the
 * schema. Without columns they are found.
 */
final class TableFiles {
    private TableFiles() {}

    static Table read(String schema, StreamDefinition definition) throws ReplayException {
        Map<String, String> options = definition.options();
        String name = definition.name();
        String source = options.getOrDefault("DATASOURCE", "");
        if (source.isEmpty()) {
            throw new ReplayException(
                    schema + ": table " + name + ": no DATASOURCE (expected: WITH (DATASOURCE=\"" + name + ".csv\"))");
        }
        String format = options.getOrDefault("FORMAT", source.endsWith(".csv") ? "delimited" : "json");
        String delimiter = options.getOrDefault("DELIMITER", ",");
        if (delimiter.length() != 1) {
            throw new ReplayException(
                    schema + ": table " + name + ": DELIMITER " + delimiter + " (expected: one character such as ;)");
        }
        Map<String, Type> columns = new LinkedHashMap<>();
        if (!definition.open()) {
            for (Column column : definition.schema().columns()) {
                columns.put(column.name(), column.type());
            }
        }
        Optional<String> key = Optional.ofNullable(options.get("KEY"));
        try {
            byte[] content = content(Path.of(schema).resolveSibling(source));
            return switch (format.toLowerCase(Locale.ROOT)) {
                case "json" -> TableReader.json(content, columns, key);
                case "delimited" -> TableReader.csv(content, delimiter.charAt(0), columns, key);
                default ->
                    throw new ReplayException(
                            schema + ": table " + name + ": FORMAT " + format + " (expected: json or delimited)");
            };
        } catch (TableException wrong) {
            throw new ReplayException(
                    RecordingReader.printable(schema + ": table " + name + ": " + source + ": " + wrong.getMessage()));
        } catch (IOException failure) {
            throw new ReplayException(RecordingReader.printable(schema + ": table " + name + ": " + source + ": "
                    + (failure instanceof NoSuchFileException
                            ? "no such file (expected: a file beside the schema)"
                            : "cannot be read: " + failure.getMessage())));
        }
    }

    private static byte[] content(Path file) throws IOException, TableException {
        if (Files.size(file) > TableReader.MAX_BYTES) {
            throw new TableException(Files.size(file) + " bytes (expected: at most " + TableReader.MAX_BYTES + ")");
        }
        return Files.readAllBytes(file);
    }
}
