package org.headgate.driver.scpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
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
import org.headgate.device.api.kit.ProxiedPeer;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.system.api.kit.SilentNameServer;
import org.headgate.system.api.kit.Threads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScpiDriverTest implements DriverContract {
    private static final List<Channel> CHANNELS = List.of(
            new Channel("volt", "VOLT?", Type.DOUBLE, "V", Access.READ_WRITE, Map.of()),
            new Channel("on", "OUTP?", Type.BOOLEAN, "", Access.READ_WRITE, Map.of()),
            Channel.readable("current", "MEAS:CURR?", Type.DOUBLE, "A"),
            Channel.readable("identity", "*IDN?", Type.STRING, ""));

    private Instrument instrument;

    @BeforeEach
    void start() throws IOException {
        instrument = new Instrument();
    }

    @AfterEach
    void stop() throws IOException {
        instrument.close();
    }

    @Override
    public Driver driver() {
        return new ScpiDriver(new Threads(), new MovedClock());
    }

    @Override
    public DeviceSettings reachable() {
        return at(instrument.address().getPort());
    }

    @Override
    public Optional<FaultyPeer> peer() throws IOException {
        Instrument another = new Instrument();
        return Optional.of(new ProxiedPeer(another, another.address(), ScpiDriverTest::at));
    }

    private static DeviceSettings at(int port) {
        return new DeviceSettings("supply", "127.0.0.1:" + port, Duration.ofSeconds(1), CHANNELS, Map.of());
    }

    @Test
    void aNameServerThatHangsTakesTheTimeOfTheDeviceOnly() {
        DeviceSettings settings =
                new DeviceSettings("supply", "supply.example", Duration.ofMillis(250), CHANNELS, Map.of());
        assertThatThrownBy(() -> new ScpiDriver(new SilentNameServer(), new MovedClock()).open(settings))
                .hasMessageContaining("no address for the host supply.example within")
                .hasMessageContaining("does the name server (DNS) answer?");
    }

    @Test
    void readsNumbersTruthAndTexts() throws Exception {
        RecordedReadings readings = new RecordedReadings();
        try (Connection connection = driver().open(reachable())) {
            connection.read(CHANNELS, readings);
        }
        assertThat(readings.values).isEqualTo(Map.of(0, 12.0, 1, false, 2, -0.0035, 3, "ACME,PS-12,4711,1.0"));
    }

    @Test
    void anAnswerThatIsNoNumberCostsThatChannelOnly() throws Exception {
        RecordedReadings readings = new RecordedReadings();
        Channel odd = Channel.readable("temperature", "MEAS:TEMP?", Type.DOUBLE, "Cel");
        try (Connection connection = driver().open(reachable())) {
            connection.read(List.of(odd, CHANNELS.get(0)), readings);
        }
        assertThat(readings.bad).isEqualTo(Map.of(0, "not a number: hot"));
        assertThat(readings.values).isEqualTo(Map.of(1, 12.0));
    }

    @Test
    void aWriteIsDoneWhenTheErrorQueueIsEmpty() throws Exception {
        try (Connection connection = driver().open(reachable())) {
            connection.write(CHANNELS.get(0), 24.5);
            assertThat(instrument.volt()).isEqualTo("24.5");
            assertThatThrownBy(() -> connection.write(CHANNELS.get(0), 31.0))
                    .hasMessage("the instrument refuses it: -222,\"Data out of range\"");
            assertThat(instrument.volt()).isEqualTo("24.5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host:0", "host:70000", "host:port", "two words", "host:1:2"})
    void judgesTheAddress(String address) {
        DeviceSettings wrong = new DeviceSettings("supply", address, Duration.ofSeconds(1), CHANNELS, Map.of());
        assertThatThrownBy(() -> driver().check(wrong))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("(expected: HOST or HOST:PORT)");
    }

    @Test
    void aDeviceWithoutChannelsSaysWhoItIs() throws Exception {
        assertThat(driver().channels(reachable()))
                .containsExactly(Channel.readable("identity", "*IDN?", Type.STRING, ""));
    }
}
