package org.headgate.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    private final Simulation simulation = new Simulation(Path.of("none"));

    private static DeviceSettings faults(String script) {
        return Simulation.settings("", Map.of("faults", script));
    }

    @Test
    void aTimeoutHangsCallsToItsEnd() throws Exception {
        DeviceSettings settings = faults("10s timeout 5s");
        try (Connection connection = simulation.open(settings)) {
            simulation.advance("9.9");
            assertThat(simulation.read(connection, settings)).hasSize(5);
            simulation.advance("0.1");
            assertThatThrownBy(() -> simulation.read(connection, settings)).isInstanceOf(SimulatedSystem.Hang.class);
            assertThatThrownBy(() -> connection.write(driverChannel(3), true)).isInstanceOf(SimulatedSystem.Hang.class);
            simulation.advance("5");
            assertThat(simulation.read(connection, settings)).hasSize(5);
        }
    }

    @Test
    void badConcernsOneChannel() throws Exception {
        DeviceSettings settings = faults("1s bad temperature 2s");
        try (Connection connection = simulation.open(settings)) {
            simulation.advance("1");
            Map<String, Object> values = simulation.read(connection, settings);
            assertThat(values).containsEntry("temperature", "BAD bad by the fault script");
            assertThat(values.get("pressure")).isInstanceOf(Double.class);
            simulation.advance("2");
            assertThat(simulation.read(connection, settings).get("temperature")).isInstanceOf(Double.class);
        }
    }

    @Test
    void garbageIsWildAndOfWrongTypesAndTheSameEachRun() throws Exception {
        DeviceSettings settings = faults("0s garbage 1m");
        List<Class<?>> types = new ArrayList<>();
        try (Connection connection = simulation.open(settings)) {
            for (int i = 0; i < 50; i++) {
                simulation.advance("1");
                simulation.read(connection, settings).values().forEach(value -> types.add(value.getClass()));
            }
            assertThat(types).contains(String.class, byte[].class, Double.class, Long.class);
            assertThatThrownBy(() -> connection.write(driverChannel(3), true)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void flappingBreaksEveryConnectionAtEachSecond() throws Exception {
        DeviceSettings settings = faults("10s flap 3s");
        try (Connection before = simulation.open(settings)) {
            simulation.advance("10");
            broken(before, settings);
        }
        simulation.advance("0.5");
        try (Connection during = simulation.open(settings)) {
            simulation.read(during, settings);
            simulation.advance("0.4");
            simulation.read(during, settings);
            simulation.advance("0.1");
            broken(during, settings);
            broken(during, settings);
        }
        simulation.advance("1.9");
        try (Connection last = simulation.open(settings)) {
            simulation.advance("10");
            assertThat(simulation.read(last, settings)).hasSize(5);
        }
    }

    @Test
    void refusingBreaksTheConnectionAndLetsNoneIn() throws Exception {
        DeviceSettings settings = faults("10s refuse 5s; repeat 1m");
        try (Connection connection = simulation.open(settings)) {
            simulation.advance("10");
            broken(connection, settings);
        }
        for (int cycle = 0; cycle < 3; cycle++) {
            assertThatThrownBy(() -> simulation.open(settings))
                    .isInstanceOf(IOException.class)
                    .hasMessage("connection refused (by the fault script)");
            simulation.advance("5");
            simulation.open(settings).close();
            simulation.advance("55");
        }
    }

    @Test
    void slowCallsAreHeldForTheirDelay() throws Exception {
        DeviceSettings settings = faults("0s slow 300ms 10s");
        try (Connection connection = simulation.open(settings)) {
            assertThatThrownBy(() -> simulation.read(connection, settings)).isInstanceOf(SimulatedSystem.Hang.class);
        }
    }

    @Test
    void theScriptsClockGoesOnOverAReconnect() throws Exception {
        DeviceSettings settings = faults("10s bad pump 5s");
        simulation.open(settings).close();
        simulation.advance("12");
        try (Connection connection = simulation.open(settings)) {
            assertThat(simulation.read(connection, settings).get("pump")).isEqualTo("BAD bad by the fault script");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10s explode 5s",
                "10s timeout",
                "timeout 5s",
                "10s timeout 5",
                "10s bad 5s",
                "10s slow 5s",
                "10s timeout 0s",
                "10s flap 5s 5s",
                "repeat 0s",
                "repeat"
            })
    void refusesWhatIsNoFault(String script) {
        assertThatThrownBy(() -> simulation.open(faults("1s flap 1s; " + script)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("faults: " + script + " (expected: 10s timeout 5s; ");
    }

    @Test
    void refusesAScriptThatDoesNotFit() {
        assertThatThrownBy(() -> simulation.open(faults("10s flap 5s; repeat 14s")))
                .hasMessageContaining("(expected: a repeat that is no shorter than the script)");
        assertThatThrownBy(() -> simulation.open(faults("10s bad depth 5s")))
                .hasMessage("faults: depth (expected: a channel of this device)");
        assertThatCode(() ->
                        simulation.open(faults("10s flap 5s;; repeat 15s;")).close())
                .doesNotThrowAnyException();
    }

    private org.headgate.device.api.Channel driverChannel(int index) throws Exception {
        return simulation.driver.channels(faults("")).get(index);
    }

    private void broken(Connection connection, DeviceSettings settings) {
        assertThatThrownBy(() -> simulation.read(connection, settings))
                .isInstanceOf(IOException.class)
                .hasMessage("the connection broke (by the fault script)");
    }
}
