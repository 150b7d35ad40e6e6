package org.headgate.commands.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.console.api.kit.Console;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.TrialStep;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UplinkCommandsTest {
    private static final String CLOUD = "headgate.uplink-cloud.cfg";
    private static final String ADDRESS = "mqtt://127.0.0.1:1883";

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final Console console = new Console();
    private final MemoryConfigurations files = new MemoryConfigurations();
    private final UplinkEdits edits = new UplinkEdits(files, this::running, system, system);
    private final Queue outbox = new Queue();
    private final UplinkAddCommand add = new UplinkAddCommand(edits);

    private UplinkStatus.Ignored ignored = UplinkStatus.Ignored.NOTHING;

    private List<UplinkStatus> running() {
        List<UplinkStatus> all = new ArrayList<>();
        for (String file : files.files()) {
            if (!file.startsWith("headgate.uplink-")) {
                continue;
            }
            Map<String, String> keys = files.values(file);
            boolean on = !"false".equals(keys.get("enabled"));
            State state = on ? State.OFFLINE : State.DISABLED;
            String name = file.substring("headgate.uplink-".length(), file.length() - ".cfg".length());
            String why = on ? "connection refused" : "";
            String address = keys.get("address");
            all.add(new UplinkStatus(
                    name, "mqtt", address, state, why, system.epochNanos(), 7, 900, 3, 0, 0, 0, 1, 0, ignored));
        }
        return all;
    }

    @BeforeEach
    void streams() {
        files.with("headgate.device-boiler.cfg", Map.of("driver", "simulator"));
        files.with("headgate.rule-boiler-avg.cfg", Map.of("sql", "SELECT t FROM boiler"));
        files.with("headgate.rule-alarm-hot.cfg", Map.of("sql", "SELECT t FROM boiler"));
    }

    @Test
    void eachNameThatIsNoStreamsIsNoted() throws Exception {
        assertThat(console.run(add, "cloud", ADDRESS, "streams=boilr,boiler,x-*,boil*,gateway-events"))
                .isEqualTo("""
                    uplink cloud is added (revision 1)
                    note: no stream boilr; did you mean boiler? stream:list shows them
                    note: no stream x-*; stream:list shows them
                    cloud: OFFLINE, connection refused
                    """);
        assertThatThrownBy(() -> console.run(add, "u4", ADDRESS, "streams=boiler,", "host"))
                .hasMessage("host (expected: key=value; no blank behind a comma, or quotes around it all)");
    }

    @Test
    void aFormatThatIsAlmostThereIsNotedAndAnyOtherMayCome() throws Exception {
        assertThat(console.run(add, "cloud", ADDRESS, "streams=boiler", "format=sparkplg"))
                .contains("note: no format sparkplg; did you mean sparkplug? there are: json, senml, senml-cbor,"
                        + " sparkplug\n");
        assertThat(console.run(add, "other", ADDRESS, "streams=boiler", "transport=mqt"))
                .contains("note: no transport mqt; did you mean mqtt? there are: mqtt\n");
        assertThat(console.run(add, "third", ADDRESS, "streams=boiler", "format=avro", "transport=kafka"))
                .doesNotContain("note:");
    }

    @Test
    void anUplinkIsAddedWithTheTransportOfItsAddressAndItsStateIsTold() throws Exception {
        assertThat(console.run(add, "cloud", ADDRESS, "streams=boiler-avg,alarm-*", "password=@mqtt"))
                .isEqualTo("uplink cloud is added (revision 1)\ncloud: OFFLINE, connection refused\n");
        assertThat(files.values(CLOUD))
                .isEqualTo(Map.of(
                        "transport", "mqtt",
                        "address", ADDRESS,
                        "streams", "boiler-avg,alarm-*",
                        "password", "@mqtt"));
        assertThat(console.run(add, "cloud", ADDRESS)).startsWith("error: there is an uplink cloud already");
        assertThatThrownBy(() -> console.run(add, "other", "http://x"))
                .hasMessageStartingWith("address: http://x (expected: mqtt://host");
        assertThatThrownBy(() -> console.run(add, "other", "broker:1883"))
                .hasMessageContaining("expected: mqtt://host");
        assertThatThrownBy(() -> console.run(add, "other", ADDRESS, "streams"))
                .hasMessage("streams (expected: key=value)");
        assertThatThrownBy(() -> console.run(add, "other", ADDRESS, "streams=a", "address="))
                .hasMessageStartingWith("address stands there twice");
    }

    @Test
    void setChangesKeysAndTakesThemOut() throws Exception {
        files.with(CLOUD, Map.of("address", ADDRESS, "streams", "a", "timeout", "1s"));
        UplinkSetCommand set = new UplinkSetCommand(edits);
        assertThat(console.run(set, "cloud", "streams=a,b", "timeout=")).startsWith("uplink cloud is changed");
        assertThat(files.values(CLOUD)).isEqualTo(Map.of("address", ADDRESS, "streams", "a,b"));
        assertThat(console.run(set, "clou", "streams=a"))
                .isEqualTo("error: no uplink clou; did you mean cloud? uplink:list shows them\n");
        assertThat(set.complete(List.of("cloud", "streams=a")))
                .contains("format=json")
                .doesNotContain("streams=");
        assertThat(console.run(new UplinkDisableCommand(edits), "cloud")).endsWith("cloud: DISABLED\n");
        assertThat(console.run(new UplinkEnableCommand(edits), "cloud")).contains("switched on");
    }

    @Test
    void whatWaitsIsNotGivenUpUnasked() throws Exception {
        files.with(CLOUD, Map.of("address", ADDRESS, "streams", "a"));
        outbox.queued = 12;
        UplinkRemoveCommand remove = new UplinkRemoveCommand(edits, outbox);
        assertThat(console.run(remove, "cloud"))
                .isEqualTo("error: uplink cloud stays: 12 rows wait in its outbox and would not be sent"
                        + " (expected: --yes)\n");
        Person person = new Person();
        console.dialogue(person);
        person.answers.add("n");
        assertThat(console.run(remove, "cloud")).isEqualTo("error: uplink cloud stays: nothing is changed\n");
        assertThat(person.asked.get(0))
                .startsWith("12 rows wait in its outbox and would not be sent; remove uplink cloud");
        person.answers.add("y");
        assertThat(console.run(remove, "cloud")).isEqualTo("uplink cloud is removed (revision 1)\n");
        files.with(CLOUD, Map.of("address", ADDRESS, "streams", "a"));
        assertThat(console.run(remove, "cloud", "--yes")).startsWith("uplink cloud is removed");
    }

    @Test
    void aTestShowsItsStepsAndFailsWithTheOneThatFailed() throws Exception {
        files.with(CLOUD, Map.of("address", ADDRESS, "streams", "a"));
        List<TrialStep> good = List.of(new TrialStep("log in", Duration.ofMillis(12), "", ""));
        assertThat(console.run(new UplinkTestCommand(edits, any -> CompletableFuture.completedFuture(good)), "cloud"))
                .isEqualTo("""
                    STEP       TOOK  RESULT
                    log in  12.0 ms  good
                    """);
        assertThat(console.status()).isZero();
        List<TrialStep> bad = List.of(new TrialStep("log in", Duration.ofMillis(12), "", "not authorized"));
        UplinkTestCommand failing = new UplinkTestCommand(edits, any -> CompletableFuture.completedFuture(bad));
        assertThat(console.run(failing, "cloud"))
                .contains("FAILED: not authorized")
                .endsWith("error: cloud does not get through\n");
        assertThat(console.json(failing, "cloud", "--json").get("passed").asBoolean())
                .isFalse();
        assertThat(console.status()).isEqualTo(1);
        UplinkTestCommand refused =
                new UplinkTestCommand(edits, any -> CompletableFuture.failedFuture(new IOException("no secret x")));
        assertThat(console.run(refused, "cloud")).isEqualTo("error: no secret x\n");
    }

    @Test
    void infoShowsKeysAndCountsButNoPassword() throws Exception {
        files.with(CLOUD, Map.of("address", ADDRESS, "password", "hunter2"));
        outbox.queued = 12;
        UplinkInfoCommand info = new UplinkInfoCommand(edits, outbox);
        assertThat(console.run(info, "cloud"))
                .contains("OFFLINE", "connection refused", "12 rows wait", "7 rows, 3 messages", "password      ***")
                .doesNotContain("hunter2");
        assertThat(console.json(info, "cloud", "--json").at("/settings/address").asText())
                .isEqualTo(ADDRESS);
    }

    @Test
    void whatNobodyHasHeardIsToldWhereThereIsSomething() throws Exception {
        files.with(CLOUD, Map.of("address", ADDRESS));
        UplinkInfoCommand info = new UplinkInfoCommand(edits, outbox);
        assertThat(console.run(info, "cloud")).doesNotContain("ignored");
        ignored = new UplinkStatus.Ignored(3, 0, 5);
        assertThat(console.run(info, "cloud"))
                .containsPattern("ignored +3 malformed requests, 5 messages too many or too long\n");
        assertThat(console.json(info, "cloud", "--json").get("unheard").asInt()).isEqualTo(5);
    }

    private static final class Queue implements Outbox {
        private long queued;

        @Override
        public OutboxLog open(OutboxName name, OutboxSettings settings, Runnable readable) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void waiting(OutboxName name, int change) {}

        @Override
        public void abandoned(OutboxName name, int rows) {}

        @Override
        public List<OutboxStatus> list() {
            FlowSnapshot flow = new FlowSnapshot("*", "outbox:cloud", queued, 0, 0, 0, 0, queued, Map.of(), 0, 0);
            return List.of(new OutboxStatus(
                    OutboxName.of("cloud"), "log", flow, 4096, 1 << 20, Duration.ZERO, 1, 0, 0, 0, 0, 0, 0, 0, 0, ""));
        }
    }
}
