package org.headgate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.headgate.host.Machine;
import org.headgate.serial.PortSettings;
import org.headgate.serial.SerialLine;
import org.headgate.serial.SerialPorts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A serial port of a kernel, what it sends is what it gets: the kernel's core of serial ports, which a pseudo terminal has not. */
@Timeout(60)
class SerialLab {
    private static final String PORT = "/dev/ttyGW0";
    private static final Path DRIVER = Path.of("/sys/module/gwuart/parameters");
    /** SER_RS485_ENABLED, RTS_ON_SEND and RTS_AFTER_SEND of the kernel's linux/serial.h. */
    private static final int ENABLED = 1;

    private static final int HIGH_WHILE_SENDING = 1 << 1;
    private static final int HIGH_AFTER_SENDING = 1 << 2;

    private final SerialPorts ports = SerialPorts.of(Machine.of(Path.of("/")));

    @AfterEach
    void free() throws IOException {
        stuck(false);
    }

    private static void stuck(boolean now) throws IOException {
        Files.writeString(DRIVER.resolve("stuck"), now ? "Y" : "N");
    }

    private static int rs485() throws IOException {
        return Integer.parseInt(Files.readString(DRIVER.resolve("rs485")).strip());
    }

    private SerialLine open(String options) throws Exception {
        return SerialLine.open(PortSettings.parse(PORT + options), ports);
    }

    private static void checkTransfers(SerialLine line) throws IOException {
        byte[] sent = new byte[3000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31);
        }
        line.write(sent, Duration.ofSeconds(10));
        byte[] got = new byte[sent.length];
        byte[] piece = new byte[512];
        for (int had = 0; had < got.length; ) {
            int count = line.read(piece);
            System.arraycopy(piece, 0, got, had, count);
            had += count;
        }
        assertThat(got).isEqualTo(sent);
    }

    @Test
    void everyByteComesBackWithEverySetting() throws Exception {
        for (String options : new String[] {"", ",9600-8N1", ",115200-8E1", ",1000000-8N2", ",19200-8O1,flow=rtscts"}) {
            try (SerialLine line = open(options)) {
                checkTransfers(line);
            }
        }
    }

    @Test
    void theKernelIsToldToSwitchTheDirectionOfAnRs485Line() throws Exception {
        try (SerialLine line = open(",rs485=auto")) {
            assertThat(rs485()).isEqualTo(ENABLED | HIGH_WHILE_SENDING);
            checkTransfers(line);
        }
        try (SerialLine line = open(",rs485=auto-low")) {
            assertThat(rs485()).isEqualTo(ENABLED | HIGH_AFTER_SENDING);
            checkTransfers(line);
        }
        // RTS of a port that is at rest is low, with which auto-low drives the bus: the kernel goes on switching it.
        try (SerialLine line = open("")) {
            assertThat(rs485()).isEqualTo(ENABLED | HIGH_AFTER_SENDING);
            checkTransfers(line);
        }
    }

    @Test
    void aWriteThatDoesNotLeaveEndsInTime() throws Exception {
        try (SerialLine line = open(",1000000-8N1")) {
            stuck(true);
            for (int count : new int[] {1, 3000, 10_000}) {
                assertThatThrownBy(() -> line.write(new byte[count], Duration.ofMillis(300)))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(PORT + ": ")
                        .hasMessageContaining("bytes do not leave");
            }
        }
        stuck(false);
        try (SerialLine line = open("")) {
            checkTransfers(line);
        }
    }
}
