package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.headgate.host.Machine;
import org.headgate.serial.PortSettings;
import org.headgate.serial.SerialLine;
import org.headgate.serial.SerialPorts;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.system.api.kit.Threads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes over a serial line, and what is made of it. */
class RtuLineTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final byte[] READ = Requests.read(Table.HOLDING, 5, 2);
    private static final byte[] ANSWER = {3, 4, 0, 5, 0, 6};

    @TempDir
    private Path folder;

    private ScriptedUnit unit;
    private Lines lines;
    private Line line;

    @BeforeEach
    void start() throws Exception {
        unit = new ScriptedUnit(folder);
        Clock clock = new MovedClock();
        lines = new Lines(new Wires(SerialPorts.of(new Machine(folder, folder)), new Threads(), clock), clock);
        line = lines.open(ScriptedUnit.address("115200-8N1"), LONG);
    }

    @AfterEach
    void stop() throws IOException {
        line.close();
        unit.close();
    }

    private static byte[] together(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void anAnswerIsWhatIsBetweenUnitAndChecksum() throws Exception {
        unit.answers(ScriptedUnit::registers);
        assertThat(line.exchange(7, READ, LONG)).isEqualTo(ANSWER);
        assertThat(line.counts().answers.sum()).isEqualTo(1);
    }

    @Test
    void nothingAtAllIsToldFromWhatCannotBeRead() throws Exception {
        assertThatThrownBy(() -> line.exchange(7, READ, SHORT))
                .isInstanceOf(NoAnswerException.class)
                .hasMessage(
                        "no answer from unit 7 on usb-line within 300 ms: not a byte came; wiring, A/B swapped, unit?");
        unit.answers(request -> {
            byte[] answer = ScriptedUnit.registers(request);
            answer[4] ^= 0x10;
            return answer;
        });
        assertThatThrownBy(() -> line.exchange(7, READ, LONG))
                .isInstanceOf(BadChecksumException.class)
                .hasMessageStartingWith("bad checksum from unit 7 on usb-line (9 bytes came, 070304001500")
                .hasMessageEndingWith("...): baud rate, parity?");
        assertThat(line.counts().silent.sum()).isEqualTo(1);
        assertThat(line.counts().damaged.sum()).isEqualTo(1);
        // The line is good all the same.
        unit.answers(ScriptedUnit::registers);
        assertThat(line.exchange(7, READ, LONG)).isEqualTo(ANSWER);
    }

    @Test
    void aRefusalCarriesItsCode() {
        unit.answers(request -> RtuFrame.of(7, new byte[] {(byte) 0x83, 2}));
        assertThatThrownBy(() -> line.exchange(7, READ, LONG))
                .isInstanceOfSatisfying(
                        ModbusException.class,
                        refused -> assertThat(refused.code()).isEqualTo(2))
                .hasMessage("exception 2: no such register");
    }

    /** RS-485 receivers see a character of noise when the line is turned round. */
    @Test
    void noiseBeforeTheAnswerIsNoHarm() throws Exception {
        unit.answers(request -> together(new byte[] {0, (byte) 0xFF}, ScriptedUnit.registers(request)));
        assertThat(line.exchange(7, READ, LONG)).isEqualTo(ANSWER);
        unit.answers(request -> together(new byte[] {7, 3}, ScriptedUnit.registers(request)));
        assertThat(line.exchange(7, READ, LONG)).isEqualTo(ANSWER);
    }

    @Test
    void anAdapterThatHearsItselfIsNoHarm() throws Exception {
        unit.answers(request -> together(request, ScriptedUnit.registers(request)));
        assertThat(line.exchange(7, READ, LONG)).isEqualTo(ANSWER);
        // From now on it is known, so that a write is answered by the second of two that are the same, and not by the
        // echo.
        byte[] write = Requests.registers(5, new byte[] {1, 2}, false);
        unit.answers(request -> request);
        assertThatThrownBy(() -> line.exchange(7, write, SHORT))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("our own request came back");
        unit.answers(request -> together(request, request));
        assertThat(line.exchange(7, write, LONG)).isEqualTo(write);
    }

    @Test
    void anAnswerThatCameTooLateIsSkippedAndCounted() throws Exception {
        byte[] late = RtuFrame.of(7, new byte[] {3, 2, 0, 9});
        byte[] others = RtuFrame.of(8, new byte[] {3, 4, 0, 9, 0, 9});
        unit.answers(request -> together(late, others, ScriptedUnit.registers(request)));
        assertThat(line.exchange(7, READ, LONG)).isEqualTo(ANSWER);
        assertThat(line.counts().late.sum()).isEqualTo(2);
    }

    /** A frame carries no number: what comes a little too late would be taken for the answer to the same question about other registers. */
    @Test
    void anAnswerThatIsOnItsWayIsNotTakenForTheNextOne() throws Exception {
        Units.again(() -> {
            CompletableFuture<Void> givenUp = new CompletableFuture<>();
            unit.answers(request -> {
                if (request[3] == 9) {
                    givenUp.join();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
                return ScriptedUnit.registers(request);
            });
            assertThatThrownBy(() -> line.exchange(7, Requests.read(Table.HOLDING, 9, 2), SHORT))
                    .isInstanceOf(NoAnswerException.class);
            givenUp.complete(null);
            assertThat(line.exchange(7, READ, LONG)).isEqualTo(ANSWER);
        });
    }

    @Test
    void whatComesBetweenRequestsIsThrownAway() throws Exception {
        line.close();
        SerialPorts ports = SerialPorts.of(new Machine(folder, folder));
        PortSettings settings = ScriptedUnit.address("115200-8N1").serial().orElseThrow();
        MovedClock clock = new MovedClock();
        SerialWire wire = new SerialWire(SerialLine.open(settings, ports), Wires.silence(settings), clock);
        new Threads().submit("reader", wire::read, Duration.ZERO, Runnable::run, done -> {});
        unit.send(RtuFrame.of(7, new byte[] {3, 4, 9, 9, 9, 9}));
        int thrownAway = 0;
        for (Deadline end = Deadline.in(LONG, clock); thrownAway < 9 && end.leftNanos() > 0; ) {
            thrownAway += wire.prepare(end);
        }
        assertThat(thrownAway).isEqualTo(9);
        wire.close();
    }

    @Test
    void everybodyIsToldAndNobodyAnswers() throws Exception {
        long begin = System.nanoTime();
        assertThat(line.exchange(0, Requests.registers(5, new byte[] {1, 2}, false), LONG))
                .isEmpty();
        // The units need the time to do it (Modbus over serial line V1.02, section 2.4.1).
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        await().untilAsserted(() -> assertThat(unit.times).hasSize(1));
    }

    @Test
    void theLineIsQuietForThreeAndAHalfCharactersBeforeARequest() throws Exception {
        line.close();
        line = lines.open(ScriptedUnit.address("1200-8N1"), LONG);
        unit.answers(ScriptedUnit::registers);
        for (int i = 0; i < 4; i++) {
            line.exchange(7, READ, LONG);
        }
        assertThat(unit.times).hasSize(8);
        long silence = 35 * 10 * TimeUnit.SECONDS.toNanos(1) / 10 / 1200;
        for (int i = 1; i < 7; i += 2) {
            assertThat(unit.times.get(i + 1) - unit.times.get(i))
                    .isGreaterThan(silence - TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    @Test
    void aLineThatIsNeverQuietSaysSo() throws Exception {
        line.close();
        line = lines.open(ScriptedUnit.address("300-8N1"), LONG);
        AtomicBoolean chatting = new AtomicBoolean(true);
        CompletableFuture<Void> chat = CompletableFuture.runAsync(() -> {
            while (chatting.get()) {
                try {
                    unit.send(new byte[] {0x55});
                    LockSupport.parkNanos(5_000_000);
                } catch (IOException ended) {
                    return;
                }
            }
        });
        try {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            line.exchange(0, READ, SHORT);
                        }
                    })
                    .isInstanceOf(AnswerException.class)
                    .hasMessageContaining("the line is never quiet");
        } finally {
            chatting.set(false);
            chat.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void anAdapterThatIsPulledEndsTheLineAndOneThatIsBackIsOpenedAnew() throws Exception {
        unit.answers(ScriptedUnit::registers);
        line.exchange(7, READ, LONG);
        CompletableFuture<Throwable> waiting = new CompletableFuture<>();
        unit.answers(request -> {
            try {
                unit.pull();
            } catch (IOException cannot) {
                waiting.completeExceptionally(cannot);
            }
            return new byte[0];
        });
        assertThatThrownBy(() -> line.exchange(7, READ, LONG))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(AnswerException.class);
        assertThatThrownBy(() -> line.exchange(7, READ, LONG)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> lines.open(ScriptedUnit.address("115200-8N1"), LONG))
                .hasMessageContaining("plug it in");
        unit.plugIn();
        unit.answers(ScriptedUnit::registers);
        try (Line again = lines.open(ScriptedUnit.address("115200-8N1"), LONG)) {
            assertThat(again.exchange(7, READ, LONG)).isEqualTo(ANSWER);
        }
    }

    @Test
    void unitsOnOnePortShareItAndNeedTheSameSettings() throws Exception {
        unit.answers(ScriptedUnit::registers);
        try (Line other = lines.open(ScriptedUnit.address("115200-8N1"), LONG)) {
            line.exchange(7, READ, LONG);
            other.exchange(8, READ, LONG);
            assertThat(other.counts().answers.sum()).isEqualTo(2);
            assertThatThrownBy(() -> lines.open(ScriptedUnit.address("9600-8N1"), LONG))
                    .hasMessageContaining("is open for another device with other settings: both need the same");
        }
        line.exchange(7, READ, LONG);
        line.close();
        assertThatThrownBy(() -> line.exchange(7, READ, LONG)).hasMessage("closed");
        lines.open(ScriptedUnit.address("9600-8N1"), LONG).close();
    }

    @Test
    void whoClosesIsLetGoWhileOthersGoOn() throws Exception {
        try (Line other = lines.open(ScriptedUnit.address("115200-8N1"), LONG)) {
            CompletableFuture<byte[]> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return line.exchange(7, READ, Duration.ofMinutes(5));
                } catch (IOException failed) {
                    return failed.getMessage().getBytes(StandardCharsets.UTF_8);
                }
            });
            while (unit.times.isEmpty()) {
                LockSupport.parkNanos(1_000_000);
            }
            line.close();
            assertThat(waiting.get(5, TimeUnit.SECONDS)).asString().isEqualTo("closed");
            unit.answers(ScriptedUnit::registers);
            assertThat(other.exchange(7, READ, LONG)).isEqualTo(ANSWER);
        }
    }
}
