package org.headgate.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.Uplinks;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private UplinkStatus status = uplink(UplinkStatus.State.OFFLINE, "connection refused", 0, 0);

    @Test
    void saysWhenItIsReadyHowToGoOnAndThenOneLineEveryTenSeconds() {
        start();
        system.advance(Duration.ofMillis(1900));
        status = uplink(UplinkStatus.State.ONLINE, "", 10, SimulatedSystem.START_NANOS + 1_850_000_000L);
        system.advance(Duration.ofSeconds(21));
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(7);
        assertThat(lines.subList(0, 5))
                .containsExactly(
                        "Headgate 1",
                        "ready in 1.9 s",
                        "  watch what arrives upstream:  ./headgate watch",
                        "  open the console:             ./headgate console",
                        "  run one command:              ./headgate exec device:list");
        assertThat(lines.get(6)).endsWith("rows read 1,000, rows sent 10, bytes sent 2,000, reduction 99.0 %");
    }

    @Test
    void whoWaitsInVainIsToldWhyOnce() {
        start();
        system.advance(Duration.ofMinutes(5));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "Headgate 1", "no row has reached a server yet: cloud is OFFLINE (connection refused)");
    }

    private void start() {
        Flows flows = new Flows();
        flows.bind(() -> List.of(new FlowSnapshot("driver:host", "host", 1000, 0, 1000, 0, 0, 0, Map.of(), 1000, 0)));
        Uplinks uplinks = () -> List.of(status);
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new Announcer(new Traffic(flows, uplinks), uplinks, system, system.loop("announcer"), out, "./headgate")
                .start("Headgate 1");
    }

    private static UplinkStatus uplink(UplinkStatus.State state, String detail, long rows, long firstAck) {
        return new UplinkStatus(
                "cloud",
                "mqtt",
                "mqtt://x",
                state,
                detail,
                0,
                rows,
                rows * 200,
                rows,
                0,
                0,
                0,
                1,
                firstAck,
                UplinkStatus.Ignored.NOTHING);
    }
}
