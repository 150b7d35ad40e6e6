package org.headgate.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.headgate.bench.modbus.Slaves;

/** Modbus slaves in a process of their own, whose processor time is nobody's figure. */
final class SlaveProcess implements AutoCloseable {
    final int port;
    private final Process process;
    private final BufferedReader output;

    SlaveProcess(int count) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Slaves.class.getName(),
                        Integer.toString(count))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        port = Integer.parseInt(line("ready")[1]);
    }

    /** Says a line to them. */
    void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** What those that are well have seen since they were told to reset. */
    Seen report() throws IOException {
        tell("report");
        String[] words = line("report");
        return new Seen(Long.parseLong(words[1]), Long.parseLong(words[2]) / 1e9);
    }

    private String[] line(String first) throws IOException {
        String line = output.readLine();
        if (line == null || !line.startsWith(first)) {
            throw new IOException("the slaves said " + line + " (expected: " + first + ")");
        }
        return line.split(" ");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /**
     * What slaves have seen.
     *
     * @param polls requests that they answered
     * @param longestSeconds the longest pause between two requests to the same slave
     */
    record Seen(long polls, double longestSeconds) {}
}
