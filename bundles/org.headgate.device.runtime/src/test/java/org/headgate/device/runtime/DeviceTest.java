package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Origin;
import org.headgate.config.api.Instance;
import org.headgate.data.api.Flow;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.bus.MemoryStreamBus;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceTest {
    private static final Command WRITE = Command.of("device.write", Map.of(), Origin.console("admin"));

    private final SimulatedSystem system = new SimulatedSystem(3);
    private final MemoryStreamBus bus = new MemoryStreamBus(system);
    private final World world = new World(bus, system, system, system, system);
    private final FakeDriver driver = new FakeDriver();
    private final List<Row> rows = new ArrayList<>();

    @BeforeEach
    void subscribe() {
        bus.subscribe("test", List.of("*"), 100_000, OverflowPolicy.DROP_OLDEST, (stream, row) -> rows.add(row));
    }

    @Test
    void waitsForItsDriverThenConnectsAndPollsWithoutDrift() {
        Device device = device("poll", "250ms");
        assertThat(device.status().state()).isInstanceOf(DeviceState.WaitingForDriver.class);
        device.driverCame(driver);
        system.advance(Duration.ofSeconds(10));
        assertThat(device.status().state()).isInstanceOf(DeviceState.Online.class);
        assertThat(rows).hasSize(41);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).timeNanos()).isEqualTo(SimulatedSystem.START_NANOS + i * 250_000_000L);
        }
        assertThat(rows.get(0).toString()).contains("temperature=21.5 pump=false level=7");
        assertThat(device.flow().emitted()).isEqualTo(41);
        assertThat(device.flow().imbalance()).isZero();
    }

    @Test
    void wrongValuesAreAllNamedAtOnce() {
        Device device = device("poll", "often", "timeout", "0s", "channel.x", "a b c");
        assertThat(device.status().state()).isInstanceOf(DeviceState.Invalid.class);
        assertThat(device.status().state().detail())
                .contains("poll: often (expected: a duration such as 500ms, 10s, 5m or 2h, at least 10ms)")
                .contains("timeout: 0s (expected: ")
                .contains("channel.x: a b c (expected: a type (");
        device.driverCame(driver);
        system.advance(Duration.ofSeconds(5));
        assertThat(driver.log).isEmpty();
    }

    @Test
    void aDriverThatRefusesASettingMakesItInvalidForGood() {
        driver.onOpen = () -> {
            throw new InvalidSettingException("address", "nowhere", "HOST:PORT");
        };
        Device device = connected();
        assertThat(device.status().state().detail()).isEqualTo("address: nowhere (expected: HOST:PORT)");
        system.advance(Duration.ofHours(1));
        assertThat(driver.log).containsExactly("open");
    }

    @Test
    void aDeadDeviceIsTriedAgainForEverWithGrowingPausesUpToAMinute() {
        driver.onOpen = () -> {
            throw new IOException("connection refused by the peer");
        };
        Device device = connected();
        assertThat(device.status().state()).isInstanceOf(DeviceState.Offline.class);
        assertThat(device.status().state().detail()).startsWith("connection refused by the peer; next try in 0.");
        system.advance(Duration.ofHours(1));
        assertThat(driver.log.size()).isBetween(60, 130);
        driver.onOpen = () -> {};
        system.advance(Duration.ofMinutes(1));
        assertThat(device.status().state()).isInstanceOf(DeviceState.Online.class);
        assertThat(device.status().supervision().tries()).isZero();
    }

    @Test
    void aHungReadTimesOutIsClosedAndComesBackByItself() {
        Device device = connected();
        driver.onRead = () -> {
            throw new SimulatedSystem.Hang();
        };
        system.advance(Duration.ofSeconds(4));
        assertThat(device.status().state()).isInstanceOf(DeviceState.Offline.class);
        assertThat(device.status().supervision().lastError()).isEqualTo("no answer");
        assertThat(driver.log).contains("close");
        driver.onRead = () -> {};
        system.advance(Duration.ofSeconds(3));
        assertThat(device.status().state()).isInstanceOf(DeviceState.Online.class);
        assertThat(driver.open).isEqualTo(1);
    }

    @Test
    void aConnectionThatOpensTooLateIsClosed() {
        boolean[] hangs = {true};
        driver.onOpen = () -> {
            if (hangs[0]) {
                throw new SimulatedSystem.Hang();
            }
        };
        Device device = connected();
        system.advance(Duration.ofMillis(2100));
        assertThat(device.status().state()).isInstanceOf(DeviceState.Offline.class);
        hangs[0] = false;
        system.releaseHung();
        assertThat(driver.log).containsExactly("open", "open", "close");
        assertThat(driver.open).isZero();
    }

    @Test
    void aFailedChannelIsBadAndTheDeviceDegradedWhileTheOthersGoOn() {
        driver.badChannel = "level";
        Device device = connected();
        assertThat(device.status().state()).isEqualTo(new DeviceState.Degraded("level: the wire is broken"));
        assertThat(rows.get(0).quality(2)).isEqualTo(Quality.BAD);
        assertThat(rows.get(0).asDouble(0)).isEqualTo(21.5);
        driver.badChannel = "";
        system.advance(Duration.ofSeconds(1));
        assertThat(device.status().state()).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void losesItsDriverAndGetsItBackWithoutARestart() {
        Device device = connected();
        CompletableFuture<Void> closed = device.driverGone(driver);
        system.run();
        assertThat(closed).isDone();
        assertThat(device.status().state()).isEqualTo(new DeviceState.WaitingForDriver("fake"));
        assertThat(driver.open).isZero();
        int before = rows.size();
        system.advance(Duration.ofSeconds(5));
        assertThat(rows).hasSize(before);
        device.driverCame(driver);
        system.advance(Duration.ofSeconds(2));
        assertThat(device.status().state()).isInstanceOf(DeviceState.Online.class);
        assertThat(rows.size()).isGreaterThan(before);
    }

    @Test
    void writesGoAheadOfReadsAndAreCheckedFirst() {
        Device device = connected();
        driver.log.clear();
        CompletableFuture<Row> read1 = device.read();
        CompletableFuture<Row> read2 = device.read();
        CompletableFuture<CommandResult> write = device.write(WRITE, "pump", "on", "console:admin");
        system.run();
        assertThat(write.join()).isEqualTo(CommandResult.done(WRITE, "pump = true"));
        assertThat(driver.log).containsExactly("read", "write pump=true", "read");
        assertThat(read1.join().asBoolean(1)).isFalse();
        assertThat(read2.join().asBoolean(1)).isTrue();
        assertThat(refusal(device, "temperature", "5")).isEqualTo("temperature is read-only; writable: pump, level");
        assertThat(refusal(device, "pumpe", "5")).isEqualTo("device x has no channel pumpe; writable: pump, level");
        assertThat(refusal(device, "level", "101")).isEqualTo("level: 101 (expected: from 0 to 100)");
        assertThat(refusal(device, "level", "full")).isEqualTo("level: full (expected: a whole number)");
        assertThat(driver.log).hasSize(3);
    }

    @Test
    void aDeviceThatIsNotConnectedRefusesAtOnceAndSaysWhy() {
        Device device = device("enabled", "false");
        assertThat(refusal(device, "pump", "on")).isEqualTo("device x is DISABLED");
        assertThat(device.read()).isNotDone();
        system.run();
        device.driverCame(driver);
        system.run();
        assertThat(driver.log).isEmpty();
    }

    @Test
    void aNameThatIsTakenIsInvalidAndHarmsTheFirstOneNot() {
        Device first = connected();
        Device second = device();
        second.driverCame(driver);
        system.advance(Duration.ofSeconds(2));
        assertThat(second.status().state().detail())
                .isEqualTo("name: x (expected: a name that no other device or rule has)");
        assertThat(first.status().state()).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void configuredChannelsReplaceTheDriversOwnOrComeBehindThem() {
        Device device = device("channel.temperature", "level int16 unit=degC", "channel.again", "pump access=r");
        device.driverCame(driver);
        system.run();
        assertThat(rows.get(0).schema().toString())
                .isEqualTo("[Column[name=temperature, type=LONG, unit=Cel], Column[name=pump, type=BOOLEAN, unit=], "
                        + "Column[name=level, type=LONG, unit=%], Column[name=again, type=BOOLEAN, unit=]]");
    }

    private Device connected() {
        Device device = device();
        device.driverCame(driver);
        system.run();
        return device;
    }

    private String refusal(Device device, String channel, String value) {
        CompletableFuture<CommandResult> answer = device.write(WRITE, channel, value, "test");
        system.run();
        assertThat(answer.join().isDone()).isFalse();
        return answer.join().message();
    }

    private Device device(String... pairs) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>(List.of("driver"));
        properties.put("driver", "fake");
        for (int i = 0; i < pairs.length; i += 2) {
            keys.add(pairs[i]);
            properties.put(pairs[i], pairs[i + 1]);
        }
        properties.put(Instance.KEYS, keys.toArray(String[]::new));
        properties.put(Instance.NAME, "x");
        properties.put(Instance.FILE, "headgate.device-x.cfg");
        Device device = new Device(
                DeviceConfiguration.of(Instance.of(properties)), world, new Flow("driver:fake", "x", () -> 0));
        device.start();
        system.run();
        return device;
    }
}
