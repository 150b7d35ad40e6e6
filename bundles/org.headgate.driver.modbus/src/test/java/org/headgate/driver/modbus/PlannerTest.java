package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;

/** Few requests, and the same values as with one for each channel. */
class PlannerTest {
    private static final Planner USUAL = new Planner(125, 2000, 8);
    private static final int SEEDS = Boolean.getBoolean("headgate.long") ? 20_000 : 800;

    private static Point point(String text) throws Exception {
        Source source = Source.parse(text.split(" ")[0]).orElseThrow();
        return new Point(
                Units.channel("x: " + text),
                source,
                source.table().hasBits() ? null : Codings.of(Units.channel("x: " + text), Order.ABCD));
    }

    private static List<Point> points(String... texts) throws Exception {
        List<Point> points = new ArrayList<>();
        for (String text : texts) {
            points.add(point(text));
        }
        return points;
    }

    private static List<Block> plan(Planner planner, Splits splits, List<Point> points) {
        return planner.plan(points, IntStream.range(0, points.size()).toArray(), splits);
    }

    private static List<String> ranges(List<Block> blocks) {
        return blocks.stream()
                .map(block -> block.table().word() + " " + block.start() + "-" + (block.end() - 1))
                .toList();
    }

    @Test
    void neighboursGoTogetherOverSmallGaps() throws Exception {
        assertThat(ranges(plan(
                        USUAL,
                        new Splits(),
                        points(
                                "holding/30",
                                "holding/0",
                                "holding/1 float64",
                                "holding/13",
                                "input/14",
                                "holding/21"))))
                .containsExactly("input 14-14", "holding 0-30");
        assertThat(ranges(
                        plan(USUAL, new Splits(), points("holding/0", "holding/10", "coil/0", "coil/129", "coil/300"))))
                .containsExactly("coil 0-129", "coil 300-300", "holding 0-0", "holding 10-10");
        assertThat(ranges(plan(
                        new Planner(4, 2000, 0),
                        new Splits(),
                        points("holding/0 int64", "holding/4", "holding/5 int64"))))
                .containsExactly("holding 0-3", "holding 4-4", "holding 5-8");
    }

    @Test
    void aRefusedBlockIsSplitWhereTheGapIsWidestOrInHalves() throws Exception {
        Splits splits = new Splits();
        List<Block> whole =
                plan(USUAL, splits, points("holding/0", "holding/1", "holding/3", "holding/9", "holding/10"));
        assertThat(ranges(USUAL.split(whole.get(0), splits))).containsExactly("holding 0-3", "holding 9-10");
        assertThat(ranges(plan(USUAL, splits, points("holding/8", "holding/9", "holding/2"))))
                .as("remembered for other lists")
                .containsExactly("holding 2-8", "holding 9-9");
        Splits others = new Splits();
        List<Block> dense =
                plan(USUAL, others, points("input/0", "input/1", "input/2", "input/3", "input/4", "input/5"));
        assertThat(ranges(USUAL.split(dense.get(0), others))).containsExactly("input 0-2", "input 3-5");
    }

    @Test
    void whatCannotBeSplitIsNot() throws Exception {
        Splits splits = new Splits();
        assertThat(USUAL.split(plan(USUAL, splits, points("holding/3 int64")).get(0), splits))
                .isEmpty();
        assertThat(USUAL.split(
                        plan(USUAL, splits, points("holding/3 bool bit=1", "holding/3 bool bit=2"))
                                .get(0),
                        splits))
                .isEmpty();
        assertThat(ranges(USUAL.split(
                        plan(USUAL, splits, points("holding/3 int64", "holding/3"))
                                .get(0),
                        splits)))
                .containsExactly("holding 3-6", "holding 3-3");
    }

    @Test
    void whatWasLearnedOfABlockChangesNothingOfTheNextOne() throws Exception {
        Planner planner = new Planner(20, 200, 10);
        Splits splits = new Splits();
        List<Point> points = points(
                "holding/0", "holding/10 string length=20", "holding/17 string length=20", "holding/24", "holding/29");
        List<Block> first = plan(planner, splits, points);
        assertThat(ranges(first)).containsExactly("holding 0-19", "holding 17-29");
        planner.split(first.get(0), splits);
        assertThat(ranges(plan(planner, splits, points)))
                .containsExactly("holding 0-0", "holding 10-19", "holding 17-29");
    }

