package org.headgate.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same polls by libmodbus in C, from one thread, which does nothing with what it reads: the floor of any gateway. */
final class ModbusPeer {
    private final Path program;

    /** Compiles it. */
    ModbusPeer(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("modbus-peer.c");
        try (InputStream text = ModbusPeer.class.getResourceAsStream("/modbus-peer.c")) {
            Files.copy(text, source);
        }
        program = folder.resolve("modbus-peer");
        List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-o", program.toString(), source.toString()));
        command.addAll(List.of(
                run(List.of("pkg-config", "--cflags", "--libs", "libmodbus")).split("\\s+")));
        run(command);
    }

    /** Polls for a while; returns the processor time in percent of a core. */
    Figure poll(int port, int slaves, int registers, double interval, int seconds)
            throws IOException, InterruptedException {
        String[] words = run(List.of(
                        program.toString(),
                        Integer.toString(port),
                        Integer.toString(slaves),
                        Integer.toString(registers),
                        Long.toString(Math.round(interval * 1000)),
                        Integer.toString(seconds)))
                .split(" ");
        return new Figure(
                Long.parseLong(words[0]) / (double) seconds,
                Double.parseDouble(words[1]) / seconds * 100,
                Long.parseLong(words[2]) * 1024 / 1e6);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return output;
    }

    /** What it took: polls a second, percent of a core, and MB. */
    record Figure(double rate, double cpu, double megabytes) {}
}
