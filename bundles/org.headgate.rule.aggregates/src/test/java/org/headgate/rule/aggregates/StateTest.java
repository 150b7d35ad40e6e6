package org.headgate.rule.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.Row;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Checkpointed;
import org.headgate.rule.functions.Result;
import org.headgate.rule.functions.Tracker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** State outlives the process: whatever the rows were and wherever it was saved, what was loaded goes on like what was never stopped. */
class StateTest {
    private static final String COLUMNS =
            "{\"x\":1,\"y\":1,\"n\":1,\"a\":1,\"s\":\"a\",\"b\":true,\"c\":true,\"o\":{},\"l\":[]}";

    static Stream<String> aggregates() {
        return Stream.of(
                "avg(x)",
                "avg(n)",
                "avg(a)",
                "sum(x)",
                "sum(n)",
                "sum(a)",
                "min(x)",
                "min(n)",
                "min(a)",
                "min(s)",
                "max(x)",
                "max(n)",
                "max(a)",
                "max(s)",
                "count(x)",
                "count(a)",
                "count(*)",
                "collect(x)",
                "collect(a)",
                "collect(*)",
                "merge_agg(o)",
                "merge_agg(a)",
                "merge_agg(*)",
                "deduplicate(a, true)",
                "deduplicate(a, false)",
                "deduplicate(s, false)",
                "stddev(x)",
                "stddevs(n)",
                "var(a)",
                "vars(x)",
                "percentile_cont(x, 0.5)",
                "percentile(n, 0.9)",
                "percentile_disc(x, 0.25)",
                "median(x)",
                "percentile_approx(x, 0.3)",
                "percentile_approx(n, 0.9)",
                "last_value(x, true)",
                "last_value(a, false)",
                "last_value(l, true)",
                "first_value(s, true)",
                "first_value(b, false)",
                "max_by(a, x)",
                "min_by(o, n)",
                "time_weighted_avg(x)",
                "integral(n)");
    }

    static Stream<String> trackers() {
        return Stream.of(
                "lag(x)",
                "lag(a, 3)",
                "lag(s, 2, 'none', true)",
                "lag(n, 5, x)",
                "latest(x, 0)",
                "latest(o)",
                "changed_col(true, x)",
                "changed_col(false, a)",
                "had_changed(true, x, s, a)",
                "change_to(n, 1, true)",
                "change_to(s)",
                "change_capture(a, n, 2)",
                "consecutive_count(b)",
                "consecutive_start(b, l)",
                "acc_avg(x)",
                "acc_max(n)",
                "acc_min(a)",
                "acc_sum(x, b, c)",
                "acc_count(a, b, c)",
                "acc_collect(a)",
                "acc_distinct_collect(a, b, c)",
                "acc_max_by(s, x)",
                "acc_min_by(a, n, b, c)",
                "rate_of_change(x)",
                "ewma(x, 0.1)");
    }

    @Test
    void everyFunctionIsHere() {
        List<String> tested = Stream.concat(aggregates(), trackers())
                .map(call -> call.substring(0, call.indexOf('(')))
                .distinct()
                .toList();
        assertThat(tested).containsExactlyInAnyOrderElementsOf(Sheet.CATALOG.names());
    }

