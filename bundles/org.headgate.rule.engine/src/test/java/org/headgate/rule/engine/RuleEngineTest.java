package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Instance;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.RuleStatus.State;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuleEngineTest {
    private static final Schema BOILER = Schema.of(new Column("temperature", Type.DOUBLE, "Cel"));

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final FakeBus bus = new FakeBus(system);
    private final RuleEngine engine =
            new RuleEngine(bus, system, system, system, new MemoryStorage(), Recording.functions(), null);
    private final Publisher boiler = bus.publisher("boiler");
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void close() {
        engine.close();
        assertThat(bus.streams()).containsExactly("boiler");
    }

    @Test
    void manyRulesOnAStreamShareOneSubscriptionAndPublishUnderTheirNames() {
        configure("hot", "sql", "SELECT * FROM boiler WHERE temperature > 90");
        ConfiguredRule cold = configure("cold", "sql", "SELECT * FROM boiler WHERE temperature < 10");
        watch("hot", "cold");
        assertThat(bus.subscriptions("boiler")).isEqualTo(1);
        publish(95, 5, 50);
        assertThat(seen).containsExactly("hot 95.0", "cold 5.0");
        cold.close();
        publish(96, 6);
        assertThat(seen).containsExactly("hot 95.0", "cold 5.0", "hot 96.0");
        assertThat(bus.streams()).containsExactly("boiler", "hot");
    }

    @Test
    void aWindowClosesByItselfWhenNoMoreRowsCome() {
        configure("avg", "sql", "SELECT avg(temperature) AS a FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10)");
        watch("avg");
        publish(10, 20);
        system.advance(Duration.ofMillis(9_999));
        assertThat(seen).isEmpty();
        assertThat(engine.flows().get(0).queued()).isEqualTo(2);
        system.advance(Duration.ofMillis(1));
        assertThat(seen).containsExactly("avg 15.0");
        publish(30);
        system.advance(Duration.ofSeconds(10));
        assertThat(seen).containsExactly("avg 15.0", "avg 30.0");
        assertThat(engine.flows())
                .extracting(FlowSnapshot::from, FlowSnapshot::to, FlowSnapshot::aggregated, FlowSnapshot::emitted)
                .containsExactly(tuple("boiler", "rule:avg", 3L, 2L));
    }

    @Test
    void theShortestOfManyWindowsIsNotDelayedByTheLongest() {
        configure("slow", "sql", "SELECT count(*) AS n FROM boiler GROUP BY TUMBLINGWINDOW(mi, 1)");
        publish(1);
        configure("fast", "sql", "SELECT max(temperature) AS m FROM boiler GROUP BY TUMBLINGWINDOW(ss, 1)");
        watch("fast");
        publish(2);
        system.advance(Duration.ofSeconds(1));
        assertThat(seen).containsExactly("fast 2.0");
    }

    /** The clock is set forward: the new window's end is nearer than a whole window away. */
    @Test
    void aWindowThatOpensAfterAJumpOfTheClockEndsInTime() {
        configure("max", "sql", "SELECT max(temperature) AS m FROM boiler GROUP BY TUMBLINGWINDOW(mi, 1)");
        watch("max");
        publish(1);
        system.step(Duration.ofSeconds(3_655));
        system.advance(Duration.ofSeconds(60));
        assertThat(seen).containsExactly("max 1.0");
        publish(2);
        system.advance(Duration.ofSeconds(5));
        assertThat(seen).containsExactly("max 1.0", "max 2.0");
    }

    @Test
    void aRuleReadsAnotherRule() {
        configure("second", "sql", "SELECT a * 2 AS b FROM first");
        configure("first", "sql", "SELECT temperature + 1 AS a FROM boiler");
        watch("second");
        publish(1);
        assertThat(seen).containsExactly("second 4.0");
    }

    @Test
    void theRuleThatClosesACycleIsInvalidUntilTheCycleIsOpened() {
        configure("a", "sql", "SELECT * FROM c");
        ConfiguredRule b = configure("b", "sql", "SELECT * FROM a");
        configure("c", "sql", "SELECT * FROM b");
        configure("self", "sql", "SELECT * FROM self");
        assertThat(engine.list())
                .extracting(RuleStatus::name, RuleStatus::state, RuleStatus::detail)
                .containsExactly(
                        tuple("a", State.WAITING_FOR_STREAM, ""),
                        tuple("b", State.WAITING_FOR_STREAM, ""),
                        tuple(
                                "c",
                                State.INVALID,
                                "sql: reads b <- a <- c (expected: a rule that does not read its own results)"),
                        tuple(
                                "self",
                                State.INVALID,
                                "sql: reads self (expected: a rule that does not read its own results)"));
        b.close();
        assertThat(status("c").state()).isEqualTo(State.WAITING_FOR_STREAM);
    }

    @Test
    void aNameThatADeviceHasIsInvalid() {
        configure("boiler", "sql", "SELECT * FROM kettle");
        assertThat(status("boiler").state()).isEqualTo(State.INVALID);
        assertThat(status("boiler").detail()).isEqualTo("name: boiler (expected: a name that no device or rule has)");
    }

    @Test
    void aRuleThatADevicesNameKeptFromRunningStartsSoonAfterTheDeviceHasGone() {
        Publisher kettle = bus.publisher("kettle");
        ConfiguredRule rule = configure("kettle", "sql", "SELECT * FROM boiler");
        system.advance(Duration.ofSeconds(5));
        assertThat(status("kettle").state()).isEqualTo(State.INVALID);
        assertThat(engine.flows()).as("a rule that never ran has no edge").isEmpty();
        kettle.close();
        system.advance(Duration.ofSeconds(1));
        assertThat(status("kettle").state()).isEqualTo(State.WAITING_FOR_STREAM);
        publish(1);
        assertThat(status("kettle").state()).isEqualTo(State.RUNNING);
        rule.close();
        bus.publisher("kettle").close();
    }

    @Test
    void anEdgeGoesOnCountingWhenItsRuleIsEditedAndStaysWhenItIsRemoved() {
        ConfiguredRule first = configure("r", "sql", "SELECT * FROM boiler WHERE temperature > 90");
        publish(95, 5);
        first.close();
        ConfiguredRule second =
                configure("r", "sql", "SELECT count(*) AS n FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10)");
        publish(1, 2, 3);
        assertThat(engine.flows()).singleElement().satisfies(edge -> {
            assertThat(edge.in()).isEqualTo(5);
            assertThat(edge.passed()).isEqualTo(1);
            assertThat(edge.filtered()).isEqualTo(1);
            assertThat(edge.queued()).isEqualTo(3);
            assertThat(edge.imbalance()).isZero();
        });
        second.close();
        assertThat(engine.flows()).singleElement().satisfies(edge -> {
            assertThat(edge.to()).isEqualTo("rule:r");
            assertThat(edge.queued()).isZero();
            assertThat(edge.dropped()).containsExactly(Map.entry("stopped", 3L));
            assertThat(edge.imbalance()).isZero();
        });
        configure("r", "sql", "SELECT * FROM kettle");
        assertThat(engine.flows()).extracting(FlowSnapshot::from).containsExactly("boiler", "kettle");
    }

    @Test
    void badSettingsAreAStatusAndNeverAnException() {
        configure("syntax", "sql", "SELECT FROM boiler");
        configure("empty");
        configure("typo", "sql", "SELECT * FROM boiler", "enable", "no");
        configure("off", "sql", "SELECT * FROM boiler", "enabled", "no");
        configure("Upper", "sql", "SELECT * FROM boiler");
        assertThat(engine.list())
                .extracting(RuleStatus::name, RuleStatus::state, RuleStatus::detail)
                .containsExactly(
                        tuple(
                                "Upper",
                                State.INVALID,
                                "name: Upper (expected: a-z first, then a-z, 0-9, _ or -, 63 characters at most)"),
                        tuple(
                                "empty",
                                State.INVALID,
                                "sql: missing (expected: a rule such as SELECT * FROM boiler WHERE temperature > 90)"),
                        tuple("off", State.DISABLED, ""),
                        tuple("syntax", State.INVALID, "line 1, column 8: expected an expression, found FROM"),
                        tuple("typo", State.INVALID, "enable: no (expected: did you mean enabled?)"));
        assertThat(bus.subscriptions("boiler")).isZero();
    }

    private RuleStatus status(String name) {
        return engine.list().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ConfiguredRule configure(String name, String... keysAndValues) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.add(keysAndValues[i]);
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        properties.put(Instance.KEYS, keys.toArray(String[]::new));
        properties.put(Instance.NAME, name);
        properties.put(Instance.FILE, "headgate.rule-" + name + ".cfg");
        return new ConfiguredRule(properties, engine);
    }

    private void watch(String... streams) {
        for (String stream : streams) {
            bus.subscribe(
                    "watch",
                    List.of(stream),
                    10,
                    OverflowPolicy.DROP_OLDEST,
                    (name, row) -> seen.add(name + " " + row.asDouble(0)));
        }
    }

    private void publish(double... temperatures) {
        for (double temperature : temperatures) {
            boiler.publish(Row.builder(BOILER).set(0, temperature).build(system.epochNanos(), ClockState.SYNCED));
            system.run();
        }
    }
}
