package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Origin;
import org.headgate.device.api.DeviceState;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.PayloadWriter;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What hosts ask for: births, and values for devices. */
class HostCommandsTest {
    private static final long NOW = SimulatedSystem.START_NANOS / 1_000_000;
    private static final String NCMD = "spBv1.0/plant/NCMD/gw-1";
    private static final String DCMD = "spBv1.0/plant/DCMD/gw-1/boiler";

    private final Plant plant = new Plant();
    private final Host host = plant.host;

    @BeforeEach
    void commandsAreAllowed() {
        plant.options.put("commands", "true");
        plant.device("boiler", new DeviceState.Online());
    }

    private void born() {
        plant.connect();
        plant.send("boiler", plant.row(1, true));
        host.heard.clear();
    }

    private static Metric metric(String name, int datatype, Object value) {
        return new Metric(
                name,
                OptionalLong.empty(),
                OptionalLong.empty(),
                datatype,
                false,
                false,
                Map.of(),
                Optional.ofNullable(value));
    }

    private static byte[] command(long millis, Metric... metrics) {
        PayloadWriter out = new PayloadWriter(millis);
        List.of(metrics).forEach(out::metric);
        return out.unnumbered();
    }

    @Test
    @Tck({
        "message-flow-edge-node-ncmd-subscribe",
        "message-flow-device-dcmd-subscribe",
        "topics-ncmd-topic",
        "topics-dcmd-topic"
    })
    void commandsForTheNodeAndForAnyDeviceAreSubscribedTo() {
        plant.open();
        assertThat(plant.session.subscriptions()).containsExactly(NCMD, "spBv1.0/plant/DCMD/gw-1/+");
    }

    @Test
    @Tck({
        "operational-behavior-data-commands-rebirth-action-1",
        "operational-behavior-data-commands-rebirth-action-2",
        "operational-behavior-data-commands-rebirth-action-3"
    })
    void aRebirthTellsAllBirthsAgainWithTheSameBdSeq() {
        born();
        plant.send("rule", plant.row(2, true));
        host.heard.clear();
        plant.hears(NCMD, RebirthTest.rebirth());
        assertThat(host.heard).containsExactly("NBIRTH", "DBIRTH boiler", "DBIRTH rule");
        plant.send("boiler", plant.row(3, true));
        assertThat(host.last.getSeq()).isEqualTo(3);
    }

    @Test
    void aRebirthOfFalseIsNone() {
        born();
        plant.hears(NCMD, command(NOW, metric("Node Control/Rebirth", 11, false)));
        assertThat(host.heard).isEmpty();
    }

    @Test
    @Tck({
        "topics-ndata-topic",
        "topics-ndata-mqtt",
        "topics-ndata-seq-num",
        "topics-ndata-timestamp",
        "topics-ndata-payload",
        "operational-behavior-data-publish-nbirth-change",
        "operational-behavior-data-publish-nbirth-order",
        "payloads-ndata-timestamp",
        "payloads-ndata-seq",
        "payloads-ndata-seq-inc",
        "payloads-ndata-qos",
        "payloads-ndata-retain"
    })
    void whatTheNodeRefusesItTellsInItsOwnData() {
        born();
        plant.hears(NCMD, command(NOW, metric("Node Control/Reboot", 11, true)));
        assertThat(host.heard).containsExactly("NDATA");
        assertThat(host.last.getMetricsCount()).isEqualTo(1);
        assertThat(host.last.getSeq()).isEqualTo(3);
        assertThat(host.values).containsEntry("/Commands/Refused", 1L);
        plant.hears(NCMD, new byte[] {1, 2, 3});
        assertThat(host.values).containsEntry("/Messages/Unreadable", 1L);
        assertThat(host.last.getMetricsCount()).isEqualTo(1);
        plant.pass(Duration.ofMinutes(10));
        assertThat(host.heard).containsExactly("NDATA", "NDATA");
    }

    @Test
    void aWriteIsACommandOfTheCloudThatTheAuditKnows() {
        born();
        plant.hears(DCMD, command(NOW, metric("pump", 11, false)));
        assertThat(plant.commanded).hasSize(1);
        Command command = plant.commanded.get(0);
        assertThat(command.name()).isEqualTo("device.write");
        assertThat(command.arguments())
                .containsExactlyInAnyOrderEntriesOf(Map.of("device", "boiler", "channel", "pump", "value", "false"));
        assertThat(command.origin()).isEqualTo(Origin.cloud("cloud"));
        assertThat(command.expiresNanos()).hasValue((NOW + 30_000) * 1_000_000);
        assertThat(host.values).containsEntry("/Commands/Done", 1L);
    }

    @Test
    void aWriteThatTheBrokerDeliversTwiceHasTheSameIdAndAnotherOneHasNot() {
        born();
        plant.hears(DCMD, command(NOW, metric("pump", 11, false)));
        plant.hears(DCMD, command(NOW, metric("pump", 11, false)));
        plant.hears(DCMD, command(NOW + 1, metric("pump", 11, false)));
        plant.hears(DCMD, command(NOW, metric("pump", 11, true)));
        assertThat(plant.commanded).extracting(Command::id).doesNotContain("");
        assertThat(plant.commanded.get(1).id()).isEqualTo(plant.commanded.get(0).id());
        assertThat(plant.commanded.stream().map(Command::id).distinct()).hasSize(3);
    }

    @Test
    void aMetricIsMeantByItsAliasAndItsTypeIsThatOfTheBirth() {
        born();
        plant.hears(NCMD, RebirthTest.rebirth());
        long alias = host.metrics.get("boiler/mode").getAlias();
        Metric write = new Metric(
                "", OptionalLong.of(alias), OptionalLong.empty(), 0, false, false, Map.of(), Optional.of(-3L));
        plant.hears(DCMD, command(NOW, write));
        assertThat(plant.commanded.get(0).arguments())
                .containsEntry("channel", "mode")
                .containsEntry("value", "-3");
    }

