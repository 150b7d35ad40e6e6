package org.headgate.distribution;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The cloud: Debian's mosquitto on a port of its own, loopback only. It is durable, so that what it has acknowledged outlives
 * a {@link #stop}; {@link #kill} may lose what it has acknowledged a moment ago, so a test kills it only when all has arrived.
 */
final class Mosquitto implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

    private final Path folder;
    private final int port;
    private Process process;

    /**
     * A broker that keeps its files in a folder; not started yet.
     *
     * @param more further lines of its configuration
     */
    Mosquitto(Path folder, String... more) throws IOException {
        this.folder = Files.createDirectories(folder);
        port = RunningGateway.freePort();
        // As root mosquitto would change to a user that cannot write here.
        Files.writeString(
                folder.resolve("mosquitto.conf"),
                """
                listener %d 127.0.0.1
                allow_anonymous true
                user %s
                persistence true
                persistence_location %s/
                autosave_interval 1
                autosave_on_changes true
                max_inflight_messages 0
                max_queued_messages 0
                """.formatted(port, System.getProperty("user.name"), folder) + String.join("\n", more) + "\n");
    }

    /** Skips the test where there is no mosquitto; on a build server, where there must be one, fails it. */
    static void require() {
        String how = PROGRAM + " is missing: apt-get install mosquitto mosquitto-clients";
        boolean there = Files.isExecutable(PROGRAM) && Files.isExecutable(Subscriber.PROGRAM);
        if (!there && "true".equals(System.getenv("CI"))) {
            fail(how);
        }
        Assumptions.assumeTrue(there, how);
    }

    int port() {
        return port;
    }

    void start() throws IOException {
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-c",
                        folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("mosquitto.log").toFile()))
                .start();
        await().atMost(Duration.ofSeconds(10)).until(this::listens);
    }

    /** Ends it with SIGTERM: it says good-bye to nobody, and keeps what it has. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("mosquitto has not stopped within 10 s");
        }
    }

    /** Ends it with SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops it in its tracks (SIGSTOP): connections stay open and nothing answers. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Lets it run again. */
    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        RunningGateway.run(new ProcessBuilder("kill", signal, Long.toString(process.pid())));
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("mosquitto ended with status " + process.exitValue() + ", see " + folder);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
