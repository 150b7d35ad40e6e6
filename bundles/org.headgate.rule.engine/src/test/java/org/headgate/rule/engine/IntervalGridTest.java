package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a grid and a tree find is what looking at every interval finds: a rule that an index forgets would lose rows. */
class IntervalGridTest {
    @Test
    void findsWhatLookingAtAllOfThemFinds() {
        Random random = new Random(7);
        int grids = 0;
        for (int round = 0; round < 300; round++) {
            List<IntervalTree.Interval> intervals = intervals(random, 1 + random.nextInt(60));
            Optional<IntervalGrid> grid = IntervalGrid.of(intervals);
            IntervalTree tree = new IntervalTree(intervals);
            grids += grid.isPresent() ? 1 : 0;
            for (int i = 0; i < 300; i++) {
                double value = value(random, intervals);
                int[] expected = intervals.stream()
                        .filter(each -> each.low() <= value && value <= each.high())
                        .mapToInt(IntervalTree.Interval::number)
                        .sorted()
                        .toArray();
                assertThat(found(found -> tree.find(value, found))).isEqualTo(expected);
                grid.ifPresent(any ->
                        assertThat(found(found -> any.find(value, found))).isEqualTo(expected));
            }
        }
        assertThat(grids).isBetween(100, 299);
    }

    @Test
    void rangesWithoutAnEndThatWouldFillEveryCellAreLeftToTheTree() {
        List<IntervalTree.Interval> open = IntStream.range(0, 100)
                .mapToObj(i -> new IntervalTree.Interval(i, Double.POSITIVE_INFINITY, i))
                .toList();
        assertThat(IntervalGrid.of(open)).isEmpty();
    }

    private interface Finding {
        void into(Candidates found);
    }

    private static int[] found(Finding finding) {
        Candidates found = new Candidates();
        finding.into(found);
        return IntStream.range(0, found.size()).map(found::get).sorted().toArray();
    }

    private static List<IntervalTree.Interval> intervals(Random random, int count) {
        List<IntervalTree.Interval> intervals = new ArrayList<>();
        double length = random.nextDouble() * 4;
        for (int i = 0; i < count; i++) {
            double low = random.nextInt(10) == 0 ? Double.NEGATIVE_INFINITY : random.nextInt(60) - 30 + 0.1;
            double high = random.nextInt(10) == 0
                    ? Double.POSITIVE_INFINITY
                    : (Double.isInfinite(low) ? -20 : low) + length * random.nextDouble();
            intervals.add(new IntervalTree.Interval(low, high, i));
        }
        return intervals;
    }

    /** Often an end of an interval, or its neighbour. */
    private static double value(Random random, List<IntervalTree.Interval> intervals) {
        IntervalTree.Interval any = intervals.get(random.nextInt(intervals.size()));
        double[] choices = {
            any.low(),
            any.high(),
            Math.nextDown(any.low()),
            Math.nextUp(any.high()),
            random.nextDouble() * 80 - 40,
            Double.MAX_VALUE,
            -Double.MAX_VALUE
        };
        return Arrays.stream(choices)
                .skip(random.nextInt(choices.length))
                .findFirst()
                .orElseThrow();
    }
}
