package org.headgate.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.headgate.host.Machine;
import org.headgate.serial.kit.Pty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SerialLineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final SerialPorts ports = SerialPorts.of(Machine.of(Path.of("/")));
    private Pty pty;

    @BeforeEach
    void plugIn() throws IOException {
        pty = new Pty(folder.resolve("tty"));
    }

    @AfterEach
    void pull() throws IOException {
        pty.close();
    }

    private SerialLine open() throws IOException {
        return open(PortSettings.Rs485.OFF);
    }

    private SerialLine open(PortSettings.Rs485 rs485) throws IOException {
        return SerialLine.open(
                new PortSettings(pty.path(), 115200, 8, PortSettings.Parity.NONE, 1, PortSettings.Flow.NONE, rs485),
                ports);
    }

    private static byte[] take(SerialLine line, int count) throws IOException {
        byte[] all = new byte[count];
        byte[] piece = new byte[8192];
        for (int had = 0; had < count; ) {
            int got = line.read(piece);
            System.arraycopy(piece, 0, all, had, got);
            had += got;
        }
        return all;
    }

    @Test
    void everyByteOfAMebibytePassesBothWays() throws Exception {
        byte[] sent = new byte[1 << 20];
        new Random(5).nextBytes(sent);
        try (SerialLine line = open()) {
            CompletableFuture<byte[]> taken = CompletableFuture.supplyAsync(() -> {
                try {
                    return take(line, sent.length);
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            pty.send(sent);
            assertThat(taken.get(30, TimeUnit.SECONDS)).isEqualTo(sent);

            CompletableFuture<byte[]> arrived = CompletableFuture.supplyAsync(() -> {
                try {
                    return pty.received().readNBytes(sent.length);
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            line.write(sent, PATIENCE);
            assertThat(arrived.get(30, TimeUnit.SECONDS)).isEqualTo(sent);
        }
    }

    /** A read that is inside of the kernel must come back, at once and not when the next byte or the second comes. */
    @Test
    void closingEndsAReadThatWaits() throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            SerialLine line = open();
            CompletableFuture<Integer> reads = CompletableFuture.supplyAsync(() -> {
                byte[] into = new byte[16];
                for (int count = 0; ; count++) {
                    try {
                        line.read(into);
                    } catch (IOException closed) {
                        assertThat(closed).hasMessage(pty.path() + " is closed");
                        return count;
                    }
                }
            });
            if (i % 2 == 0) {
                // Now it is inside.
                assertThatThrownBy(() -> reads.get(10, TimeUnit.MILLISECONDS))
                        .isNotInstanceOf(ExecutionException.class);
            }
            long before = System.nanoTime();
            line.close();
            reads.get(10, TimeUnit.SECONDS);
            if (i % 2 == 0) {
                took.add(Duration.ofNanos(System.nanoTime() - before));
            }
        }
        // One or the other may meet a machine that is busy; a read that is not woken takes the rest of its second, each
        // time.
        Collections.sort(took);
        assertThat(took.get(took.size() / 2)).isLessThan(Duration.ofMillis(900));
    }

    @Test
    void aPeerThatIsGoneIsToldByEachCallAndKeepsNobodyBusy() throws Exception {
        try (SerialLine line = open()) {
            CompletableFuture<Integer> reads = CompletableFuture.supplyAsync(() -> {
                for (int count = 1; ; count++) {
                    try {
                        line.read(new byte[16]);
                    } catch (IOException gone) {
                        assertThat(gone).hasMessageStartingWith(pty.path() + " is gone");
                        return count;
                    }
                }
            });
            pty.pull();
            // One silent look may lie before it; thousands may not.
            assertThat(reads.get(10, TimeUnit.SECONDS)).isLessThanOrEqualTo(10);
            assertThatThrownBy(() -> line.write(new byte[] {1}, PATIENCE)).hasMessageContaining("is gone");
            assertThatThrownBy(line::hasMore).hasMessageContaining("is gone");
        }
        assertThatThrownBy(this::open).hasMessageStartingWith("no port " + pty.path() + ": plug it in");
        pty.plugIn();
        try (SerialLine again = open()) {
            pty.send((byte) 7);
            assertThat(take(again, 1)).containsExactly(7);
        }
    }

    /** Between the look for it and its opening: the machine's folder has it, the kernel does not. */
    @Test
    void aPortThatGoesWhileItIsOpenedIsMissing() throws Exception {
        Files.createDirectories(folder.resolve("dev"));
        Files.createFile(folder.resolve("dev/ttyGONE"));
        PortSettings gone = PortSettings.parse("/dev/ttyGONE");
        assertThatThrownBy(() -> SerialLine.open(gone, SerialPorts.of(new Machine(folder, folder))))
                .isInstanceOf(IOException.class)
                .hasMessage("no port /dev/ttyGONE: plug it in");
    }

    /** A pseudo terminal does not say how much waits in it, so that a write may get stuck in the kernel; closing must get it out. */
    @Test
    void closingEndsAWriteThatThePeerDoesNotTake() throws Exception {
        SerialLine line = open();
        CompletableFuture<Exception> writes = CompletableFuture.supplyAsync(() -> {
            try {
                line.write(new byte[4 << 20], Duration.ofMillis(1));
                return new IllegalStateException("it has left");
            } catch (IOException ended) {
                return ended;
            }
        });
        // socat's own pipe is full by then: it takes nothing more.
        assertThatThrownBy(() -> writes.get(500, TimeUnit.MILLISECONDS)).isNotInstanceOf(ExecutionException.class);
        line.close();
        assertThat(writes.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        pty.pull();
        pty.plugIn();
        open().close();
    }

    /** It has no transceiver to switch, and nobody says so; bytes pass all the same. */
    @Test
    void aPortThatCannotSwitchAnRs485LineWorksWithout() throws Exception {
        try (SerialLine line = open(PortSettings.Rs485.AUTO)) {
            line.write(new byte[] {1, 2, 3}, PATIENCE);
            assertThat(pty.received().readNBytes(3)).containsExactly(1, 2, 3);
            pty.send((byte) 4);
            assertThat(take(line, 1)).containsExactly(4);
        }
    }

    @Test
    void aPortIsOpenedOnce() throws Exception {
        try (SerialLine line = open()) {
            assertThatThrownBy(this::open).hasMessage(pty.path() + " is used by another device or program");
            pty.send((byte) 1);
            assertThat(take(line, 1)).containsExactly(1);
        }
        open().close();
    }

    @Test
    void whoHoldsAPortIsNamed() throws Exception {
        Process holder = new ProcessBuilder("sleep", "600")
                .redirectInput(Path.of(pty.path()).toFile())
                .start();
        try {
            assertThatThrownBy(this::open).hasMessage(pty.path() + " is used by sleep (process " + holder.pid() + ")");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        open().close();
    }

    @Test
    void theNativeLibraryLeavesNothingBehind() throws Exception {
        open().close();
        // Our copy, which is deleted while it is mapped; jSerialComm's own would stay, for everybody to write to.
        assertThat(Files.readAllLines(Path.of("/proc/self/maps")))
                .filteredOn(line -> line.contains("libjSerialComm"))
                .isNotEmpty()
                .allMatch(line -> line.contains("/headgate-serial") && line.endsWith("(deleted)"));
        assertThat(System.getProperty("jSerialComm.library.path")).isNull();
    }
}
