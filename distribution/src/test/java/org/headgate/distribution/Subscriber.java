package org.headgate.distribution;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A consumer that is not ours: mosquitto_sub with QoS 1 and a session that the broker keeps, so that nothing is lost while it
 * connects again. It writes what it gets into a file.
 */
final class Subscriber implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/bin/mosquitto_sub");

    private final Path file;
    private final int port;
    private Process process;

    /** A subscriber that writes into a file; not started yet. */
    Subscriber(Path file, int port) {
        this.file = file;
        this.port = port;
    }

    /** Subscribes to everything under {@code headgate/}; the broker must be running. */
    void start() throws IOException {
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-i",
                        "consumer",
                        "-c",
                        "-q",
                        "1",
                        "-t",
                        "headgate/#",
                        "-F",
                        "%t %p")
                .redirectOutput(file.toFile())
                .redirectError(file.resolveSibling("subscriber.log").toFile())
                .start();
    }

    /** All messages so far, duplicates included, in the order of their arrival. */
    List<Message> messages() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("mosquitto_sub ended with status " + process.exitValue());
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        // The last line may be half written.
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Message::of)
                .toList();
    }

    Arrivals arrivals() throws IOException {
        return new Arrivals(messages());
    }

    /** Waits until nothing new has come for a second; for when the broker has everything already. */
    void awaitQuiet() {
        AtomicLong size = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> Files.size(file) == size.getAndSet(Files.size(file)));
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }
}
