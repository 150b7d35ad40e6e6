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
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.api.RuleStatus.State;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** A gateway whose rules keep their states: over stops, kills, edits and a disk that fails. */
class CheckpointsTest {
    private static final Schema ONE = Schema.of(Column.of("x", Type.DOUBLE));
    private static final String SUM = "SELECT sum(x) AS s, count(*) AS n FROM boiler GROUP BY COUNTWINDOW(5)";
    private final MemoryStorage disk = new MemoryStorage();

    /** A gateway from its start to its end. */
    private static final class Gateway {
        final SimulatedSystem system = new SimulatedSystem(1);
        final FakeBus bus = new FakeBus(system);
        final RuleEngine engine;
        final List<String> seen = new ArrayList<>();
        private final Publisher boiler = bus.publisher("boiler");

        Gateway(MemoryStorage disk) {
            engine = new RuleEngine(bus, system, system, system, disk, Recording.functions(), null);
            bus.subscribe("watch", List.of("r"), 10, OverflowPolicy.DROP_OLDEST, (name, row) -> seen.add(text(row)));
        }

        private static String text(Row row) {
            String text = Recording.text(row);
            return text.substring(text.indexOf(' ') + 1);
        }

        ConfiguredRule rule(String name, String... keysAndValues) {
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

        ConfiguredRule keeping(String sql) {
            return rule("r", "sql", sql, "state", "checkpoint 10s");
        }

        void rows(double... values) {
            for (double value : values) {
                boiler.publish(Row.builder(ONE).set(0, value).build(system.epochNanos(), ClockState.SYNCED));
                system.run();
            }
        }

        void seconds(int count) {
            system.advance(Duration.ofSeconds(count));
        }

        FlowSnapshot flow() {
            FlowSnapshot flow = engine.flows().stream()
                    .filter(each -> each.to().equals("rule:r"))
                    .findFirst()
                    .orElseThrow();
            assertThat(flow.imbalance()).isZero();
            return flow;
        }
    }

    private Gateway gateway() {
        return new Gateway(disk);
    }

    @Test
    void aStopLosesNothing() {
        Gateway before = gateway();
        before.keeping(SUM);
        before.rows(1, 2, 3);
        before.engine.close();
        Gateway after = gateway();
        after.keeping(SUM);
        after.rows(4, 5, 6);
        assertThat(after.seen).containsExactly("s=15.0 n=5");
        assertThat(after.flow().recovered()).isEqualTo(3);
        assertThat(after.flow().queued()).isEqualTo(1);
    }

    /** The first record after a start may be made before the rule has been given what it left. */
    @Test
    void whatARuleLeftStaysUntilTheRuleHasIt() throws RuleException {
        Gateway before = gateway();
        before.keeping(SUM);
        before.rows(1, 2, 3);
        before.engine.close();
        byte[] left = leftFor(program());
        assertThat(left).isNotEmpty();
        assertThat(leftFor(program())).isEqualTo(left);
    }

    private byte[] leftFor(RuleProgram program) {
        SimulatedSystem system = new SimulatedSystem(1);
        byte[] left =
                new Checkpoints(disk, system, system, system.loop("rules")).add("r", Duration.ofSeconds(10), program);
        system.run();
        return left;
    }

    private static RuleProgram program() throws RuleException {
        return new RuleProgram(
                "r", RuleParser.parse(SUM), Recording.FUNCTIONS, Inputs.NONE, RuleOptions.DEFAULT, row -> {});
    }

    @Test
    void aKillLosesWhatCameSinceTheCheckpoint() {
        Gateway before = gateway();
        before.keeping(SUM);
        before.rows(1, 2);
        before.seconds(10);
        before.rows(100, 100);
        Gateway after = gateway();
        after.keeping(SUM);
        after.rows(3, 4, 5);
        assertThat(after.seen).containsExactly("s=15.0 n=5");
        assertThat(after.flow().recovered()).isEqualTo(2);
    }

    @Test
    void itIsWrittenOnceAnIntervalForAllRulesAndOftenerOnlyWhenOneWantsIt() {
        Gateway gateway = gateway();
        gateway.keeping(SUM);
        for (int i = 0; i < 20; i++) {
            gateway.rule("also" + i, "sql", SUM, "state", "checkpoint 1m");
        }
        gateway.rows(1);
        long syncs = disk.syncs();
        gateway.seconds(100);
        // The first record was written when the rules began, and gave the new files their names.
        assertThat(disk.syncs() - syncs).isEqualTo(10);
    }

