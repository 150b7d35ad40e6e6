package org.headgate.driver.uart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.host.Machine;
import org.headgate.serial.kit.Pty;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.system.api.kit.Threads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests and answers over real ttys, in real time that can be moved on. */
@Timeout(60)
class AskingTest {
    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock();
    private UartDriver driver;
    private Pty pty;
    private BufferedReader asked;

    @BeforeEach
    void plugIn() throws IOException {
        driver = new UartDriver(new Machine(folder, folder), new Threads(), clock);
        pty = new Pty(folder.resolve("dev/serial/by-id/usb-bus"));
        asked = new BufferedReader(new InputStreamReader(pty.received(), StandardCharsets.US_ASCII));
    }

    @AfterEach
    void pull() throws IOException {
        pty.close();
    }

    private DeviceSettings device(Duration timeout, Channel... channels) {
        DeviceSettings settings = Scale.settings("usb-bus", List.of(channels));
        return new DeviceSettings(
                settings.device(), settings.address(), timeout, settings.channels(), settings.options());
    }

    private void send(String text) throws IOException {
        pty.send(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static CompletableFuture<RecordedReadings> read(Connection connection, Channel... channels) {
        return CompletableFuture.supplyAsync(() -> {
            RecordedReadings readings = new RecordedReadings();
            try {
                connection.read(List.of(channels), readings);
            } catch (IOException failed) {
                readings.bad(-1, failed.getMessage());
            }
            return readings;
        });
    }

    /** Two stations of an RS-485 line: nothing in an answer says whose it is. */
    @Test
    void aLateAnswerIsNotTheNextOnes() throws Exception {
        Channel slow = Scale.channel("slow", "text", Type.DOUBLE, "request=1?\\n");
        Channel other = Scale.channel("other", "text", Type.DOUBLE, "request=2?\\n");
        Channel errors = Scale.channel("errors", "count/errors", Type.LONG);
        try (Connection first = driver.open(device(Duration.ofSeconds(2), slow));
                Connection second = driver.open(device(Duration.ofSeconds(8), other, errors))) {
            assertThat(read(first, slow).get(20, TimeUnit.SECONDS).bad)
                    .isEqualTo(Map.of(-1, "no answer to 1? within 1600 ms"));
            assertThat(asked.readLine()).isEqualTo("1?");
            CompletableFuture<RecordedReadings> reads = read(second, other);
            send("111\n");
            assertThat(asked.readLine()).isEqualTo("2?");
            send("222\n");
            assertThat(reads.get(20, TimeUnit.SECONDS).values).isEqualTo(Map.of(0, 222.0));
            assertThat(read(second, errors).get(20, TimeUnit.SECONDS).values).isEqualTo(Map.of(0, 1L));
            // Now it is settled: who asks is answered.
            CompletableFuture<RecordedReadings> again = read(second, other);
            assertThat(asked.readLine()).isEqualTo("2?");
            send("333\n");
            assertThat(again.get(20, TimeUnit.SECONDS).values).isEqualTo(Map.of(0, 333.0));
        }
    }

    /** The runtime abandons the call at the time-out, and would say that the driver hangs. */
    @Test
    void allRequestsOfAReadShareOneDeadline() throws Exception {
        Channel one = Scale.channel("one", "text", Type.DOUBLE, "request=1?\\n");
        Channel two = Scale.channel("two", "text", Type.DOUBLE, "request=2?\\n");
        try (Connection connection = driver.open(device(Duration.ofSeconds(50), one, two))) {
            CompletableFuture<RecordedReadings> reads = read(connection, one, two);
            assertThat(asked.readLine()).isEqualTo("1?");
            clock.advance(Duration.ofMillis(39_000));
            send("1\n");
            assertThat(asked.readLine()).isEqualTo("2?");
            assertThat(reads.get(20, TimeUnit.SECONDS).bad).isEqualTo(Map.of(-1, "no answer to 2? within 40000 ms"));
        }
    }

    @Test
    void theWaitForTheLineIsPartOfTheDeadline() throws Exception {
        Channel one = Scale.channel("one", "text", Type.DOUBLE, "request=1?\\n");
        try (Connection holder = driver.open(device(Duration.ofSeconds(50), one));
                Connection connection = driver.open(device(Duration.ofMillis(500), one))) {
            CompletableFuture<RecordedReadings> holds = read(holder, one);
            assertThat(asked.readLine()).isEqualTo("1?");
            assertThat(read(connection, one).get(20, TimeUnit.SECONDS).bad.get(-1))
                    .endsWith("usb-bus is busy with another device for 400 ms");
            send("1\n");
            assertThat(holds.get(20, TimeUnit.SECONDS).values).isEqualTo(Map.of(0, 1.0));
        }
    }

    @Test
    void aConfirmationIsWaitedForWhateverComesBefore() throws Exception {
        Channel set = Scale.channel("set", "write:SET\\s{}\\n", Type.DOUBLE, "confirm=OK");
        try (Connection connection = driver.open(device(Duration.ofSeconds(10), set))) {
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
                try {
                    connection.write(set, 5.0);
                } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            assertThat(asked.readLine()).isEqualTo("SET 5");
            send("SET 5\nOK 5\n");
            written.get(20, TimeUnit.SECONDS);
        }
        try (Connection connection = driver.open(device(Duration.ofSeconds(3), set))) {
            CompletableFuture<Void> refuses = CompletableFuture.runAsync(() -> {
                try {
                    asked.readLine();
                    send("ERR 7\n");
                } catch (IOException pulled) {
                    throw new IllegalStateException(pulled);
                }
            });
            assertThatThrownBy(() -> connection.write(set, 5.0))
                    .hasMessage("set is not confirmed, what came instead: ERR 7");
            refuses.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void writesAreSentAndConfirmedWhereTheyAreToBe() throws Exception {
        Channel set = Scale.channel("set", "write:'SET\\s{}\\r\\n'", Type.DOUBLE);
        Channel name = Scale.channel("name", "write:NAME\\s{}\\n", Type.STRING, "confirm=OK");
        DeviceSettings settings = Scale.settings("usb-bus", List.of(set, name));
        try (Connection connection = driver.open(settings)) {
            connection.write(set, 5.0);
            assertThat(asked.readLine()).isEqualTo("SET 5");
            assertThatThrownBy(() -> connection.write(name, "a\nFORMAT")).hasMessageContaining("control characters");
            assertThatThrownBy(() -> connection.write(name, "x")).hasMessage("no answer to NAME x within 1600 ms");
            assertThat(asked.readLine()).isEqualTo("NAME x");
        }
    }
}