    @Test
    void whatCanOnlyBeWrittenIsInTheBirthsToo() {
        born();
        assertThat(host.values).containsEntry("boiler/setpoint", null).containsEntry("boiler/mode", null);
        assertThat(host.property("boiler/setpoint", "engUnit")).isEqualTo("Cel");
        plant.hears(DCMD, command(NOW, metric("setpoint", 9, 65.1f)));
        assertThat(plant.commanded.get(0).arguments()).containsEntry("value", "65.1");
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("mode", 4, -5L, "-5"),
                arguments("mode", 3, -5, "-5"),
                arguments("mode", 1, 0xFB, "-5"),
                arguments("mode", 2, 0xFFFB, "-5"),
                arguments("mode", 7, -1, "4294967295"),
                arguments("mode", 7, 4294967295L, "4294967295"),
                arguments("mode", 8, Long.MAX_VALUE, "9223372036854775807"),
                arguments("mode", 5, 255, "255"),
                arguments("setpoint", 10, 1e10, "10000000000"),
                arguments("setpoint", 10, 0.1, "0.1"),
                arguments("setpoint", 4, 65L, "65"),
                arguments("pump", 11, true, "true"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueIsReadAsItsTypeSays(String channel, int datatype, Object value, String text) {
        born();
        plant.hears(DCMD, command(NOW, metric(channel, datatype, value)));
        assertThat(plant.commanded).hasSize(1);
        assertThat(plant.commanded.get(0).arguments().get("value"))
                .satisfies(found -> assertThat(new java.math.BigDecimal(found.equals("true") ? "1" : found))
                        .isEqualByComparingTo(text.equals("true") ? "1" : text));
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                arguments("pump", 4, 1L),
                arguments("pump", 12, "true"),
                arguments("mode", 10, 1.0),
                arguments("mode", 0, 1),
                arguments("mode", 5, 256),
                arguments("mode", 8, -1L),
                arguments("mode", 16, 1L),
                arguments("setpoint", 10, Double.NaN),
                arguments("setpoint", 0, 1),
                arguments("setpoint", 12, "1"),
                arguments("temperature", 17, new byte[1]),
                arguments("mode", 4, null),
                arguments("nothing", 4, 1L));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void aValueOfAnotherTypeIsRefused(String channel, int datatype, Object value) {
        born();
        plant.hears(DCMD, command(NOW, metric(channel, datatype, value)));
        assertThat(plant.commanded).isEmpty();
        assertThat(host.values).containsEntry("/Commands/Refused", 1L);
    }

    @Test
    void withoutTheOptionNothingIsWrittenAndNothingThatCanOnlyBeWrittenIsBorn() {
        plant.options.remove("commands");
        born();
        assertThat(host.values).doesNotContainKey("boiler/setpoint");
        plant.hears(DCMD, command(NOW, metric("pump", 11, false)));
        plant.hears(DCMD, command(NOW, metric("pump", 11, false)));
        assertThat(plant.commanded).isEmpty();
        assertThat(host.values).containsEntry("/Commands/Refused", 2L);
    }

    @Test
    void aCommandWithoutATimeOrForNobodyOrForTooMuchIsRefused() {
        born();
        PayloadWriter timeless = new PayloadWriter(Long.MAX_VALUE);
        plant.hears(DCMD, timeless.metric(metric("pump", 11, true)).unnumbered());
        plant.hears(DCMD, new byte[0]);
        plant.hears("spBv1.0/plant/DCMD/gw-1/nobody", command(NOW, metric("pump", 11, true)));
        Metric[] many = new Metric[101];
        java.util.Arrays.fill(many, metric("pump", 11, true));
        plant.hears(DCMD, command(NOW, many));
        assertThat(plant.commanded).isEmpty();
        assertThat(host.values).containsEntry("/Commands/Refused", 4L);
    }

    @Test
    void aWriteThatFailsCountsAsRefused() {
        born();
        plant.answer = Optional.of(CommandResult.Status.FAILED);
        plant.hears(DCMD, command(NOW, metric("pump", 11, false)));
        assertThat(host.values).containsEntry("/Commands/Refused", 1L).containsEntry("/Commands/Done", 0L);
    }

    /** A broker hands out at each connection what it keeps: a valve would open again and again. */
    @Test
    void aCommandThatTheBrokerKeepsIsRefused() {
        born();
        for (String topic : List.of(DCMD, NCMD)) {
            plant.session.received(new org.headgate.uplink.api.Incoming(
                    topic, command(NOW, metric("pump", 11, true)), "", new byte[0], true));
        }
        plant.drain();
        assertThat(plant.commanded).isEmpty();
        assertThat(host.values).containsEntry("/Commands/Refused", 2L);
    }

    @Test
    void moreMessagesThanCanBeHeardAreNotKept() {
        born();
        for (int i = 0; i < 5000; i++) {
            plant.session.received(new org.headgate.uplink.api.Incoming(
                    DCMD, command(NOW + i, metric("pump", 11, true)), "", new byte[0]));
        }
        plant.drain();
        assertThat(plant.commanded).hasSize(Inbox.MOST);
        assertThat(host.values).containsEntry("/Messages/Unheard", 5000L - Inbox.MOST);
        assertThat(plant.unheard).isEqualTo(5000 - Inbox.MOST);
        plant.hears(DCMD, command(NOW, metric("pump", 11, true)));
        assertThat(plant.commanded).hasSize(Inbox.MOST + 1);
    }
}
