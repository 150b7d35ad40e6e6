package org.headgate.rule.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.codec.JsonReader;
import org.headgate.data.api.Type;
import org.headgate.rule.language.Table;

/**
 * Reads tables. A CSV file (RFC 4180, UTF-8) begins with the names of its columns, an empty cell is null; a JSON file is an array of objects, or an object a line.
 * Types are found by looking at all values, or given; given columns are all that the table has. Thread-safe: no state.
 */
public final class TableReader {
    /** How large a file may be. */
    public static final int MAX_BYTES = 4 << 20;
    /** How many rows a table may have. */
    public static final int MAX_ROWS = 100_000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TableReader() {}

    /**
     * The table of a CSV file.
     *
     * @param delimiter what stands between cells, normally a comma
     * @param columns the types of the columns; empty to find them
     * @param key a column with another value in each row, where there is one
     * @throws TableException at the first mistake, with its line
     */
    public static Table csv(byte[] file, char delimiter, Map<String, Type> columns, Optional<String> key)
            throws TableException {
        CsvReader csv = new CsvReader(text(file), delimiter);
        List<String> names = csv.next();
        if (names.isEmpty()) {
            throw new TableException("line 1: empty (expected: the names of the columns)");
        }
        TableBuilder builder = TableBuilder.ofTexts(names, columns, key);
        for (List<String> cells = csv.next(); !cells.isEmpty(); cells = csv.next()) {
            if (cells.size() != names.size()) {
                throw new TableException(
                        "line " + csv.line() + ": " + cells.size() + " cells (expected: " + names.size() + ")");
            }
            builder.add(csv.line(), new ArrayList<>(cells));
        }
        return builder.build();
    }

    /**
     * A table of cells that no file has.
     *
     * @param names the names of the columns
     * @param rows the cells of each row, {@code null} for those that it does not have
     * @param types the types of some columns; those of the others are found
     * @throws TableException at the first mistake, with the number of its row
     */
    public static Table cells(List<String> names, List<List<String>> rows, Map<String, Type> types)
            throws TableException {
        TableBuilder builder = TableBuilder.ofCells(names, types);
        for (int i = 0; i < rows.size(); i++) {
            builder.add(i + 1, rows.get(i));
        }
        return builder.build();
    }

    /**
     * The table of a JSON file; see {@link #csv}.
     *
     * @throws TableException at the first mistake, with the number of its row
     */
    public static Table json(byte[] file, Map<String, Type> columns, Optional<String> key) throws TableException {
        List<Object> objects = objects(text(file));
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (int i = 0; i < objects.size(); i++) {
            if (!(objects.get(i) instanceof Map<?, ?> members)) {
                throw new TableException(
                        "row " + (i + 1) + ": no object (expected: [{\"id\": 1, \"name\": \"a\"}, ...])");
            }
            for (Object name : members.keySet()) {
                positions.putIfAbsent(String.valueOf(name), positions.size());
            }
            if (positions.size() > TableBuilder.MAX_COLUMNS) {
                throw TableBuilder.tooManyColumns();
            }
        }
        TableBuilder builder = TableBuilder.ofValues(List.copyOf(positions.keySet()), columns, key);
        for (int i = 0; i < objects.size(); i++) {
            Object[] values = new Object[positions.size()];
            ((Map<?, ?>) objects.get(i)).forEach((name, value) -> values[positions.get(String.valueOf(name))] = value);
            builder.add(i + 1, Arrays.asList(values));
        }
        return builder.build();
    }

    private static List<Object> objects(String text) throws TableException {
        try {
            if (text.stripLeading().startsWith("[")) {
                List<Object> all = new ArrayList<>();
                all.addAll((List<?>) JsonReader.read(text));
                return all;
            }
        } catch (IllegalArgumentException wrong) {
            throw new TableException(wrong.getMessage());
        }
        List<Object> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                try {
                    lines.add(JsonReader.read(line));
                } catch (IllegalArgumentException wrong) {
                    throw new TableException("line " + number + ", " + wrong.getMessage());
                }
            }
        }
        return lines;
    }

    private static String text(byte[] file) throws TableException {
        if (file.length > MAX_BYTES) {
            throw new TableException(file.length + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw new TableException("not UTF-8 (expected: a text file in UTF-8)");
        }
    }
}
