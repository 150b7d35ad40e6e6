package org.headgate.distribution;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    private final List<Message> messages = new ArrayList<>();
    private long read;
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
    synchronized List<Message> messages() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("mosquitto_sub ended with status " + process.exitValue());
        }
        // Only what is new is read and parsed: a test that asks often must not take the machine from what it measures.
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer fresh = ByteBuffer.allocate((int) (channel.size() - read));
            while (fresh.hasRemaining() && channel.read(fresh, read + fresh.position()) >= 0) {
                // A file gives less than asked at times.
            }
            String text = new String(fresh.array(), 0, fresh.position(), StandardCharsets.UTF_8);
            // The last line may be half written.
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            read += whole.getBytes(StandardCharsets.UTF_8).length;
            whole.lines().map(Message::of).forEach(messages::add);
        }
        return List.copyOf(messages);
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
