package org.headgate.device.api.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A server or a client that is not ours, as a process: a script that prints a line beginning with {@code ready} when it can be used. It is
 * spoken to on its standard input, and ended by its id.
 */
public final class PeerProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final String READY = "ready";

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;

    private PeerProcess(List<String> command, Map<String, String> environment, Path log) {
        this.command = command;
        this.environment = environment;
        this.log = log;
    }

    /** A script for Node, which finds the packages of {@code cnf/peers}; the test is skipped where they are not installed. */
    public static PeerProcess node(Path script, Path log, Object... arguments) {
        String peers = System.getProperty("headgate.peers", "");
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of(peers, "node_modules")) && !peers.isEmpty(),
                "the packages of cnf/peers are not installed: ./headgate test installs them");
        return new PeerProcess(
                words("node", script, arguments),
                Map.of("NODE_PATH", Path.of(peers, "node_modules").toString()),
                log);
    }

    /** A script for Debian's Python; the test is skipped where the module is not installed. */
    public static PeerProcess python(String module, Path script, Path log, Object... arguments) throws IOException {
        Process trial = new ProcessBuilder("/usr/bin/python3", "-c", "import " + module)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Assumptions.assumeTrue(exit(trial) == 0, module + " is not installed: sudo apt-get install python3-" + module);
        return new PeerProcess(words("/usr/bin/python3", script, arguments), Map.of(), log);
    }

    private static List<String> words(String program, Path script, Object... arguments) {
        List<String> words = new ArrayList<>(List.of(program, script.toString()));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        return words;
    }

    /** Starts it, again too; returns when it is ready. */
    public PeerProcess start() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (lines().stream().noneMatch(line -> line.startsWith(READY))) {
            if (!process.isAlive() || System.nanoTime() > end) {
                String said = log();
                kill();
                throw new IOException(command + " did not get ready: " + said);
            }
            pause();
        }
        return this;
    }

    /** The line with which it said that it is ready, without that word. */
    public String ready() {
        return lines().stream()
                .filter(line -> line.startsWith(READY))
                .findFirst()
                .orElseThrow()
                .substring(READY.length())
                .strip();
    }

    /** Says a line to it. */
    public void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** What it has printed since it was started last; a line that is being written is none yet. */
    public List<String> lines() {
        String said = log();
        return said.substring(0, said.lastIndexOf('\n') + 1).lines().toList();
    }

    private String log() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        }
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Its id. */
    public long pid() {
        return process.pid();
    }

    /** Ends it as a power cut does. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            exit(process);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void pause() {
        try {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static int exit(Process process) {
        try {
            return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