    /** Random points on random units, in which some registers are not there and that give so many at once. */
    @Test
    void readsTheSameAsOneByOneInRequestsThatKeepTheLimits() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Point> points = randomPoints(random);
            Planner planner = new Planner(1 + random.nextInt(125), 1 + random.nextInt(200), random.nextInt(20));
            points.removeIf(point -> !point.table().hasBits() && point.end() - point.start() > planner.mostRegisters());
            BitSet absent = new BitSet();
            IntStream.range(0, random.nextInt(60)).forEach(i -> absent.set(random.nextInt(300)));
            int most = 4 + random.nextInt(150);
            Splits splits = new Splits();
            Set<Integer> good = new HashSet<>();
            Set<Integer> refused = new HashSet<>();
            Deque<Block> asked = new ArrayDeque<>(plan(planner, splits, points));
            while (!asked.isEmpty()) {
                Block block = asked.poll();
                int size = block.end() - block.start();
                assertThat(size)
                        .isLessThanOrEqualTo(block.table().hasBits() ? planner.mostBits() : planner.mostRegisters());
                Set<Integer> to = good;
                if (isRefused(block.start(), block.end(), absent, most)) {
                    List<Block> parts = planner.split(block, splits);
                    asked.addAll(parts);
                    if (!parts.isEmpty()) {
                        continue;
                    }
                    to = refused;
                }
                for (int index : block.indexes()) {
                    assertThat(good.contains(index) || refused.contains(index))
                            .as("twice, seed %d", seed)
                            .isFalse();
                    to.add(index);
                }
            }
            for (int i = 0; i < points.size(); i++) {
                boolean alone = isRefused(points.get(i).start(), points.get(i).end(), absent, most);
                assertThat(refused.contains(i))
                        .as("%s, seed %d", points.get(i).source(), seed)
                        .isEqualTo(alone);
                assertThat(good.contains(i)).as("seed %d", seed).isNotEqualTo(alone);
            }
            // What was learned makes the next plan right at once, but for what is never there.
            for (Block block : plan(planner, splits, points)) {
                if (isRefused(block.start(), block.end(), absent, most)) {
                    assertThat(Arrays.stream(block.indexes()).allMatch(refused::contains))
                            .as("seed %d", seed)
                            .isTrue();
                }
            }
        }
    }

    private static boolean isRefused(int start, int end, BitSet absent, int most) {
        int first = absent.nextSetBit(start);
        return first >= 0 && first < end || end - start > most;
    }

    private static List<Point> randomPoints(Random random) throws Exception {
        List<String> types = List.of("", "int16", "float32", "int64", "bool bit=1", "string length=20");
        List<Point> points = new ArrayList<>();
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            Table table = Table.values()[random.nextInt(4)];
            String type = table.hasBits() ? "" : types.get(random.nextInt(types.size()));
            points.add(point(table.word() + "/" + random.nextInt(280) + (type.isEmpty() ? "" : " " + type)));
        }
        return points;
    }

    @Test
    void aBlockHandsEachValueToItsChannel() throws Exception {
        List<Point> points = points("holding/12 int32", "holding/10", "holding/11 bool bit=0");
        Block block = USUAL.plan(points, new int[] {4, 7, 1}, new Splits()).get(0);
        RecordedReadings readings = new RecordedReadings();
        block.take(new byte[] {3, 8, 0, 10, 0, 1, 0, 0, 0, 99}, readings);
        assertThat(readings.values).isEqualTo(Map.of(7, 10L, 1, true, 4, 99L));
        List<Point> bits = points("coil/9", "coil/0", "coil/8");
        Block coils = USUAL.plan(bits, new int[] {0, 1, 2}, new Splits()).get(0);
        RecordedReadings flags = new RecordedReadings();
        coils.take(new byte[] {1, 2, (byte) 0b1111_1110, 0b10}, flags);
        assertThat(flags.values).isEqualTo(Map.of(0, true, 1, false, 2, false));
    }
}
