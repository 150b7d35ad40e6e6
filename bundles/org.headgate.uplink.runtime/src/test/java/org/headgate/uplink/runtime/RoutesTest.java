package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Settings;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.OutboxBatch;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static final Schema PLAIN =
            Schema.of(new Column("temperature", Type.DOUBLE, "Cel"), new Column("state/1", Type.STRING, ""));
    private static final Schema NAMED =
            Schema.of(new Column("device", Type.STRING, ""), new Column("avg", Type.DOUBLE, ""));

    private static Settings keys(String... pairs) {
        Map<String, String> raw = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            raw.put(pairs[i], pairs[i + 1]);
        }
        return new Settings(raw);
    }

    private static OutboxBatch batch(String stream, Row... rows) {
        return new OutboxBatch(
                1, stream, "01J", 7, List.of(rows), Map.of(), false, false, false, OutboxBatch.Part.WHOLE);
    }

    private static Row plain(double value, String text) {
        var row = Row.builder(PLAIN).set(0, value);
        return (text.isEmpty() ? row : row.set(1, (Object) text)).build(1, ClockState.SYNCED);
    }

    private static Row named(String device, double avg) {
        return Row.builder(NAMED).set(0, (Object) device).set(1, avg).build(1, ClockState.SYNCED);
    }

    private static List<String> topics(Routes routes, OutboxBatch batch) {
        return routes.shares(batch).stream()
                .map(share -> share.route().topic() + " " + share.batch().rows().size())
                .toList();
    }

    @Test
    void aStreamHasATopicOfItsOwnByDefault() {
        assertThat(topics(Routes.of(keys(), "gw-1"), batch("boiler", plain(1, ""))))
                .containsExactly("headgate/gw-1/boiler 1");
    }

    @Test
    void theFirstPatternThatFitsDecides() {
        Settings keys = keys(
                "topic",
                "a/{stream}",
                "topic.alarm-*",
                "alarms/{stream}",
                "qos.alarm-*",
                "2",
                "retain.alarm-hot",
                "true",
                "qos",
                "0");
        Routes routes = Routes.of(keys, "gw-1");
        assertThat(keys.problems()).isEmpty();
        var hot = routes.shares(batch("alarm-hot", plain(1, ""))).get(0).route();
        assertThat(hot.topic()).isEqualTo("alarms/alarm-hot");
        assertThat(hot.qos()).isEqualTo(2);
        assertThat(hot.retain()).isTrue();
        var boiler = routes.shares(batch("boiler", plain(1, ""))).get(0).route();
        assertThat(boiler.topic()).isEqualTo("a/boiler");
        assertThat(boiler.qos()).isZero();
        assertThat(boiler.retain()).isFalse();
    }

    @Test
    void eachChannelHasATopicAndWhatWasNotSampledHasNone() {
        Routes routes = Routes.of(keys("topic", "{gateway}/{device}/{channel}"), "gw-1");
        assertThat(topics(routes, batch("boiler", plain(1, ""), plain(2, "on"), plain(3, ""))))
                // What separates levels is replaced: nobody gets what is meant for another topic (MQTT 5, 4.7.3).
                .containsExactly("gw-1/boiler/temperature 3", "gw-1/boiler/state_1 1");
    }

    @Test
    void aRulesRowsGoToTheDevicesThatTheyName() {
        Routes routes = Routes.of(keys("topic", "{device}/{stream}"), "gw-1");
        assertThat(topics(routes, batch("avg", named("pump", 1), named("fan/#", 2), named("pump", 3))))
                .containsExactly("pump/avg 2", "fan_/_/avg 1".replace("_/_", "__"));
    }

    @Test
    void aTopicWithAWildcardIsRefusedWithItsKey() {
        Settings keys = keys("topic", "a/{stream}", "topic.x", "b/+/{stream}");
        Routes.of(keys, "gw-1");
        assertThat(keys.problems()).hasSize(1);
        assertThat(keys.problems().get(0).toString()).startsWith("topic.x: b/+/{stream} (expected: a topic");
    }
}
