package org.headgate.rule.table;

import java.util.ArrayList;
import java.util.List;

/** Records of a CSV text. A cell without quotes that is empty is {@code null}, one with quotes an empty text. */
final class CsvReader {
    private final String text;
    private final char delimiter;
    private int at;
    private int line = 1;
    private int begun = 1;

    CsvReader(String text, char delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    /** The cells of the next record that is not an empty line; none at the end. */
    List<String> next() throws TableException {
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            line += text.charAt(at) == '\n' ? 1 : 0;
            at++;
        }
        begun = line;
        List<String> cells = new ArrayList<>();
        if (at == text.length()) {
            return cells;
        }
        cells.add(cell());
        while (at < text.length() && text.charAt(at) == delimiter) {
            at++;
            cells.add(cell());
            if (cells.size() > TableBuilder.MAX_COLUMNS) {
                throw TableBuilder.tooManyColumns();
            }
        }
        return cells;
    }

    /** The line on which the last record begins, from 1. */
    int line() {
        return begun;
    }

    private String cell() throws TableException {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != delimiter && !atLineEnd()) {
            at++;
        }
        String cell = text.substring(start, at).strip();
        return cell.isEmpty() ? null : cell;
    }

    private String quoted() throws TableException {
        int opened = line;
        StringBuilder cell = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' && (at + 1 == text.length() || text.charAt(at + 1) != '"')) {
                at++;
                if (at < text.length() && text.charAt(at) != delimiter && !atLineEnd()) {
                    throw new TableException("line " + line + ": text behind a closing quote (expected: '" + delimiter
                            + "'; a quote within a cell is written twice)");
                }
                return cell.toString();
            }
            at += c == '"' ? 1 : 0;
            line += c == '\n' ? 1 : 0;
            cell.append(c);
        }
        throw new TableException("line " + opened + ": a quote that is not closed (expected: \" at the cell's end)");
    }

    private boolean atLineEnd() {
        return text.charAt(at) == '\n' || text.charAt(at) == '\r';
    }
}
