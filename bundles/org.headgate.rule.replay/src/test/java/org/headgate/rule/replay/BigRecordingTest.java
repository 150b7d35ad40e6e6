package org.headgate.rule.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording that is larger than the heap, in a JVM of its own. */
class BigRecordingTest {
    private static final int ROWS = 1_000_000;

    @TempDir
    Path folder;

    @Test
    void memoryDoesNotGrowWithTheRecording() throws IOException, InterruptedException {
        Path input = folder.resolve("big.jsonl");
        try (BufferedWriter writer = Files.newBufferedWriter(input)) {
            for (int i = 0; i < ROWS; i++) {
                writer.write("{\"stream\":\"boiler\",\"time\":" + (1_541_152_486_000L + i * 100L)
                        + ",\"data\":{\"temperature\":" + (i % 1000) / 10.0 + ",\"device\":\"boiler-" + i % 100
                        + "\",\"pump\":" + (i % 2 == 0) + "}}\n");
            }
        }
        Path out = folder.resolve("out.jsonl");
        long start = System.nanoTime();
        Process replay = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Replay.class.getName(),
                        "--sql",
                        "SELECT device, avg(temperature) AS avg, count(*) AS n FROM boiler GROUP BY device, TUMBLINGWINDOW(mi, 10)",
                        "--input",
                        input.toString())
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            assertThat(replay.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            replay.destroyForcibly();
        }
        assertThat(Files.size(input)).isGreaterThan(96L << 20);
        assertThat(Files.readString(folder.resolve("err"), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("SLF4J")))
                .isEmpty();
        assertThat(replay.exitValue()).isZero();
        System.out.printf(
                "replay: %,.0f rows/s with its start, read twice%n", ROWS * 1e9 / (System.nanoTime() - start));
        long windows = ROWS / 6000;
        assertThat(Files.readAllLines(out)).hasSizeBetween((int) windows, (int) windows + 2);
    }
}
