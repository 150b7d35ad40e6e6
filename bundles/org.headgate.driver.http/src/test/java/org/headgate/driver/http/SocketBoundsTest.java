package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.device.api.kit.RecordedReports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much, how fast and for how long a web socket may send, and that it must take what it is sent. */
class SocketBoundsTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;

    @TempDir
    private Path folder;

    private Intake intake;

    @BeforeEach
    void start() throws Exception {
        intake = new Intake(folder, 60_000, 600);
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
    }

    private Socket connected(String device) throws IOException {
        Socket socket = intake.socket();
        String request = new String(SocketTest.upgrade(KEY), StandardCharsets.ISO_8859_1);
        socket.getOutputStream()
                .write(request.replace("/in/meter", "/in/" + device).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(SocketTest.head(socket)).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    /** A frame of less than 126 bytes, masked with zeroes. */
    private static byte[] frame(int kind, String text) {
        byte[] frame = new byte[6 + text.length()];
        frame[0] = (byte) kind;
        frame[1] = (byte) (0x80 | text.length());
        System.arraycopy(text.getBytes(StandardCharsets.ISO_8859_1), 0, frame, 6, text.length());
        return frame;
    }

    /** The content of a short frame of the server's. */
    private static String heard(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readByte();
        return new String(in.readNBytes(in.readByte()), StandardCharsets.UTF_8);
    }

    @Test
    void moreThanTheDevicesRateIsRefusedWithOneLine() throws Exception {
        RecordedReports rows = new RecordedReports();
        try (Connection slow = intake.open(JettySite.device("slow", "rate=1"), rows);
                Socket socket = connected("slow")) {
            assertThat(slow).isNotNull();
            for (int i = 0; i < 20; i++) {
                socket.getOutputStream().write(frame(TEXT, Intake.ROW));
            }
            assertThat(heard(socket)).isEqualTo("429 too many messages: send more slowly");
            assertThat(rows.count()).isBetween(1, 10);
            RecordedReadings counted = new RecordedReadings();
            slow.read(List.of(Counters.CHANNELS.get(1)), counted);
            assertThat(counted.number(0)).isPositive();
        }
    }

    /** What it has sent of a message is kept, so it could keep all that it may for ever. */
    @Test
    void aMessageThatTricklesEndsTheSocket() throws Exception {
        try (Socket socket = connected("meter")) {
            OutputStream out = socket.getOutputStream();
            // 4000 bytes, in a frame of two bytes for its length.
            out.write(new byte[] {(byte) TEXT, (byte) 0xfe, 0x0f, (byte) 0xa0, 0, 0, 0, 0});
            socket.setSoTimeout(50);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            int first = -1;
            while (System.nanoTime() < end && first < 0) {
                out.write(' ');
                try {
                    first = socket.getInputStream().read();
                } catch (SocketTimeoutException nothingYet) {
                    continue;
                }
            }
            assertThat(first).isEqualTo(0x88);
            assertThat(intake.errors()).isOne();
            assertThat(socket.getInputStream().readNBytes(3)).containsExactly(2, 1008 >> 8, 1008 & 0xff);
        }
    }

    /** The time is that of one message: what came before, and how long nothing came, do not count. */
    @Test
    void messagesInPiecesAreTakenForLongerThanOneMayLast() throws Exception {
        intake.close();
        intake = new Intake(folder, 60_000, 60_000);
        try (Socket socket = connected("meter")) {
            socket.setSoTimeout(200);
            byte[] frame = frame(TEXT, Intake.ROW);
            for (int i = 1; i <= 6; i++) {
                int rows = i;
                intake.site.clock.advance(Duration.ofSeconds(40));
                socket.getOutputStream().write(frame, 0, 10);
                assertNothingComes(socket);
                intake.site.clock.advance(Duration.ofSeconds(20));
                socket.getOutputStream().write(frame, 10, frame.length - 10);
                await().atMost(Duration.ofSeconds(20)).until(() -> intake.reports.count() == rows);
            }
            assertNothingComes(socket);
        }
    }

    /** Else it would be the oldest message of all. */
    @Test
    void aMessageThatBeginsWithTheHandshakeHasAllItsTime() throws Exception {
        intake.close();
        intake = new Intake(folder, 60_000, 60_000);
        intake.site.clock.advance(Duration.ofHours(1));
        byte[] frame = frame(TEXT, Intake.ROW);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(SocketTest.upgrade(KEY));
        both.write(frame, 0, 10);
        try (Socket socket = intake.socket()) {
            socket.getOutputStream().write(both.toByteArray());
            assertThat(SocketTest.head(socket)).startsWith("HTTP/1.1 101 ");
            socket.getOutputStream().write(frame, 10, frame.length - 10);
            await().atMost(Duration.ofSeconds(20)).until(() -> intake.reports.count() == 1);
        }
        assertThat(intake.reports.last().values).containsEntry(0, 21.5);
    }

    private static void assertNothingComes(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void whoAsksAndDoesNotListenIsHungUpOn() throws Exception {
        try (Socket socket = connected("meter")) {
            byte[] pings = frame(PING, "x".repeat(125));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 500_000; i++) {
                            socket.getOutputStream().write(pings);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aDeviceThatDoesNotTakeWhatIsWrittenFailsTheWriteAndIsHungUpOn() throws Exception {
        Channel text = new Channel("text", "/text", Type.STRING, "", Access.READ_WRITE, Map.of());
        DeviceSettings settings = JettySite.device("deaf").withChannels(List.of(text));
        try (Connection device = intake.open(settings, new RecordedReports());
                Socket socket = connected("deaf")) {
            // The answer to the upgrade may be here before the socket is known to the device.
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> device.write(text, "x"));
            String large = "x".repeat(1 << 18);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            device.write(text, large);
                        }
                    })
                    .hasMessage("the device does not take what is sent to it");
            assertThat(socket.isConnected()).isTrue();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThatThrownBy(() -> device.write(text, "x"))
                            .hasMessageStartingWith("not connected by a web socket"));
        }
    }
}
