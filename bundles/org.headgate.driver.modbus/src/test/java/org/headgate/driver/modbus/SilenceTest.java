package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a unit that says nothing costs those on its line, with the time-out and the poll that devices have by default. */
class SilenceTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock();
    private ScriptedUnit unit;
    private ModbusDriver driver;

    @BeforeEach
    void start() throws Exception {
        unit = new ScriptedUnit(folder);
        driver = Units.driver(folder, clock);
    }

    @AfterEach
    void stop() throws IOException {
        unit.close();
    }

    private static DeviceSettings device(int number) {
        return Units.within(Units.device("rtu:usb-line,115200-8N1,unit=" + number, "a: holding/5 uint16"), TIMEOUT);
    }

    /** The neighbour's answers are read with much patience: only what the dead one costs is judged. */
    private Connection neighbour() throws Exception {
        unit.answers(ScriptedUnit::registers);
        return driver.open(Units.within(device(8), LONG));
    }

    /** How long the first request of a read was waited for in milliseconds, and how many there were. */
    private int[] deadRead(Connection connection, DeviceSettings settings) {
        unit.answers(request -> new byte[0]);
        int before = unit.times.size();
        Throwable failure = catchThrowable(() -> Units.read(connection, settings.channels()));
        assertThat(failure).isInstanceOf(NoAnswerException.class);
        String last = failure.getMessage().replaceFirst("(?s).* within ([0-9]+) ms.*", "$1");
        return new int[] {Integer.parseInt(last), unit.times.size() - before};
    }

    @Test
    void aDeadUnitCostsItsNeighboursLessThanTheDefaultPollAndIsAskedTwice() throws Exception {
        Units.again(() -> {
            try (Connection neighbour = neighbour();
                    Connection connection = driver.open(device(7))) {
                int[] cost = deadRead(connection, device(7));
                assertThat(cost[1]).as("requests").isEqualTo(2);
                assertThat(cost[0]).as("of 800 ms for both").isLessThanOrEqualTo(400);
                unit.answers(ScriptedUnit::registers);
                assertThat(Units.read(neighbour, device(8).channels()).values).isEqualTo(Map.of(0, 5L));
            }
        });
    }

    @Test
    void aUnitThatIsAloneOnItsLineHasAllOfItsTimeOut() throws Exception {
        Units.again(() -> {
            unit.answers(ScriptedUnit::registers);
            try (Connection connection = driver.open(device(7))) {
                int[] cost = deadRead(connection, device(7));
                assertThat(cost[1]).as("requests").isEqualTo(2);
                assertThat(cost[0]).as("what is left of 1600 ms").isBetween(401, 800);
            }
        });
    }

    @Test
    void aSlowUnitIsWaitedForAndThenNotAskedTwice() throws Exception {
        Units.again(() -> {
            try (Connection neighbour = neighbour()) {
                unit.answers(request -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
                    return ScriptedUnit.registers(request);
                });
                try (Connection connection = driver.open(device(7))) {
                    assertThat(Units.read(connection, device(7).channels()).values)
                            .isEqualTo(Map.of(0, 5L));
                    assertThat(deadRead(connection, device(7))).containsExactly(800, 1);
                }
            }
        });
    }

    @Test
    void whatTheFileSaysOfAnAnswerIsWaitedFor() throws Exception {
        DeviceSettings settings = Units.with(device(7), "response.timeout", "1200ms");
        Units.again(() -> {
            try (Connection neighbour = neighbour();
                    Connection connection = driver.open(settings)) {
                assertThat(deadRead(connection, settings)).containsExactly(1200, 1);
            }
        });
    }

    /** A dead unit is tried again for ever, each time for the time of one answer. */
    @Test
    void reachingADeadUnitOfAGatewayTakesLessThanThePoll() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer()) {
            ModbusDriver tcp = new ModbusDriver(peer.lines, peer.clock);
            DeviceSettings settings =
                    Units.within(Units.device("tcp:" + peer.place() + ",unit=2", "a: holding/5 uint16"), TIMEOUT);
            try (Line neighbour = peer.open()) {
                peer.script = request -> new byte[0];
                assertThatThrownBy(() -> tcp.open(settings))
                        .isInstanceOf(NoAnswerException.class)
                        .hasMessageContaining("within 800 ms");
            }
        }
    }
}
