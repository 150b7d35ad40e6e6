package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.host.Machine;
import org.headgate.serial.SerialPorts;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.system.api.kit.Threads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a line with some noise, a slow unit or an echo costs: a second request, and never a wrong value. */
class RtuRetryTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final byte[] READ = Requests.read(Table.HOLDING, 5, 2);
    private static final byte[] OTHERS = Requests.read(Table.HOLDING, 9, 2);
    private static final byte[] ANSWER = {3, 4, 0, 5, 0, 6};
    private static final byte[] LATE = RtuFrame.of(7, new byte[] {3, 4, 0, 9, 0, 10});

    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock();
    private ScriptedUnit unit;
    private Lines lines;
    private ModbusDriver driver;

    @BeforeEach
    void start() throws Exception {
        unit = new ScriptedUnit(folder);
        lines = new Lines(new Wires(SerialPorts.of(new Machine(folder, folder)), new Threads(), clock), clock);
        driver = new ModbusDriver(lines, clock);
    }

    @AfterEach
    void stop() throws IOException {
        unit.close();
    }

    private static DeviceSettings device(String response, String channel) {
        DeviceSettings settings = Units.device("rtu:usb-line,115200-8N1,unit=7", channel);
        return Units.with(Units.within(settings, Duration.ofSeconds(30)), "response.timeout", response);
    }

    private Line open() throws Exception {
        return lines.open(ScriptedUnit.address("115200-8N1"), LONG);
    }

    /** One flipped bit of a request is silence: it shall be no event. */
    @Test
    void aReadThatIsNotHeardIsAskedOnceMore() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        unit.answers(request -> requests.incrementAndGet() % 5 == 4 ? new byte[0] : ScriptedUnit.registers(request));
        DeviceSettings settings = device("1500ms", "a: holding/5 uint16");
        try (Connection connection = driver.open(settings)) {
            for (int i = 0; i < 8; i++) {
                assertThat(Units.read(connection, settings.channels()).values).isEqualTo(Map.of(0, 5L));
            }
        }
        assertThat(requests).hasValue(1 + 8 + 2);
        unit.answers(request -> new byte[0]);
        requests.set(unit.times.size());
        assertThatThrownBy(() -> driver.open(settings)).isInstanceOf(NoAnswerException.class);
        await().untilAsserted(
                        () -> assertThat(unit.times).as("an opening asks once").hasSize(requests.get() + 1));
    }

    @Test
    void aDamagedAnswerLeavesAllOfTheTimeForTheNext() throws Exception {
        unit.answers(ScriptedUnit::registers);
        DeviceSettings settings = device("3s", "a: holding/5 uint16");
        try (Connection connection = driver.open(settings)) {
            AtomicInteger requests = new AtomicInteger();
            unit.answers(request -> {
                byte[] answer = ScriptedUnit.registers(request);
                if (requests.incrementAndGet() == 1) {
                    answer[4] ^= 0x10;
                } else {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500));
                }
                return answer;
            });
            assertThat(Units.read(connection, settings.channels()).values).isEqualTo(Map.of(0, 5L));
        }
    }

    @Test
    void whatIsOnItsWayForSomebodyWhoHasClosedIsNotTakenForTheNextAnswer() throws Exception {
        Units.again(() -> {
            unit.times.clear();
            CompletableFuture<Void> left = new CompletableFuture<>();
            unit.answers(request -> {
                if (request[3] == 9) {
                    left.join();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
                return ScriptedUnit.registers(request);
            });
            try (Line other = open();
                    Line line = open()) {
                CompletableFuture<Void> waiting = CompletableFuture.runAsync(() ->
                        assertThatThrownBy(() -> line.exchange(7, OTHERS, LONG)).hasMessage("closed"));
                while (unit.times.isEmpty()) {
                    LockSupport.parkNanos(1_000_000);
                }
                line.close();
                waiting.get(10, TimeUnit.SECONDS);
                left.complete(null);
                assertThat(other.exchange(7, READ, LONG)).isEqualTo(ANSWER);
            }
        });
    }

    @Test
    void whatIsOnItsWayIsKeptInMindWhileOthersAreAsked() throws Exception {
        Units.again(() -> {
            unit.answers(request -> request[3] == 9 ? new byte[0] : ScriptedUnit.registers(request));
            try (Line line = open()) {
                assertThatThrownBy(() -> line.exchange(7, OTHERS, SHORT)).isInstanceOf(NoAnswerException.class);
                line.exchange(8, READ, LONG);
                CompletableFuture<Void> late = CompletableFuture.runAsync(() -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                    try {
                        unit.send(LATE);
                    } catch (IOException closed) {
                        throw new IllegalStateException(closed);
                    }
                });
                unit.answers(request -> {
                    late.join();
                    return ScriptedUnit.registers(request);
                });
                assertThat(line.exchange(7, READ, LONG)).isEqualTo(ANSWER);
            }
        });
    }

    @Test
    void anEchoIsNoUnit() throws Exception {
        unit.answers(request -> request);
        DeviceSettings settings = device("2s", "a: coil/3 bool access=w");
        assertThatThrownBy(() -> driver.open(settings))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("our own request came back");
        try (Line line = open()) {
            assertThatThrownBy(() -> line.exchange(7, READ, Duration.ofSeconds(2)))
                    .isInstanceOf(NoAnswerException.class);
            assertThatThrownBy(() -> line.exchange(7, Requests.coil(3, true, false), SHORT))
                    .isInstanceOf(NoAnswerException.class);
        }
    }

    /** What can only be written mostly refuses to be read: that is an answer. */
    @Test
    void aUnitThatIsOnlyWrittenIsAskedWhetherItIsThere() throws Exception {
        unit.answers(request -> request[1] == 1 ? RtuFrame.of(7, new byte[] {(byte) 0x81, 1}) : request);
        DeviceSettings settings = device("2s", "a: coil/3 bool access=w");
        try (Connection connection = driver.open(settings)) {
            connection.write(settings.channels().get(0), true);
        }
        assertThat(unit.times).as("requests and answers").hasSize(4);
    }

    /** Functions 5 and 6 are answered by all that was asked (MODBUS Application Protocol V1.1b3, 6.5 and 6.6): who answers another value has taken that. */
    @Test
    void aValueThatTheUnitHasClampedIsNotWritten() throws Exception {
        unit.answers(request -> request[1] == 6
                ? RtuFrame.of(7, Requests.registers(5, new byte[] {1, (byte) 0xC2}, false))
                : ScriptedUnit.registers(request));
        DeviceSettings settings = device("2s", "a: holding/5 uint16 access=rw");
        try (Connection connection = driver.open(settings)) {
            connection.write(settings.channels().get(0), 450L);
            assertThatThrownBy(() -> connection.write(settings.channels().get(0), 500L))
                    .isInstanceOf(AnswerException.class)
                    .hasMessage("the unit has taken 450 instead of 500 for holding/5 (40006)");
        }
    }
}
