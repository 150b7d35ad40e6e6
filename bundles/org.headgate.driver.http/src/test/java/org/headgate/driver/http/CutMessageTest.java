package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that ends inside of a message has lost one; one that ends between messages has not. */
class CutMessageTest {
    private static final String HALF = "{\"temperature\":";

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

    private void awaitOne() {
        await().atMost(Duration.ofSeconds(30)).until(() -> intake.errors() == 1);
        assertThat(intake.reports.last().bad)
                .containsEntry(0, "the connection has ended inside of a message (1 refused)");
    }

    /** Its half of the connection is closed: it hears the answer, and must not take it for a yes. */
    @Test
    void whoSaysNoMoreInsideOfABodyIsToldThatItWasNotTaken() throws Exception {
        try (Socket socket = intake.socket()) {
            socket.getOutputStream().write(Intake.head("POST", "meter", Home.TOKEN, "Content-Length: 30\r\n"));
            socket.getOutputStream().write(HALF.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(Intake.text(socket)).startsWith("HTTP/1.1 400 ");
        }
        awaitOne();
    }

    @Test
    void aBodyThatIsCutOffIsCounted() throws Exception {
        try (Socket socket = intake.socket()) {
            socket.getOutputStream().write(Intake.head("POST", "meter", Home.TOKEN, "Content-Length: 30\r\n"));
            socket.getOutputStream().write(HALF.getBytes(StandardCharsets.US_ASCII));
        }
        awaitOne();
    }

    private Socket connected() throws IOException {
        Socket socket = intake.socket();
        socket.getOutputStream().write(SocketTest.upgrade("dGhlIHNhbXBsZSBub25jZQ=="));
        assertThat(SocketTest.head(socket)).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "81", // half of a head
                "81 85 00 00 00 00 7b", // one byte of five
                "01 81 00 00 00 00 7b", // the first part of several
                "01 81 00 00 00 00 7b 88 80 00 00 00 00" // it says goodbye
            })
    void aWebSocketThatEndsInsideOfAMessageIsCounted(String bytes) throws Exception {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(HexFormat.ofDelimiter(" ").parseHex(bytes));
        }
        awaitOne();
    }

    /** Also when it says that it was us who did wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"88 80 00 00 00 00", "88 82 00 00 00 00 03 ea", "88 82 00 00 00 00 03 f1", ""})
    void aWebSocketThatEndsBetweenMessagesHasLostNothing(String bytes) throws Exception {
        try (Socket socket = connected()) {
            socket.getOutputStream()
                    .write(
                            bytes.isEmpty()
                                    ? new byte[0]
                                    : HexFormat.ofDelimiter(" ").parseHex(bytes));
            socket.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes()).hasSize(bytes.isEmpty() ? 0 : 4);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> intake.site.connections() == 0);
        assertThat(intake.errors()).isZero();
    }
}
