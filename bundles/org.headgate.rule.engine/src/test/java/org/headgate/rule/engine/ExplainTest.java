package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Instance;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.api.RuleExplanation;
import org.headgate.rule.api.RuleExplanation.Checkpoint;
import org.headgate.rule.api.RuleExplanation.Step;
import org.headgate.stream.api.Publisher;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class ExplainTest {
    private static final Schema BOILER = Schema.of(new Column("t", Type.DOUBLE, "Cel"));
    private static final String SUM = "SELECT sum(t) AS s FROM boiler GROUP BY COUNTWINDOW(1000000)";

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final MemoryStorage disk = new MemoryStorage();
    private final FakeBus bus = new FakeBus(system);
    private final Publisher boiler = bus.publisher("boiler");
    private RuleEngine engine = engine();

    @Test
    void theStepsHaveColumnsAndTypesOnceTheStreamHasHadARow() {
        configure("hot", "sql", "SELECT t AS x FROM boiler WHERE t > 90");
        assertThat(explain("hot").steps()).isEmpty();
        publish(2);
        assertThat(explain("hot").steps())
                .containsExactly(
                        new Step("reads", "boiler (t DOUBLE Cel)"),
                        new Step("where", "t > 90"),
                        new Step("indexed", "90.0 < t"),
                        new Step("puts out", "x DOUBLE Cel"));
        assertThat(explain("hot").edges())
                .singleElement()
                .satisfies(edge -> assertThat(edge.in()).isEqualTo(2));
        assertThat(engine.explain("cold")).isEmpty();
    }

    /** Analytic functions have to see every row, so nothing is kept from them. */
    @Test
    void anIndexThatIsNotUsedIsNotShown() {
        configure("hot", "sql", "SELECT lag(t) AS x FROM boiler WHERE t > 90");
        publish(1);
        assertThat(explain("hot").steps())
                .extracting(Step::name)
                .contains("where")
                .doesNotContain("indexed");
    }

    @Test
    void whatIsHeldIsCounted() {
        configure("avg", "sql", "SELECT t, count(*) AS n FROM boiler GROUP BY t, TUMBLINGWINDOW(ss, 10)");
        publish(5);
        RuleExplanation.Held held = explain("avg").held();
        assertThat(held.rows()).isEqualTo(5);
        assertThat(held.groups()).isEqualTo(5);
        assertThat(held.bytes()).isBetween(500L, 5000L);
        assertThat(held.mostBytes()).isEqualTo(16 << 20);
        system.advance(Duration.ofSeconds(10));
        assertThat(explain("avg").held()).isEqualTo(new RuleExplanation.Held(0, 0, 0, 16 << 20));
    }

    /** The first row of a schema compiles the rules; the one after it, and each 1,024th from there, is measured. */
    @Test
    void oneRowOfAThousandIsMeasured() {
        configure("all", "sql", "SELECT * FROM boiler");
        publish(1);
        assertThat(explain("all").cost().samples()).isZero();
        publish(1);
        assertThat(explain("all").cost().samples()).isEqualTo(1);
        publish(1023);
        assertThat(explain("all").cost().samples()).isEqualTo(1);
        publish(1);
        assertThat(explain("all").cost().samples()).isEqualTo(2);
    }

    @Test
    void rowsSinceTheLastCheckpointAreCountedExactly() {
        configure("sum", "sql", SUM, "state", "checkpoint 10s");
        configure("none", "sql", SUM);
        publish(3);
        assertThat(explain("sum").checkpoint()).map(Checkpoint::rowsSince).contains(3L);
        assertThat(explain("none").checkpoint()).isEmpty();
        system.advance(Duration.ofSeconds(10));
        Checkpoint written = explain("sum").checkpoint().orElseThrow();
        assertThat(written.rowsSince()).isZero();
        assertThat(written.bytes()).isBetween(10L, 500L);
        assertThat(written.writtenNanos()).isEqualTo(system.epochNanos());
        publish(7);
        assertThat(explain("sum").checkpoint()).map(Checkpoint::rowsSince).contains(7L);
    }

    @Test
    void afterAKillTheBoundHoldsWhateverTheRate() {
        configure("sum", "sql", SUM, "state", "checkpoint 10s");
        publish(100);
        system.advance(Duration.ofSeconds(10));
        for (int burst : List.of(400, 90, 5_000, 20_000, 3)) {
            publish(burst);
            // The rows that came since are lost, and so many may be said to be missing.
            long lost = explain("sum").checkpoint().orElseThrow().rowsSince();
            MemoryStorage cut = disk.crash(burst);
            RuleEngine next =
                    new RuleEngine(new FakeBus(system), system, system, system, cut, Recording.functions(), null);
            configure(next, "sum", "sql", SUM, "state", "checkpoint 10s");
            long missing =
                    next.explain("sum").orElseThrow().checkpoint().orElseThrow().missingAtMost();
            assertThat(missing).isBetween(Math.max(lost, 1), 200_000L);
            next.close();
        }
    }

    @Test
    void aStopLosesNothingAndSaysSo() {
        configure("sum", "sql", SUM, "state", "checkpoint 10s");
        publish(100);
        engine.close();
        engine = engine();
        configure("sum", "sql", SUM, "state", "checkpoint 10s");
        publish(1);
        assertThat(explain("sum").checkpoint()).map(Checkpoint::missingAtMost).contains(0L);
        assertThat(explain("sum").held().rows()).isEqualTo(101);
    }

    private RuleEngine engine() {
        return new RuleEngine(bus, system, system, system, disk, Recording.functions(), null);
    }

    private RuleExplanation explain(String rule) {
        return engine.explain(rule).orElseThrow();
    }

    private void configure(String name, String... keysAndValues) {
        configure(engine, name, keysAndValues);
    }

    private static void configure(RuleEngine engine, String name, String... keysAndValues) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.add(keysAndValues[i]);
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        properties.put(Instance.KEYS, keys.toArray(String[]::new));
        properties.put(Instance.NAME, name);
        new ConfiguredRule(properties, engine);
    }

    private void publish(int rows) {
        for (int i = 0; i < rows; i++) {
            boiler.publish(Row.builder(BOILER).set(0, i % 7.0).build(system.epochNanos(), ClockState.SYNCED));
            system.run();
        }
    }
}
