package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.headgate.config.api.Instance;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.RuleStatus.State;
import org.headgate.rule.api.Rules;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectService;

/** Inside a real framework, on the real bus: rules come and go as their files do. */
class RuleEngineIT {
    private static final Schema BOILER = Schema.of(new Column("temperature", Type.DOUBLE, "Cel"));

    @InjectService
    ConfigurationAdmin configurations;

    @InjectService
    Rules rules;

    @InjectService
    StreamBus bus;

    private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(rules.list()).isEmpty());
    }

    @Test
    void aConfigurationMakesARunningRuleThatPutsItsRowsOut() throws Exception {
        configure("hot", "SELECT temperature AS t FROM boiler WHERE temperature > 90");
        awaitState("hot", State.WAITING_FOR_STREAM);
        List<Double> seen = new CopyOnWriteArrayList<>();
        Subscription watch = bus.subscribe(
                "itest", List.of("hot"), 100, OverflowPolicy.DROP_OLDEST, (stream, row) -> seen.add(row.asDouble(0)));
        opened.add(watch::close);
        publish(50, 91.5, 90, 95);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(seen).containsExactly(91.5, 95.0));
        awaitState("hot", State.RUNNING);
    }

    @Test
    void aWindowClosesByTheRealClock() throws Exception {
        configure("total", "SELECT sum(temperature) AS s FROM boiler GROUP BY TUMBLINGWINDOW(ms, 50)");
        awaitState("total", State.WAITING_FOR_STREAM);
        List<Double> seen = new CopyOnWriteArrayList<>();
        Subscription watch = bus.subscribe(
                "itest", List.of("total"), 100, OverflowPolicy.DROP_OLDEST, (stream, row) -> seen.add(row.asDouble(0)));
        opened.add(watch::close);
        publish(1, 2, 4);
        // The three rows may lie in one window or in more; together they are 7 whatever the machine does.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                seen.stream().mapToDouble(Double::doubleValue).sum())
                        .isEqualTo(7));
    }

    @Test
    void aSyntaxErrorIsAStateWithItsPlaceAndDoesNotClaimTheName() throws Exception {
        configure("typo", "SELECT temperature\nFORM boiler");
        awaitState("typo", State.INVALID);
        assertThat(status("typo").orElseThrow().detail())
                .isEqualTo("line 2, column 1: expected ',' or FROM, found FORM");
        assertThat(bus.streams()).doesNotContain("typo");
    }

    @Test
    void deletingTheConfigurationFreesTheStreamsName() throws Exception {
        Configuration configuration = configure("freed", "SELECT * FROM boiler");
        awaitState("freed", State.WAITING_FOR_STREAM);
        assertThat(bus.streams()).contains("freed");
        configuration.delete();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(status("freed")).isEmpty());
        bus.publisher("freed").close();
    }

    private Configuration configure(String name, String sql) throws Exception {
        Configuration configuration = configurations.getFactoryConfiguration("headgate.rule", name, "?");
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Instance.NAME, name);
        properties.put(Instance.KEYS, new String[] {"sql"});
        properties.put("sql", sql);
        configuration.update(properties);
        String pid = configuration.getPid();
        opened.add(() -> {
            Configuration[] left = configurations.listConfigurations("(service.pid=" + pid + ")");
            if (left != null) {
                left[0].delete();
            }
        });
        return configuration;
    }

    private void publish(double... temperatures) {
        Publisher boiler = bus.publisher("boiler");
        opened.add(boiler::close);
        for (double temperature : temperatures) {
            boiler.publish(Row.builder(BOILER).set(0, temperature).build(0, ClockState.SYNCED));
        }
    }

    private void awaitState(String rule, State wanted) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(status(rule)).map(RuleStatus::state).contains(wanted));
    }

    private Optional<RuleStatus> status(String rule) {
        return rules.list().stream()
                .filter(status -> status.name().equals(rule))
                .findFirst();
    }
}
