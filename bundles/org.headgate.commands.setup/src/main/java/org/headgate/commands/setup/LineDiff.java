package org.headgate.commands.setup;

import java.util.ArrayList;
import java.util.List;

/**
 * What is different between two texts, line by line, as {@code diff -U} prints it: by their longest common subsequence between what
 * both begin and end with. Where that would take too long, or too much memory, everything in between counts as different.
 */
final class LineDiff {
    /** Lines of one text times lines of the other: a matrix of this many cells has 4 MiB. */
    private static final long MOST_CELLS = 1L << 20;

    private static final int CONTEXT = 2;

    private LineDiff() {}

    /** A line of the difference: {@code ' '} in both, {@code '-'} in the first only, {@code '+'} in the second only. */
    private record Line(char mark, int before, int after) {}

    /**
     * The difference, in hunks with two lines around.
     *
     * @param before the lines of the one text
     * @param after the lines of the other
     * @param shown what to print of them, as many
     * @param shownAfter the same for the other
     * @return empty when they are the same
     */
    static List<String> of(List<String> before, List<String> after, List<String> shown, List<String> shownAfter) {
        List<Line> lines = lines(before, after);
        List<String> printed = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            int first = nextChange(lines, at);
            if (first == lines.size()) {
                break;
            }
            int last = first;
            for (int next = first; next < lines.size() && next - last <= 2 * CONTEXT + 1; ) {
                last = next;
                next = nextChange(lines, next + 1);
            }
            int from = Math.max(at, first - CONTEXT);
            int to = Math.min(lines.size(), last + CONTEXT + 1);
            hunk(lines.subList(from, to), shown, shownAfter, printed);
            at = to;
        }
        return printed;
    }

    private static int nextChange(List<Line> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).mark == ' ') {
            at++;
        }
        return at;
    }

    private static void hunk(List<Line> lines, List<String> shown, List<String> shownAfter, List<String> printed) {
        long before = lines.stream().filter(line -> line.mark != '+').count();
        long after = lines.stream().filter(line -> line.mark != '-').count();
        Line first = lines.get(0);
        printed.add("@@ -" + range(first.before, before) + " +" + range(first.after, after) + " @@");
        for (Line line : lines) {
            printed.add(line.mark + (line.mark == '+' ? shownAfter.get(line.after) : shown.get(line.before)));
        }
    }

    /** As GNU diff counts: from 1, and for no line the one before. */
    private static String range(int first, long count) {
        return (count == 0 ? first : first + 1) + (count == 1 ? "" : "," + count);
    }

    private static List<Line> lines(List<String> before, List<String> after) {
        int most = Math.min(before.size(), after.size());
        int head = 0;
        while (head < most && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < most - head && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < head; i++) {
            lines.add(new Line(' ', i, i));
        }
        between(before, after, head, before.size() - tail, after.size() - tail, lines);
        for (int i = tail; i > 0; i--) {
            lines.add(new Line(' ', before.size() - i, after.size() - i));
        }
        return lines;
    }

    private static void between(
            List<String> before, List<String> after, int head, int beforeEnd, int afterEnd, List<Line> lines) {
        int rows = beforeEnd - head;
        int columns = afterEnd - head;
        boolean large = (long) (rows + 1) * (columns + 1) > MOST_CELLS;
        int[][] common = large ? new int[0][] : common(before.subList(head, beforeEnd), after.subList(head, afterEnd));
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            if (!large && i < rows && j < columns && before.get(head + i).equals(after.get(head + j))) {
                lines.add(new Line(' ', head + i++, head + j++));
            } else if (i < rows && (large || j == columns || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', head + i++, head + j));
            } else {
                lines.add(new Line('+', head + i, head + j++));
            }
        }
    }

    /** How many lines the rests from here on have in common. */
    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
