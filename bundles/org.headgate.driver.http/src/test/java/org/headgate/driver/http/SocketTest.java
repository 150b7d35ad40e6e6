package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.headgate.device.api.kit.PeerProcess;
import org.headgate.device.api.kit.RecordedReports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Web sockets of others: the package ws of Node, the client of the JDK, and bytes that neither would send. */
class SocketTest {
    private static final Path SCRIPT = Path.of("src/test/resources/device.js").toAbsolutePath();
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private Intake intake;

    @BeforeEach
    void start() throws Exception {
        intake = new Intake(folder, 60_000, 60_000);
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
    }

    private PeerProcess node(String how, String token) throws IOException {
        return PeerProcess.node(SCRIPT, folder.resolve(how + ".log"), intake.site.url("ws", "meter"), how, token)
                .start();
    }

    private static void said(PeerProcess peer, String line) {
        await().atMost(SOON).until(() -> peer.lines().contains(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "protocol"})
    void aMessageIsARowAndAWriteIsAMessage(String how) throws Exception {
        try (PeerProcess device = node(how, Home.TOKEN)) {
            said(device, how.equals("header") ? "open " : "open headgate");
            device.tell("send " + Intake.ROW);
            await().atMost(SOON).until(() -> intake.reports.count() == 1);
            assertThat(intake.reports.last().values).isEqualTo(Map.of(0, 21.5, 1, "ok"));
            device.tell("binary {\"temperature\":22.5}");
            await().atMost(SOON).until(() -> intake.reports.count() == 2);
            device.tell("pieces {\"temperature\":23.5}");
            await().atMost(SOON).until(() -> intake.reports.count() == 3);
            assertThat(intake.reports.last().values).isEqualTo(Map.of(0, 23.5));
            intake.meter.write(JettySite.FAN, 7L);
            said(device, "message {\"fan\":7}");
            device.tell("ping");
            said(device, "pong");
            device.tell("end");
            said(device, "close 1000");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThatThrownBy(() -> intake.meter.write(JettySite.FAN, 7L))
                            .hasMessageContaining("not connected"));
        }
    }

    @Test
    void aStrangerGetsNoSocket() throws Exception {
        try (PeerProcess device = node("protocol", "wrong")) {
            said(device, "failed 401");
        }
    }

    @Test
    void aWrongMessageIsAnsweredOnceAndTheSocketStays() throws Exception {
        try (PeerProcess device = node("header", Home.TOKEN)) {
            said(device, "open ");
            device.tell("send {");
            device.tell("send {");
            await().atMost(SOON).until(() -> device.lines().stream().anyMatch(line -> line.startsWith("message 400 ")));
            device.tell("send " + Intake.ROW);
            await().atMost(SOON).until(() -> intake.reports.last().values.size() == 2);
            assertThat(device.lines().stream().filter(line -> line.startsWith("message")))
                    .hasSize(1);
        }
    }

    @Test
    void aMessageThatIsTooLongEndsTheSocketWithItsCode() throws Exception {
        try (PeerProcess device = node("header", Home.TOKEN)) {
            said(device, "open ");
            device.tell("large 5000");
            said(device, "close 1009");
            assertThat(intake.reports.last().bad).containsEntry(0, "longer than 4096 bytes (1 refused)");
        }
    }

    /** The server's idle time is three seconds here. */
    @Test
    void aSilentDeviceIsAskedAndStaysAndADeadOneGoes() throws Exception {
        intake.close();
        intake = new Intake(folder, 3000, 600);
        Duration late = Duration.ofSeconds(60);
        try (PeerProcess device = node("header", Home.TOKEN);
                Socket dead = intake.socket()) {
            dead.getOutputStream().write(upgrade("dGhlIHNhbXBsZSBub25jZQ=="));
            assertThat(dead.getInputStream().read()).isEqualTo('H');
            await().atMost(late)
                    .until(() -> device.lines().stream().filter("ping"::equals).count() >= 3);
            await().atMost(late).until(() -> intake.site.connections() == 1);
            device.tell("send " + Intake.ROW);
            await().atMost(late).until(() -> intake.reports.count() == 1);
        }
    }

