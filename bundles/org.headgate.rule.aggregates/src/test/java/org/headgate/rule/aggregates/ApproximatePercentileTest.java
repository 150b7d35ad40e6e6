package org.headgate.rule.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Accumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** percentile_approx keeps its promise: never further than 1 % of the exact value from the exact value, whatever the values are. */
class ApproximatePercentileTest {
    private static final double[] PORTIONS = {0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1};

    static Stream<Arguments> distributions() {
        return Stream.of(
                of("normal", random -> random.nextGaussian() * 10),
                of("temperatures", random -> 21.5 + random.nextGaussian() * 0.3),
                of("log-normal", random -> Math.exp(random.nextGaussian() * 5)),
                of("every magnitude", random -> Math.pow(10, random.nextInt(31) - 12) * (random.nextInt(9) + 1)),
                of("of both signs", random -> Math.exp(random.nextGaussian() * 8) * (random.nextBoolean() ? 1 : -1)),
                of("mostly zero", random -> random.nextInt(10) == 0 ? random.nextGaussian() : 0),
                of("constant", random -> 42.42),
                of("few values", random -> random.nextInt(4) * 1000.0),
                of("negative", random -> -1 - random.nextInt(1000)));
    }

    private static Arguments of(String name, ToDoubleFunction<Random> distribution) {
        return Arguments.of(name, distribution);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void isWithinOnePercentOfTheExactValue(String name, ToDoubleFunction<Random> distribution) {
        for (double p : PORTIONS) {
            for (int size : new int[] {1, 2, 10, 333, 5000}) {
                Random random = new Random(size);
                Sheet sheet = new Sheet("percentile_approx(x, p)", "{\"x\":1,\"p\":1}");
                Sheet exactly = new Sheet("percentile_disc(x, p)", "{\"x\":1,\"p\":1}");
                Accumulator[] approximate = new Accumulator[3];
                for (int i = 0; i < 3; i++) {
                    approximate[i] = sheet.aggregate().accumulators().get();
                }
                Accumulator exact = exactly.aggregate().accumulators().get();
                for (int i = 0; i < size; i++) {
                    Row row = sheet.row(distribution.applyAsDouble(random), p);
                    sheet.frame.enter(row);
                    approximate[0].add(sheet.frame);
                    approximate[1 + i % 2].add(sheet.frame);
                    exactly.frame.enter(row);
                    exact.add(exactly.frame);
                }
                double expected = exact.asDouble(exactly.frame);
                double found = approximate[0].asDouble(sheet.frame);
                assertThat(found)
                        .as("p %s of %s", p, size)
                        .isCloseTo(expected, within(0.01 * Math.abs(expected) * (1 + 1e-9) + 1e-12));
                approximate[1].merge(approximate[2]);
                assertThat(approximate[1].asDouble(sheet.frame)).isEqualTo(found);
            }
        }
    }

    @Test
    void damagedStateTakesNoMemory() {
        for (long first : new long[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1_400, 2_190, 1L << 40}) {
            ByteOutput out = new ByteOutput(16);
            out.putVarint(2);
            out.putZigzag(first);
            out.putVarint(1);
            out.putVarint(1);
            ByteInput in = new ByteInput(out.content());
            assertThatThrownBy(() -> new RelativeSketch().load(in)).hasMessageStartingWith("buckets from " + first);
        }
    }

    @Test
    void itsMemoryIsBounded() {
        RelativeSketch sketch = new RelativeSketch();
        sketch.add(1);
        sketch.add(RelativeSketch.SMALLEST);
        sketch.add(RelativeSketch.GREATEST);
        assertThat(sketch.buckets()).isLessThan(3_600);
        RelativeSketch narrow = new RelativeSketch();
        for (int i = 0; i <= 1000; i++) {
            narrow.add(20 + i / 50.0);
        }
        assertThat(narrow.buckets()).isLessThan(100);
    }
}
