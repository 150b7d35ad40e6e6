package org.headgate.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.FaultyPeer;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorDriverTest implements DriverContract {
    private static final int TEMPERATURE = 0;
    private static final int PUMP = 3;

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final SimulatorDriver driver = new SimulatorDriver(Path.of("none"), system, Gate.Threads::new);

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public DeviceSettings reachable() {
        return settings(Map.of());
    }

    @Override
    public Optional<FaultyPeer> peer() {
        return Optional.of(new SimulatorPeer(system));
    }

    /** A simulated device that does not answer lets its caller wait, as the worst of drivers do. */
    @Override
    public boolean honoursTimeout() {
        return false;
    }

    private static DeviceSettings settings(Map<String, String> options) {
        return new DeviceSettings("boiler", "", Duration.ofSeconds(1), List.of(), options);
    }

    private double temperature(Connection connection) throws Exception {
        RecordedReadings readings = new RecordedReadings();
        connection.read(complete().channels(), readings);
        return readings.number(TEMPERATURE);
    }

    private List<Double> run(String seed, int readsPerSecond) throws Exception {
        List<Double> seen = new ArrayList<>();
        DeviceSettings settings = new DeviceSettings(
                "boiler" + readsPerSecond + seed, "", Duration.ofSeconds(1), List.of(), Map.of("seed", seed));
        try (Connection connection = driver.open(settings)) {
            for (int i = 1; i <= 20 * readsPerSecond; i++) {
                system.advance(Duration.ofSeconds(1).dividedBy(readsPerSecond));
                double value = temperature(connection);
                if (i % readsPerSecond == 0) {
                    seen.add(Math.rint(value * 1e6));
                }
            }
        }
        return seen;
    }

    @Test
    void theSameSeedGivesTheSameReadingsHoweverOftenIsReadInBetween() throws Exception {
        assertThat(run("7", 1)).isEqualTo(run("7", 4)).isNotEqualTo(run("8", 1)).doesNotHaveDuplicates();
    }

    @Test
    void heatsToItsSetPointAndCoolsWithThePump() throws Exception {
        Channel pump = complete().channels().get(PUMP);
        try (Connection connection = driver.open(settings(Map.of("noise", "0")))) {
            assertThat(temperature(connection)).isEqualTo(20);
            system.advance(Duration.ofMinutes(20));
            assertThat(temperature(connection)).isBetween(65.0, 75.0);
            connection.write(pump, true);
            assertThat(temperature(connection)).isBetween(65.0, 75.0);
            system.advance(Duration.ofMinutes(20));
            assertThat(temperature(connection)).isBetween(50.0, 60.0);
            RecordedReadings readings = new RecordedReadings();
            connection.read(List.of(pump), readings);
            assertThat(readings.values).containsEntry(0, true);
        }
    }

    @Test
    void goesOnWhileNobodyIsConnectedUntilItIsForgotten() throws Exception {
        try (Connection connection = driver.open(settings(Map.of("noise", "0")))) {
            assertThat(temperature(connection)).isEqualTo(20);
            connection.write(complete().channels().get(PUMP), true);
        }
        system.advance(Duration.ofMinutes(20));
        try (Connection connection = driver.open(settings(Map.of("noise", "0")))) {
            assertThat(temperature(connection)).isBetween(50.0, 60.0);
        }
        driver.open(settings(Map.of("noise", "0.1"))).close();
        try (Connection connection = driver.open(settings(Map.of("noise", "0")))) {
            assertThat(temperature(connection))
                    .as("other settings, another machine")
                    .isEqualTo(20);
        }
    }

    @Test
    void refusesASetPointThatABoilerCannotHold() throws Exception {
        Channel setpoint = complete().channels().get(PUMP + 1);
        assertThat(setpoint.options()).containsEntry("min", "20.0").containsEntry("max", "95.0");
        try (Connection connection = driver.open(complete())) {
            assertThatThrownBy(() -> connection.write(setpoint, 96.0)).hasMessage("setpoint does not take 96.0");
            connection.write(setpoint, 95.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxx", "mode"})
    void refusesAnOptionThatABoilersChannelHasNot(String option) {
        Channel odd = new Channel(
                "water", "temperature", Type.DOUBLE, "Cel", Access.READ, Map.of("type", "double", option, "1"));
        DeviceSettings settings = settings(Map.of()).withChannels(List.of(odd));
        assertThatThrownBy(() -> driver.check(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("channel.water: " + option + "=1 (expected: no option but max, min, type)");
        assertThatThrownBy(() -> driver.open(settings)).isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void refusesToWriteAMeasurement() throws Exception {
        try (Connection connection = driver.open(complete())) {
            assertThatThrownBy(() -> connection.write(complete().channels().get(TEMPERATURE), 1.0))
                    .isInstanceOf(IOException.class)
                    .hasMessage("temperature cannot be written");
        }
    }

    @ParameterizedTest
    @CsvSource({"seed,x", "noise,-1", "noise,NaN", "period,0"})
    void refusesWrongSettings(String key, String value) {
        assertThatThrownBy(() -> driver.open(settings(Map.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(key + ": " + value + " (expected: ");
    }

    @Test
    void tellsWhatCountsWhereAFileSaysNothing() throws Exception {
        Map<String, String> defaults = driver.defaults(settings(Map.of()));
        assertThat(defaults)
                .containsExactly(
                        Map.entry("seed", "1"),
                        Map.entry("noise", "0.2"),
                        Map.entry("period", "300"),
                        Map.entry("faults", ""));
        Map<String, String> said = new HashMap<>(defaults);
        said.remove("faults");
        assertThat(Options.of(settings(said)))
                .as("what is told is what counts")
                .isEqualTo(Options.of(settings(Map.of())));
    }

    @Test
    void judgesSourcesAndScriptsBeforeADeviceIsConfigured() throws Exception {
        driver.check(settings(Map.of("faults", "1s bad pump 1s"))
                .withChannels(complete().channels()));
        Channel wrong = Channel.readable("x", "wind", Type.DOUBLE, "");
        assertThatThrownBy(() -> driver.check(settings(Map.of()).withChannels(List.of(wrong))))
                .hasMessageStartingWith("channel.x: wind (expected: one of temperature");
        assertThatThrownBy(() -> driver.check(settings(Map.of("faults", "1s bad wind 1s"))
                        .withChannels(complete().channels())))
                .hasMessage("faults: wind (expected: a channel of this device)");
    }

    @Test
    void refusesAnotherAddress() {
        DeviceSettings other = new DeviceSettings("x", "windmill", Duration.ofSeconds(1), List.of(), Map.of());
        assertThatThrownBy(() -> driver.channels(other)).isInstanceOf(InvalidSettingException.class);
    }
}
