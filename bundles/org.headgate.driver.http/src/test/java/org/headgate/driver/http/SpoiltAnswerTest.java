package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that says more than it was asked for, or nothing. */
class SpoiltAnswerTest {
    @TempDir
    private Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private volatile Socket accepted;
    private volatile String first = "";
    private volatile String others = "";
    /** Before each byte; 0 for all of them at once. */
    private volatile long pauseNanos;

    private Duration timeout = Duration.ofSeconds(20);

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "server");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** Each connection by itself: the first request that comes at all is answered as the first. */
    private void serve() {
        while (true) {
            try (Socket socket = server.accept()) {
                accepted = socket;
                while (request(socket.getInputStream())) {
                    String answer = asked.size() == 1 ? first : others;
                    if (answer.isEmpty()) {
                        break;
                    }
                    say(socket, answer.getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException gone) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    private void say(Socket socket, byte[] answer) throws IOException {
        int some = pauseNanos == 0 ? answer.length : 1;
        for (int i = 0; i < answer.length; i += some) {
            LockSupport.parkNanos(pauseNanos);
            socket.getOutputStream().write(answer, i, some);
        }
    }

    /** A request whose body, if any, has come with its head. */
    private boolean request(InputStream in) throws IOException {
        byte[] bytes = new byte[4096];
        int count = in.read(bytes);
        if (count > 0) {
            asked.add(new String(bytes, 0, count, StandardCharsets.US_ASCII));
        }
        return count > 0;
    }

    private static String answer(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private Connection open() throws Exception {
        return new HttpDriver(new Home().vault(folder), new Inbox(any -> true), () -> {}, Home.NAMES, new MovedClock())
                .open(settings());
    }

    private DeviceSettings settings() {
        return Station.at(server.getLocalPort(), timeout);
    }

    private double fan(Connection connection) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(settings().channels(), readings);
        return readings.number(2);
    }

    /** A second answer that nobody asked for would be taken for the next one's, and each one's from then on. */
    @Test
    void whatComesBehindAnAnswerIsNotTheNextOne() throws Exception {
        first = answer("{\"fan\":1}") + answer("{\"fan\":9}");
        others = answer("{\"fan\":2}");
        try (Connection connection = open()) {
            assertThat(fan(connection)).isEqualTo(1);
            assertThat(fan(connection)).isEqualTo(2);
        }
    }

    @Test
    void whatComesLaterIsNotTheNextOneEither() throws Exception {
        first = answer("{\"fan\":1}");
        others = answer("{\"fan\":2}");
        try (Connection connection = open()) {
            assertThat(fan(connection)).isEqualTo(1);
            say(accepted, answer("{\"fan\":9}").getBytes(StandardCharsets.US_ASCII));
            // Nothing shows that it has come.
            LockSupport.parkNanos(300_000_000);
            assertThat(fan(connection)).isEqualTo(2);
        }
    }

    /** Nobody knows whether it was done. */
    @Test
    void aWriteThatIsNotAnsweredFailsAndIsNotDoneTwice() throws Exception {
        others = answer("");
        try (Connection connection = open()) {
            assertThatThrownBy(() -> connection.write(Station.FAN, 4L)).isInstanceOf(IOException.class);
        }
        assertThat(asked).hasSize(1).first().asString().startsWith("PUT /set/fan ");
    }

    /** The time is that of the whole answer, and not of each of its bytes. */
    @Test
    void anAnswerThatTricklesIsNotWaitedFor() throws Exception {
        first = answer("{\"fan\":1}" + " ".repeat(30));
        pauseNanos = 100_000_000;
        timeout = Duration.ofSeconds(1);
        try (Connection connection = open()) {
            assertThatThrownBy(() -> fan(connection)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void whatHasNotChangedAlthoughNobodyAskedForThatIsNoAnswer() throws Exception {
        first = "HTTP/1.1 304 Not Modified\r\n\r\n";
        try (Connection connection = open()) {
            assertThatThrownBy(() -> fan(connection))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("HTTP 304 ");
        }
    }
}