    @ParameterizedTest
    @MethodSource("aggregates")
    void anAggregateGoesOnWhereItWas(String call) {
        Sheet sheet = new Sheet(call, COLUMNS);
        Type type = sheet.aggregate().type();
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Accumulator original = sheet.aggregate().accumulators().get();
            Row row = null;
            for (int i = random.nextInt(40); i > 0; i--) {
                row = add(sheet, original, sheet.random(random, row));
            }
            Accumulator loaded = sheet.aggregate().accumulators().get();
            load(loaded, save(original));
            assertThat(save(loaded)).isEqualTo(save(original));
            for (int i = 0; i < 20; i++) {
                assertThat(sheet.read(loaded, type)).isEqualTo(sheet.read(original, type));
                Row next = sheet.random(random, row);
                add(sheet, original, next);
                row = add(sheet, loaded, next);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("trackers")
    void aTrackerGoesOnWhereItWas(String call) {
        Sheet sheet = new Sheet(call, COLUMNS);
        Type type = sheet.tracking().type();
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Tracker original = sheet.tracking().trackers().get();
            Row row = null;
            for (int i = random.nextInt(40); i > 0; i--) {
                row = step(sheet, original, sheet.random(random, row), random.nextInt(4) > 0);
            }
            Tracker loaded = sheet.tracking().trackers().get();
            load(loaded, save(original));
            assertThat(save(loaded)).isEqualTo(save(original));
            for (int i = 0; i < 20; i++) {
                assertThat(sheet.read(loaded, type)).isEqualTo(sheet.read(original, type));
                Row next = sheet.random(random, row);
                boolean counts = random.nextInt(4) > 0;
                step(sheet, original, next, counts);
                row = step(sheet, loaded, next, counts);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("aggregates")
    void mergingPartsIsAddingAll(String call) {
        Sheet sheet = new Sheet(call, COLUMNS);
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            List<Accumulator> parts = new ArrayList<>();
            Accumulator all = sheet.aggregate().accumulators().get();
            Accumulator leftFirst = sheet.aggregate().accumulators().get();
            Row row = null;
            for (int part = 0; part < 3; part++) {
                parts.add(sheet.aggregate().accumulators().get());
                for (int i = random.nextInt(6); i > 0; i--) {
                    row = add(sheet, all, sheet.random(random, row));
                    add(sheet, parts.get(part), row);
                }
            }
            byte[] untouched = save(parts.get(2));
            parts.forEach(leftFirst::merge);
            parts.get(1).merge(parts.get(2));
            parts.get(0).merge(parts.get(1));
            assertThat(save(parts.get(2))).isEqualTo(untouched);
            for (int i = 0; i < 5; i++) {
                same(sheet, leftFirst, all);
                same(sheet, parts.get(0), all);
                row = add(sheet, all, sheet.random(random, row));
                add(sheet, leftFirst, row);
                add(sheet, parts.get(0), row);
            }
        }
    }

    /** Sums in another order differ in the last digits. */
    private static void same(Sheet sheet, Result merged, Result all) {
        Object expected = all.asObject(sheet.frame);
        Object found = merged.asObject(sheet.frame);
        if (expected instanceof Double number) {
            assertThat((Double) found).isCloseTo(number, within(1e-9 * (1 + Math.abs(number))));
        } else {
            assertThat(Sheet.text(found)).isEqualTo(Sheet.text(expected));
        }
    }

    @ParameterizedTest
    @MethodSource({"aggregates", "trackers"})
    void damagedStateIsGivenUpOrHarmless(String call) {
        Sheet sheet = new Sheet(call, COLUMNS);
        Random random = new Random(7);
        Checkpointed original = fresh(sheet);
        Row row = null;
        for (int i = 0; i < 8; i++) {
            row = sheet.random(random, row);
            use(sheet, original, row);
        }
        byte[] state = save(original);
        for (int length = 0; length < state.length; length++) {
            byte[] torn = java.util.Arrays.copyOf(state, length);
            assertThatThrownBy(() -> load(fresh(sheet), torn)).isInstanceOf(RuntimeException.class);
        }
        for (int i = 0; i < state.length * 8; i++) {
            byte[] flipped = state.clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);
            Checkpointed victim = fresh(sheet);
            try {
                load(victim, flipped);
            } catch (RuntimeException damaged) {
                continue;
            }
            use(sheet, victim, row);
        }
    }

    private static Checkpointed fresh(Sheet sheet) {
        return sheet.isAggregate()
                ? sheet.aggregate().accumulators().get()
                : sheet.tracking().trackers().get();
    }

    private static void use(Sheet sheet, Checkpointed used, Row row) {
        if (used instanceof Accumulator accumulator) {
            add(sheet, accumulator, row);
        } else {
            step(sheet, (Tracker) used, row, true);
        }
        ((Result) used).asObject(sheet.frame);
    }

    private static Row add(Sheet sheet, Accumulator accumulator, Row row) {
        sheet.frame.enter(row);
        accumulator.add(sheet.frame);
        return row;
    }

    private static Row step(Sheet sheet, Tracker tracker, Row row, boolean counts) {
        sheet.frame.enter(row);
        if (counts) {
            tracker.step(sheet.frame);
        } else {
            tracker.skip(sheet.frame);
        }
        return row;
    }

    private static byte[] save(Checkpointed state) {
        ByteOutput out = new ByteOutput(16);
        state.save(out);
        byte[] bytes = new byte[out.size()];
        out.content().get(bytes);
        return bytes;
    }

    private static void load(Checkpointed state, byte[] bytes) {
        state.load(new ByteInput(ByteBuffer.wrap(bytes)));
    }
}
