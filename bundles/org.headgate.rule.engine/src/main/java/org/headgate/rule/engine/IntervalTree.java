package org.headgate.rule.engine;

import java.util.Comparator;
import java.util.List;

/**
 * Which of many closed intervals contain a value: sorted by their lower ends, with the greatest upper end of each half known, so that a look costs the
 * logarithm of their number and what is found. Immutable.
 */
final class IntervalTree {
    private final double[] low;
    private final double[] high;
    private final double[] greatest;
    private final int[] numbers;

    /** An interval, and the number that is given for it. */
    record Interval(double low, double high, int number) {}

    IntervalTree(List<Interval> intervals) {
        List<Interval> sorted = intervals.stream()
                .sorted(Comparator.comparingDouble(Interval::low))
                .toList();
        int size = sorted.size();
        low = new double[size];
        high = new double[size];
        greatest = new double[size];
        numbers = new int[size];
        for (int i = 0; i < size; i++) {
            low[i] = sorted.get(i).low();
            high[i] = sorted.get(i).high();
            numbers[i] = sorted.get(i).number();
        }
        measure(0, size);
    }

    /** Adds the numbers of the intervals that contain a value. */
    void find(double value, Candidates found) {
        find(value, found, 0, numbers.length);
    }

    private void find(double value, Candidates found, int from, int to) {
        int begin = from;
        int end = to;
        while (begin < end) {
            int middle = (begin + end) >>> 1;
            if (!(greatest[middle] >= value)) {
                return;
            }
            find(value, found, begin, middle);
            if (!(low[middle] <= value)) {
                return;
            }
            if (value <= high[middle]) {
                found.add(numbers[middle]);
            }
            begin = middle + 1;
        }
    }

    /** The greatest upper end of a part is kept at its middle. */
    private double measure(int from, int to) {
        if (from >= to) {
            return Double.NEGATIVE_INFINITY;
        }
        int middle = (from + to) >>> 1;
        double halves = Math.max(measure(from, middle), measure(middle + 1, to));
        greatest[middle] = Math.max(high[middle], halves);
        return greatest[middle];
    }
}