    @Test
    void theJdksClientIsServedToo() throws Exception {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket device = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + Home.TOKEN)
                .buildAsync(URI.create(intake.site.url("ws", "meter")), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        heard.add(text.toString());
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }
                })
                .get(10, TimeUnit.SECONDS);
        for (int i = 0; i < 50; i++) {
            device.sendText("{\"temperature\":" + i + "}", true).get(10, TimeUnit.SECONDS);
        }
        await().atMost(SOON).until(() -> intake.reports.count() == 50);
        intake.meter.write(JettySite.FAN, 5L);
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("{\"fan\":5}");
        intake.meter.close();
        assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(1001);
    }

    @Test
    void theHandshakeIsThatOfTheStandard() throws Exception {
        assertThat(Handshake.accept("dGhlIHNhbXBsZSBub25jZQ==")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(refusal("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8\r\n"))
                .startsWith("HTTP/1.1 426 ")
                .contains("Sec-WebSocket-Version: 13");
        for (String key : new String[] {"Sec-WebSocket-Key: short\r\n", "Sec-WebSocket-Key: c2hvcnQ=\r\n", ""}) {
            assertThat(refusal(key + "Sec-WebSocket-Version: 13\r\n")).startsWith("HTTP/1.1 400 ");
        }
    }

    /** A fifth one pushes the oldest out: a device that loses its connection and comes again leaves dead ones behind. */
    @Test
    void aDeviceHasFourSocketsAtMostAndWritesGoToTheNewest() throws Exception {
        RecordedReports rows = new RecordedReports();
        Socket[] all = new Socket[6];
        for (int i = 0; i < all.length; i++) {
            all[i] = intake.socket();
            all[i].getOutputStream().write(upgrade("dGhlIHNhbXBsZSBub25jZQ=="));
            assertThat(head(all[i])).startsWith("HTTP/1.1 101 ");
            // The answer to the upgrade may be here before the socket is known; that it answers shows that it is.
            all[i].getOutputStream().write(new byte[] {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0});
            assertThat(all[i].getInputStream().readNBytes(2)).containsExactly(0x8a, 0);
            int open = Math.min(i + 1, 4);
            await().atMost(SOON).until(() -> intake.site.connections() == open);
            if (i >= 4) {
                assertThat(all[i - 4].getInputStream().read()).isEqualTo(0x88);
            }
        }
        intake.meter.write(JettySite.FAN, 1L);
        assertThat(all[5].getInputStream().readNBytes(11)).contains("{\"fan\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(rows.count()).isZero();
        for (Socket socket : all) {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "81 02 7b 7d", // not masked
                "c1 80 00 00 00 00", // a reserved bit
                "83 80 00 00 00 00", // no such kind
                "8b 80 00 00 00 00", // no such kind that controls
                "80 80 00 00 00 00", // a continuation of nothing
                "01 80 00 00 00 00 81 80 00 00 00 00", // another message before the end of the first
                "09 80 00 00 00 00", // a ping in pieces
                "89 fe 00 7e 00 00 00 00", // a ping that is too long
                "81 ff 80 00 00 00 00 00 00 00 00 00 00 00" // a negative length
            })
    void whatTheStandardForbidsEndsTheSocketWithAnError(String bytes) throws Exception {
        assertThat(closeCode(bytes)).isEqualTo(Frames.PROTOCOL_ERROR);
        assertThat(intake.errors()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"81 82 00 00 00 00 c3 28", "01 81 00 00 00 00 c3 80 80 00 00 00 00"})
    void aTextThatIsNoUtf8EndsTheSocket(String bytes) throws Exception {
        assertThat(closeCode(bytes)).isEqualTo(Frames.NOT_UTF8);
        assertThat(intake.errors()).isOne();
    }

    @Test
    void aLengthThatIsPromisedIsNotAllocated() throws Exception {
        assertThat(closeCode("82 ff 00 00 00 00 7f ff ff ff 00 00 00 00")).isEqualTo(Frames.TOO_BIG);
    }

    private int closeCode(String hex) throws IOException {
        try (Socket socket = intake.socket()) {
            socket.getOutputStream().write(upgrade("dGhlIHNhbXBsZSBub25jZQ=="));
            head(socket);
            socket.getOutputStream().write(HexFormat.ofDelimiter(" ").parseHex(hex));
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(answer).hasSize(4).startsWith(0x88, 2);
            return (answer[2] & 0xff) << 8 | answer[3] & 0xff;
        }
    }

    private String refusal(String fields) throws IOException {
        try (Socket socket = intake.socket()) {
            socket.getOutputStream()
                    .write(Intake.head(
                            "GET", "meter", Home.TOKEN, "Upgrade: websocket\r\nConnection: Upgrade\r\n" + fields));
            return head(socket);
        }
    }

    static byte[] upgrade(String key) {
        return Intake.head(
                "GET",
                "meter",
                Home.TOKEN,
                "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                        + key + "\r\n");
    }

    static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                break;
            }
            head.append((char) b);
        }
        return head.toString();
    }
}