    @Test
    void aRuleThatDoesNotKeepItsStateWritesNothing() {
        Gateway gateway = gateway();
        gateway.rule("r", "sql", SUM);
        gateway.rows(1);
        gateway.seconds(100);
        gateway.engine.close();
        assertThat(disk.syncs()).isZero();
    }

    @Test
    void anotherTextBeginsEmpty() {
        Gateway before = gateway();
        before.keeping(SUM);
        before.rows(1, 2, 3);
        before.engine.close();
        Gateway after = gateway();
        after.keeping(SUM.replace("5", "4"));
        after.rows(4, 5, 6, 7);
        assertThat(after.seen).containsExactly("s=22.0 n=4");
        assertThat(after.flow().recovered()).isZero();
    }

    @Test
    void anEditOfSomethingElseGoesOn() {
        Gateway gateway = gateway();
        ConfiguredRule first = gateway.keeping(SUM);
        gateway.rows(1, 2, 3);
        first.close();
        gateway.rule("r", "sql", SUM, "state", "checkpoint 20s");
        gateway.rows(4, 5);
        assertThat(gateway.seen).containsExactly("s=15.0 n=5");
        gateway.flow();
    }

    /** What the first one keeps is not the second one's to end. */
    @Test
    void aSecondRuleOfTheSameNameEndsNothingOfTheFirst() {
        Gateway gateway = gateway();
        gateway.keeping(SUM);
        gateway.keeping(SUM).close();
        gateway.rows(1, 2, 3);
        gateway.seconds(10);
        Gateway after = gateway();
        after.keeping(SUM);
        after.rows(4, 5);
        assertThat(after.seen).containsExactly("s=15.0 n=5");
    }

    @Test
    void aDoorPutsOutWhatItHoldsOnceThoughTheGatewayStopsInBetween() {
        String sql = "SELECT x FROM boiler WHERE swinging_door(x, 0.5)";
        Gateway before = gateway();
        before.keeping(sql);
        before.rows(1, 1);
        before.seconds(1);
        before.rows(1);
        before.engine.close();
        assertThat(before.seen).containsExactly("x=1.0");
        Gateway after = gateway();
        after.keeping(sql);
        after.seconds(2);
        after.rows(9);
        assertThat(after.seen).containsExactly("x=1.0");
        assertThat(after.flow().recovered()).isEqualTo(1);
    }

    @Test
    void aDiskThatFailsStopsNoRuleAndIsTriedAgain() {
        Gateway gateway = gateway();
        gateway.keeping(SUM);
        gateway.rows(1);
        disk.failFrom(0, "Input/output error", false);
        gateway.seconds(35);
        gateway.rows(2);
        assertThat(gateway.engine.list().get(0).state()).isEqualTo(State.RUNNING);
        disk.heal();
        gateway.seconds(10);
        Gateway after = gateway();
        after.keeping(SUM);
        after.rows(3, 4, 5);
        assertThat(after.seen).containsExactly("s=15.0 n=5");
    }

    @Test
    void aDiskThatCannotBeReadAtTheStartIsWrittenLater() {
        Gateway before = gateway();
        before.keeping(SUM);
        before.rows(100);
        for (int i = 0; i < 5; i++) {
            before.seconds(10);
        }
        before.engine.close();
        disk.failFrom(0, "Input/output error", false);
        Gateway blind = gateway();
        blind.keeping(SUM);
        blind.rows(1, 2);
        disk.heal();
        blind.seconds(10);
        Gateway after = gateway();
        after.keeping(SUM);
        after.rows(3, 4, 5);
        assertThat(after.seen).containsExactly("s=15.0 n=5");
    }

    @Test
    void garbageOnTheDiskIsNoState() {
        disk.in("rules").damage("rules-0.state", new byte[] {'H', 'G', 'S', 'T', 1, 2, 3});
        Gateway gateway = gateway();
        gateway.keeping(SUM);
        gateway.rows(1, 2, 3, 4, 5);
        assertThat(gateway.seen).containsExactly("s=15.0 n=5");
    }
}
