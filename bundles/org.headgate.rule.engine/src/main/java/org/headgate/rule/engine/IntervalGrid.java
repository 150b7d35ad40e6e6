package org.headgate.rule.engine;

import java.util.List;
import java.util.Optional;

/**
 * The intervals that contain a value, as {@link IntervalTree} finds them, in a time that does not grow with their number: the line is cut into cells of one
 * size, and each knows its intervals. Only where they are so short, and so evenly spread, that a cell has few. Immutable.
 */
final class IntervalGrid {
    private static final int CELLS_EACH = 2;
    private static final int MOST_IN_A_CELL = 16;
    private static final int MOST_EACH = 8;

    private final double begin;
    private final double scale;
    /** Where the intervals of a cell begin in the arrays below. */
    private final int[] cells;

    private final double[] low;
    private final double[] high;
    private final int[] numbers;

    private IntervalGrid(double begin, double scale, int[] cells) {
        this.begin = begin;
        this.scale = scale;
        this.cells = cells;
        int size = cells[cells.length - 1];
        this.low = new double[size];
        this.high = new double[size];
        this.numbers = new int[size];
    }

    /** A grid, where one is better than a tree. */
    static Optional<IntervalGrid> of(List<IntervalTree.Interval> intervals) {
        double begin = Double.POSITIVE_INFINITY;
        double end = Double.NEGATIVE_INFINITY;
        for (IntervalTree.Interval each : intervals) {
            begin = Math.min(begin, Double.isInfinite(each.low()) ? each.high() : each.low());
            end = Math.max(end, Double.isInfinite(each.high()) ? each.low() : each.high());
        }
        int size = intervals.size() * CELLS_EACH;
        double scale = size / (end - begin);
        if (!Double.isFinite(scale) || !Double.isFinite(begin) || scale <= 0) {
            return Optional.empty();
        }
        int[] cells = new int[size + 1];
        long all = 0;
        for (IntervalTree.Interval each : intervals) {
            int last = cell(each.high(), begin, scale, size);
            for (int i = cell(each.low(), begin, scale, size); i <= last; i++) {
                if (++cells[i + 1] > MOST_IN_A_CELL || ++all > (long) MOST_EACH * intervals.size()) {
                    return Optional.empty();
                }
            }
        }
        for (int i = 1; i <= size; i++) {
            cells[i] += cells[i - 1];
        }
        IntervalGrid grid = new IntervalGrid(begin, scale, cells);
        grid.fill(intervals);
        return Optional.of(grid);
    }

    /** Adds the numbers of the intervals that contain a value. */
    void find(double value, Candidates found) {
        int cell = cell(value, begin, scale, cells.length - 1);
        for (int i = cells[cell]; i < cells[cell + 1]; i++) {
            if (low[i] <= value && value <= high[i]) {
                found.add(numbers[i]);
            }
        }
    }

    private void fill(List<IntervalTree.Interval> intervals) {
        int size = cells.length - 1;
        int[] next = cells.clone();
        for (IntervalTree.Interval each : intervals) {
            int last = cell(each.high(), begin, scale, size);
            for (int i = cell(each.low(), begin, scale, size); i <= last; i++) {
                int at = next[i]++;
                low[at] = each.low();
                high[at] = each.high();
                numbers[at] = each.number();
            }
        }
    }

    /** Never less for a greater value, however it is rounded: so a value's cell lies between those of the ends around it. */
    private static int cell(double value, double begin, double scale, int size) {
        return (int) Math.max(0, Math.min(size - 1, (value - begin) * scale));
    }
}
