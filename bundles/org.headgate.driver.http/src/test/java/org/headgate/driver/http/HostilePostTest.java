package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.device.api.kit.RecordedReports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers and broken devices do to the port. */
class HostilePostTest {
    private static final long WHOLE_MILLIS = 600;

    @TempDir
    private Path folder;

    private Intake intake;

    @BeforeEach
    void start() throws Exception {
        intake = new Intake(folder, 8000, WHOLE_MILLIS);
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
    }

    @Test
    void aFloodOfWrongTokensIsSlowedDownAndTheRightOneIsNot() throws Exception {
        int slowed = 0;
        for (int i = 0; i < 600 && slowed <= 10; i++) {
            String answer = intake.answer("POST", "meter", "wrong" + i, Intake.ROW);
            assertThat(answer).matches("(?s)HTTP/1.1 (401|429) .*");
            slowed += answer.startsWith("HTTP/1.1 429 ") ? 1 : 0;
        }
        assertThat(slowed).isGreaterThan(10);
        assertThat(intake.errors()).as("a stranger does not make it DEGRADED").isZero();
        assertThat(intake.post(Intake.ROW)).startsWith(Intake.TAKEN);
    }

    @Test
    void aBodyThatIsTooLongIsRefusedByItsLengthAndByItsBytes() throws Exception {
        String body = "{\"temperature\":" + " ".repeat(5000) + "1}";
        assertThat(intake.post(body)).startsWith("HTTP/1.1 413 ");
        try (Socket socket = intake.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(Intake.head("POST", "meter", Home.TOKEN, "Transfer-Encoding: chunked\r\n"));
            byte[] chunk = ("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            out.write(chunk);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(intake.errors()).isEqualTo(2);
        assertThat(intake.reports.last().bad)
                .as("the device is DEGRADED, but not by a flood of rows")
                .containsEntry(0, "longer than 4096 bytes (1 refused)");
        assertThat(intake.reports.count()).isOne();
        assertThat(intake.post(Intake.ROW)).startsWith(Intake.TAKEN);
    }

    @Test
    void aBodyThatDoesNotEndIsGivenUp() throws Exception {
        long begun = System.nanoTime();
        try (Socket socket = intake.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(Intake.head("POST", "meter", Home.TOKEN, "Content-Length: 30\r\n"));
            out.write('{');
            assertThat(Intake.text(socket)).startsWith("HTTP/1.1 408 ");
        }
        assertThat(intake.reports.last().bad)
                .containsEntry(1, "the message did not come to its end in time (1 refused)");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThanOrEqualTo(Duration.ofMillis(WHOLE_MILLIS - 100));
    }

    @Test
    void aBodyThatTricklesIsGivenUp() throws Exception {
        try (Socket socket = intake.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(Intake.head("POST", "meter", Home.TOKEN, "Content-Length: 3000\r\n"));
            socket.setSoTimeout(50);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
            while (System.nanoTime() < end && answer.size() == 0) {
                out.write(' ');
                try {
                    int b = socket.getInputStream().read();
                    if (b >= 0) {
                        answer.write(b);
                        socket.setSoTimeout(2000);
                        // What follows may be lost: the server hangs up, and a blank may come after that.
                        answer.writeBytes(socket.getInputStream().readNBytes(12));
                    }
                } catch (SocketTimeoutException nothingYet) {
                    continue;
                }
            }
            assertThat(answer.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 408 ");
        }
    }

    /** Else the device would post again what was reported. */
    @Test
    void aMessageWhoseTimeEndsWhileItIsTakenIsTaken() throws Exception {
        intake.close();
        intake = new Intake(folder, 60_000, 2000);
        DeviceSettings settings = JettySite.device("slow");
        SlowReports reports = new SlowReports();
        try (Connection slow = intake.driver.open(settings)) {
            slow.subscribe(settings.channels(), reports);
            // Where the machine stands still, the time ends before it is taken: that is another case.
            for (int i = 0; i < 5 && !reports.called; i++) {
                String answer = postedInTwo();
                assertThat(answer).startsWith(reports.called ? Intake.TAKEN : "HTTP/1.1 408 ");
            }
        }
        assertThat(reports.called).isTrue();
    }

    private String postedInTwo() throws IOException {
        try (Socket socket = intake.socket()) {
            socket.getOutputStream()
                    .write(Intake.head(
                            "POST",
                            "slow",
                            Home.TOKEN,
                            "Connection: close\r\nContent-Length: " + Intake.ROW.length() + "\r\n"));
            // The time is that of a body for which the server has to wait.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            socket.getOutputStream().write(Intake.ROW.getBytes(StandardCharsets.US_ASCII));
            return Intake.text(socket);
        }
    }

    private static final class SlowReports implements Reports {
        private volatile boolean called;

        @Override
        public void report(Consumer<Readings> values) {
            called = true;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2500));
        }

        @Override
        public void failed(IOException why) {
            throw new AssertionError(why);
        }
    }

    @Test
    void slowBodiesOfOneDeviceKeepNobodyElseOut() throws Exception {
        intake.close();
        intake = new Intake(folder, 3000, WHOLE_MILLIS);
        Connection other = intake.open(JettySite.device("other"), new RecordedReports());
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Socket socket = intake.socket();
            // One that is refused stays until it is idle.
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(Intake.head("POST", "meter", Home.TOKEN, "Content-Length: 30\r\n"));
            slow.add(socket);
        }
        assertThat(intake.answer("POST", "other", Home.TOKEN, Intake.ROW)).startsWith(Intake.TAKEN);
        for (Socket socket : slow) {
            assertThat(Intake.text(socket)).matches("(?s)HTTP/1.1 (408|429) .*");
            socket.close();
        }
        assertThat(intake.post(Intake.ROW)).startsWith(Intake.TAKEN);
        other.close();
    }

