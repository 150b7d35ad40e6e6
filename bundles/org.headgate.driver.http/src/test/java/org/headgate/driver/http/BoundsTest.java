package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.headgate.device.api.Connection;
import org.headgate.device.api.kit.RecordedReports;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a device may send, how much of it at once, and who it is. A body has all the time that it wants here. */
class BoundsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int LONGEST = 4096;

    @TempDir
    private Path folder;

    private Intake intake;
    private final List<Socket> open = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        intake = new Intake(folder, 60_000, 60_000);
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : open) {
            socket.close();
        }
        intake.close();
    }

    private String asked(byte[] request) throws IOException {
        try (Socket socket = intake.socket()) {
            socket.getOutputStream().write(request);
            return SocketTest.head(socket);
        }
    }

    private static byte[] post(String fields, String body) {
        byte[] head = Intake.head("POST", "meter", Home.TOKEN, fields);
        return (new String(head, StandardCharsets.ISO_8859_1) + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A body that has begun. */
    private void begin() throws IOException {
        Socket socket = intake.socket();
        open.add(socket);
        socket.getOutputStream().write(post("Content-Length: 30\r\n", "{"));
    }

    @Test
    void aLengthThatIsTooLongIsRefusedBeforeTheBodyComes() throws Exception {
        assertThat(asked(post("Content-Length: " + (LONGEST + 1) + "\r\n", ""))).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aBodyOfTheLongestLengthIsTaken() throws Exception {
        String body = Intake.ROW + " ".repeat(LONGEST - Intake.ROW.length());
        assertThat(asked(post("Content-Length: " + LONGEST + "\r\n", body))).startsWith(Intake.TAKEN);
        String chunked = Integer.toHexString(LONGEST) + "\r\n" + body + "\r\n0\r\n\r\n";
        assertThat(asked(post("Transfer-Encoding: chunked\r\n", chunked))).startsWith(Intake.TAKEN);
        String longer = Integer.toHexString(LONGEST + 1) + "\r\n" + body + " \r\n0\r\n\r\n";
        assertThat(asked(post("Transfer-Encoding: chunked\r\n", longer))).startsWith("HTTP/1.1 413 ");
        assertThat(intake.reports.count()).as("two rows, and why not a third").isEqualTo(3);
        assertThat(intake.errors()).isOne();
    }

    @Test
    void aCompressedBodyIsRefused() throws Exception {
        String length = "Content-Length: " + Intake.ROW.length() + "\r\n";
        assertThat(asked(post(length + "Content-Encoding: gzip\r\n", Intake.ROW)))
                .startsWith("HTTP/1.1 415 ");
        assertThat(intake.reports.last().bad).containsEntry(0, "Content-Encoding is not understood (1 refused)");
        assertThat(asked(post(length + "Content-Encoding: Identity\r\n", Intake.ROW)))
                .startsWith(Intake.TAKEN);
    }

    @Test
    void eightAtOnceIsEightAndOneThatWasRefusedTakesNoRoom() {
        Recipient meter = (Recipient) intake.meter;
        for (int i = 0; i < 8; i++) {
            assertThat(meter.begins()).isTrue();
        }
        assertThat(meter.begins()).isFalse();
        assertThat(meter.begins()).isFalse();
        meter.ended();
        assertThat(meter.begins()).isTrue();
        assertThat(meter.begins()).isFalse();
    }

    @Test
    void aDeviceHasEightBodiesAtOnceAtMost() throws Exception {
        for (int i = 0; i < 8; i++) {
            begin();
        }
        // A row that is taken meanwhile has the room of one of them.
        await().atMost(SOON).untilAsserted(() -> {
            if (open.size() < 8 + 4) {
                begin();
            }
            assertThat(intake.post(Intake.ROW)).startsWith("HTTP/1.1 429 ").contains("Retry-After: 1\r\n");
        });
    }

    /** Else a device whose line breaks eight times could post no more. */
    @Test
    void aBodyThatIsCutOffMakesRoom() throws Exception {
        for (int i = 0; i < 8; i++) {
            begin();
        }
        await().atMost(SOON).until(() -> {
            begin();
            return intake.post(Intake.ROW).startsWith("HTTP/1.1 429 ");
        });
        long before = intake.errors();
        for (Socket socket : open) {
            socket.close();
        }
        await().atMost(SOON).until(() -> intake.errors() >= before + 8);
        await().atMost(SOON).until(() -> intake.post(Intake.ROW).startsWith(Intake.TAKEN));
        for (int i = 0; i < 7; i++) {
            begin();
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(intake.post(Intake.ROW))
                        .as("all of it is there again")
                        .startsWith(Intake.TAKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Digest s3cret-token", "s3cret-token", "Bearer", "Bearer ", "Bearer s3cret-token x"})
    void aTokenIsShownAsBearerOnly(String authorization) throws Exception {
        String fields = "Authorization: " + authorization + "\r\nContent-Length: 0\r\n";
        assertThat(asked(Intake.head("POST", "meter", "", fields))).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void theNameOfTheSchemeMayBeWrittenAsOneLikes() throws Exception {
        String fields = "Authorization: bearer  " + Home.TOKEN + "\r\nContent-Length: 0\r\n";
        assertThat(asked(Intake.head("POST", "meter", "", fields))).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"other, s3cret-token", "s3cret-token", "headgate, s3cret-token, x", "headgate"})
    void aTokenInAnotherSubprotocolIsNone(String protocols) throws Exception {
        String fields = "Sec-WebSocket-Protocol: " + protocols + "\r\nContent-Length: 0\r\n";
        assertThat(asked(Intake.head("POST", "meter", "", fields))).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void anEmptySecretOpensNothing() throws Exception {
        Home home = new Home();
        home.put("empty", "");
        HttpDriver second =
                new HttpDriver(home.vault(folder), intake.site.inbox, () -> {}, Home.NAMES, new MovedClock());
        try (Connection bare = second.open(JettySite.device("bare", "token=@empty"))) {
            assertThat(bare).isNotNull();
            for (String fields : new String[] {"", "Authorization: Bearer \r\n", "Authorization: Bearer\r\n"}) {
                assertThat(asked(Intake.head("POST", "bare", "", fields + "Content-Length: 0\r\n")))
                        .startsWith("HTTP/1.1 401 ");
            }
        }
    }

    /** The runtime opens a device again before the old connection is closed where its file has changed. */
    @Test
    void ofTwoConnectionsTheNewestTakesWhatComes() throws Exception {
        RecordedReports newer = new RecordedReports();
        Connection second = intake.open(JettySite.device("meter"), newer);
        assertThat(intake.post(Intake.ROW)).startsWith(Intake.TAKEN);
        assertThat(newer.count()).isOne();
        assertThat(intake.reports.count()).isZero();
        second.close();
        assertThat(intake.post(Intake.ROW)).startsWith(Intake.TAKEN);
        assertThat(intake.reports.count()).isOne();
    }

    @Test
    void aMessageThatWasOnItsWayWhenTheDeviceWasClosedIsNotTaken() throws Exception {
        byte[] row = Intake.ROW.getBytes(StandardCharsets.UTF_8);
        intake.meter.close();
        assertThat(((Recipient) intake.meter).take(row, row.length)).isEqualTo(Verdict.CLOSED);
        assertThat(intake.reports.count()).isZero();
    }
}
