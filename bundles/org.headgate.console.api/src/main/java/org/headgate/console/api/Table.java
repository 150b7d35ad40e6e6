package org.headgate.console.api;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of at most 100 columns. A header that ends in {@code >} is of numbers, which stand to the right. Where the
 * table is too wide the widest columns are cut, with an ellipsis; line breaks and control characters become blanks.
 */
public final class Table {
    private static final int WIDTH = 100;
    private static final int LEAST = 8;
    private static final String GAP = "  ";

    private final List<String> headers;
    private final boolean[] right;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<List<String>> explained = new ArrayList<>();

    /** A table with these headers. */
    public Table(String... headers) {
        right = new boolean[headers.length];
        for (int i = 0; i < headers.length; i++) {
            right[i] = headers[i].endsWith(">");
        }
        this.headers = Arrays.stream(headers)
                .map(header -> header.endsWith(">") ? header.substring(0, header.length() - 1) : header)
                .toList();
    }

    /** Adds a row: as many cells as there are headers; null is an empty cell. */
    public Table row(Object... cells) {
        if (cells.length != headers.size()) {
            throw new IllegalArgumentException(cells.length + " cells (expected: " + headers.size() + ")");
        }
        rows.add(Arrays.stream(cells)
                .map(cell -> cell == null ? "" : cell.toString().replaceAll("\\p{Cntrl}+", " "))
                .toList());
        return this;
    }

    /** The last cell of the row just added says what is wrong: where it is cut, its whole text follows below the table. */
    public Table explain() {
        explained.add(rows.get(rows.size() - 1));
        return this;
    }

    /** Prints the table, rows in the order in which they were added. */
    public void print(PrintStream out) {
        int[] widths = widths();
        out.println(line(headers, widths));
        rows.forEach(row -> out.println(line(row, widths)));
        for (List<String> row : explained) {
            String last = row.get(row.size() - 1);
            if (last.length() > widths[widths.length - 1]) {
                wrap(row.get(0) + ": " + last).forEach(out::println);
            }
        }
    }

    /** Lines of at most the table's width, broken at blanks where there are any; all but the first are indented. */
    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > WIDTH) {
            int blank = rest.lastIndexOf(' ', WIDTH);
            int end = blank > GAP.length() ? blank : WIDTH;
            lines.add(rest.substring(0, end));
            rest = GAP + rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }

    private int[] widths() {
        int[] widths = headers.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int over = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - WIDTH;
        while (over > 0) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= LEAST) {
                break;
            }
            widths[widest]--;
            over--;
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String cut = cell.length() <= widths[i] ? cell : cell.substring(0, widths[i] - 1) + "\u2026";
            String pad = " ".repeat(widths[i] - cut.length());
            line.append(i == 0 ? "" : GAP).append(right[i] ? pad + cut : cut + pad);
        }
        return line.toString().stripTrailing();
    }
}