    @Test
    void aThousandConnectionsAreServedByThoseThreads() throws Exception {
        try (Intake patient = new Intake(folder, 60_000, 60_000)) {
            patient.site.crowd.limit(2000);
            List<Socket> all = new ArrayList<>();
            while (all.size() < 1000) {
                // The kernel keeps 50 that are not taken yet: beyond them each would try again after a second.
                for (int i = 0; i < 40; i++) {
                    all.add(patient.socket());
                }
                await().atMost(Duration.ofSeconds(20))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> patient.site.connections() == all.size());
            }
            assertThat(patient.post(Intake.ROW)).startsWith(Intake.TAKEN);
            for (int i = 0; i < all.size(); i += 50) {
                all.get(i).getOutputStream().write(Intake.request("POST", "meter", Home.TOKEN, Intake.ROW));
                assertThat(Intake.text(all.get(i))).startsWith(Intake.TAKEN);
            }
            assertThat(patient.site.threads.getThreads()).isLessThanOrEqualTo(6);
            for (Socket socket : all) {
                socket.close();
            }
        }
    }

    @Test
    void whoSaysNothingIsHungUpOn() throws Exception {
        intake.close();
        intake = new Intake(folder, 2000, WHOLE_MILLIS);
        try (Socket silent = intake.socket();
                Socket begun = intake.socket()) {
            begun.getOutputStream().write("POST /in/meter HT".getBytes(StandardCharsets.US_ASCII));
            assertThat(Intake.text(silent)).isEmpty();
            assertThat(Intake.text(begun)).doesNotContain(" 204 ");
            await().atMost(Duration.ofSeconds(10)).until(() -> intake.site.connections() == 0);
        }
    }

    @Test
    void garbageIsNoRequestAndLeavesNothingBehind() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            byte[] garbage = new byte[1 + random.nextInt(3000)];
            random.nextBytes(garbage);
            try (Socket socket = intake.socket()) {
                socket.getOutputStream().write(garbage);
                socket.shutdownOutput();
                assertThat(Intake.text(socket)).doesNotStartWith("HTTP/1.1 2");
            } catch (IOException cut) {
                assertThat(cut).isInstanceOf(IOException.class);
            }
        }
        assertThat(intake.post(Intake.ROW)).startsWith(Intake.TAKEN);
    }

    @Test
    void moreThanTheDevicesRateIsRefused() throws Exception {
        RecordedReports slow = new RecordedReports();
        Connection device = intake.open(JettySite.device("slow", "rate=2"), slow);
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            answers.add(intake.answer("POST", "slow", Home.TOKEN, Intake.ROW).substring(9, 12));
        }
        assertThat(answers).startsWith("204", "204").contains("429");
        assertThat(slow.last().bad).containsEntry(0, "too many messages: send more slowly (1 refused)");
        assertThat(intake.post(Intake.ROW)).startsWith(Intake.TAKEN);
        device.close();
    }
}
