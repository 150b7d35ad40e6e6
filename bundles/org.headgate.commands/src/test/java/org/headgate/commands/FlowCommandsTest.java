package org.headgate.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.headgate.console.api.kit.Console;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.UplinkStatus;
import org.junit.jupiter.api.Test;

class FlowCommandsTest {
    private static final long NOW = SimulatedSystem.START_NANOS;

    private final Console console = new Console();

    @Test
    void flowFailsWhenAnEdgeDoesNotBalance() throws Exception {
        Flows flows = new Flows();
        GatewayFlowCommand command = new GatewayFlowCommand(flows);
        flows.bind(() -> List.of(new FlowSnapshot("a", "b", 10, 1, 5, 2, 1, 1, Map.of("queue-full", 2L), 5, 0)));
        assertThat(console.run(command)).contains("queue-full 2").contains("every edge balances");
        assertThat(console.status()).isZero();
        JsonNode edge = console.json(command, "--json").get(0);
        assertThat(edge.get("dropped").get("queue-full").asInt()).isEqualTo(2);
        assertThat(edge.get("recovered").asInt()).isEqualTo(1);
        flows.bind(() -> List.of(new FlowSnapshot("c", "d", 10, 0, 9, 0, 0, 0, Map.of(), 0, 0)));
        assertThat(console.run(command)).contains("error: 1 edges do not balance");
        assertThat(console.status()).isEqualTo(1);
    }

    @Test
    void trafficAddsUpDriversOnlyAndSaysWhatWasSaved() {
        Flows flows = new Flows();
        flows.bind(() -> List.of(
                new FlowSnapshot("driver:host", "host", 100, 0, 100, 0, 0, 0, Map.of(), 100, 0),
                new FlowSnapshot("host", "rules", 100, 0, 100, 0, 0, 0, Map.of(), 0, 0)));
        Traffic.Sums sums = new Traffic(flows, () -> List.of(uplink("mqtt://x"))).sums();
        assertThat(sums.read()).isEqualTo(100);
        assertThat(sums.reduction()).isCloseTo(0.93, within(1e-9));
        assertThat(sums.firstAckNanos()).isEqualTo(NOW);
    }

    private static UplinkStatus uplink(String address) {
        return new UplinkStatus(
                "cloud",
                "mqtt",
                address,
                UplinkStatus.State.OFFLINE,
                "connection refused; next try in 0.5 s",
                NOW,
                7,
                12_345,
                3,
                0,
                0,
                0,
                1,
                NOW,
                UplinkStatus.Ignored.NOTHING);
    }
}
