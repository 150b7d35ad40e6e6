package org.headgate.distribution;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real distribution as a process, through {@code bin/headgate}, on a home of its own. Close it in {@code @AfterEach}: that
 * ends the process by its id and waits for it.
 */
final class RunningGateway implements AutoCloseable {
    static final Path DISTRIBUTION = Path.of(System.getProperty("headgate.distribution"));
    private static final Duration START = Duration.ofMinutes(2);

    private final Path home;
    private final int consolePort;
    private Process process;

    /** What a program printed and how it ended. */
    record Result(int status, String out, String err) {}

    /** A gateway on a home that exists already or is made, with a free port for its console. Not started yet. */
    RunningGateway(Path home) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve("etc"));
        consolePort = freePort();
        Files.writeString(home.resolve("etc/headgate.gateway.cfg"), "console.port = " + consolePort + "\n");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Path home() {
        return home;
    }

    int consolePort() {
        return consolePort;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    /** Runs {@code headgate run} and waits until a command is answered; returns how long that took. */
    Duration start() throws IOException, InterruptedException {
        long began = System.nanoTime();
        launch();
        while (exec("gateway:version").status() != 0) {
            if (!process.isAlive() || System.nanoTime() - began > START.toNanos()) {
                throw new IllegalStateException("no answer; alive: " + process.isAlive() + "\n" + output() + log());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Runs {@code headgate run} and waits for nothing. */
    void launch() throws IOException {
        process = builder("run")
                .redirectErrorStream(true)
                .redirectOutput(console().toFile())
                .start();
    }

    /** Waits until every bundle runs: commands are answered before, so that a gateway can be asked while the console's port opens. */
    void awaitBundles() {
        await("every bundle is active")
                .atMost(START)
                .until(() -> exec("bundle:list", "-t", "0", "--no-format")
                        .out()
                        .lines()
                        .skip(1)
                        .allMatch(line -> line.contains("Active") || line.contains(", Hosts: ")));
    }

    /** Stops with SIGTERM as a service manager would; returns how long that took. */
    Duration stop() throws InterruptedException {
        long began = System.nanoTime();
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not stopped within 20 s");
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** The end without warning: SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Runs a command of the console as the admin. */
    Result exec(String... words) throws IOException, InterruptedException {
        return launcher(concat(List.of("exec"), words));
    }

    /** Runs a command of the console with a role: viewer, operator or admin. */
    Result execAs(String role, String... words) throws IOException, InterruptedException {
        return launcher(concat(List.of("exec", "--role", role), words));
    }

    /** Runs the launcher on this home with any verb that ends by itself. */
    Result launcher(List<String> words) throws IOException, InterruptedException {
        return run(builder(words.toArray(String[]::new)));
    }

    Result launcher(String... words) throws IOException, InterruptedException {
        return launcher(List.of(words));
    }

    /** Starts the launcher on this home with a verb that goes on until it is ended; the caller ends it. */
    Process background(Path output, String... words) throws IOException {
        return builder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Runs any program and returns what it printed; it is ended after a minute. */
    static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = Files.createTempFile("headgate", ".out");
        Path err = Files.createTempFile("headgate", ".err");
        try {
            Process program = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            program.getOutputStream().close();
            if (!program.waitFor(60, TimeUnit.SECONDS)) {
                program.destroyForcibly().waitFor();
                throw new IllegalStateException(builder.command() + " has not ended");
            }
            return new Result(
                    program.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** What the process itself printed since its start. */
    String output() throws IOException {
        return Files.exists(console()) ? Files.readString(console()) : "";
    }

    /** The log so far. */
    String log() throws IOException {
        Path log = home.resolve("var/log/headgate.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }

    private Path console() {
        return home.resolve("console.out");
    }

    /** How the launcher is called on this home. */
    ProcessBuilder builder(String... words) {
        ProcessBuilder builder = new ProcessBuilder(
                concat(List.of(DISTRIBUTION.resolve("bin/headgate").toString()), words));
        builder.environment().put("HEADGATE_HOME", home.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private static List<String> concat(List<String> first, String... then) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(then));
        return all;
    }
}
