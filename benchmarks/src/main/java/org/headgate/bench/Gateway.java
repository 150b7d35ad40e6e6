package org.headgate.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway of the real distribution, run as a user runs it and asked through {@code headgate exec}. */
final class Gateway implements AutoCloseable {
    private final Path launcher;
    private final Path home;
    private final Process process;
    final long startNanos;
    final long startEpochNanos;

    Gateway(Path distribution, Path home) throws IOException {
        this.launcher = distribution.resolve("bin/headgate");
        this.home = home;
        this.startEpochNanos = System.currentTimeMillis() * 1_000_000L;
        this.startNanos = System.nanoTime();
        this.process = new ProcessBuilder(launcher.toString(), "run", "--home", home.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("bench.log").toFile())
                .start();
    }

    long pid() {
        return process.pid();
    }

    /** The output of a command that succeeded; empty when the gateway does not answer yet. */
    String exec(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "exec", "--home", home.toString()));
        command.addAll(List.of(words));
        Process exec = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(exec.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return exec.waitFor() == 0 ? output : "";
    }

    /**
     * Waits until the output of a command matches; returns the first group. Nothing is asked before the gateway has said how: processes that
     * ask in vain would take the time of the start that is measured.
     */
    String await(Pattern pattern, String... words) throws IOException, InterruptedException {
        Path endpoint = home.resolve("var/run/exec-admin");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            if (Files.exists(endpoint)) {
                Matcher matcher = pattern.matcher(exec(words));
                if (matcher.find()) {
                    return matcher.group(1);
                }
            }
            if (!process.isAlive()) {
                throw new IOException("the gateway has ended: " + Files.readString(home.resolve("bench.log")));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IOException("no " + pattern + " within 60 s: " + Files.readString(home.resolve("bench.log")));
    }

    /** Proportional set size in MB (10^6 bytes), which counts shared pages once. */
    double pssMegabytes() throws IOException {
        String kibibytes = Machine.line(Path.of("/proc/" + pid() + "/smaps_rollup"), "Pss:");
        return Long.parseLong(kibibytes.replaceAll("\\D", "")) * 1024 / 1e6;
    }

    /** Processor time used so far by all threads, in seconds. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
        // proc(5): utime and stime are fields 14 and 15; the second field may hold blanks, so count behind its bracket.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    int threads() throws IOException {
        return Integer.parseInt(Machine.line(Path.of("/proc/" + pid() + "/status"), "Threads"));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
