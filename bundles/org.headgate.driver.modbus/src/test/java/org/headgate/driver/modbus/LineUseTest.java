package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.headgate.system.api.Clock;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much of a line's time is used. The limit is arithmetic: the characters of the request and of the answer, 11 bits each, and the silence
 * before each of the two that the specification wants (Modbus over Serial Line V1.02, 2.5.1.1): 3.5 characters, or 1.75 ms above 19,200 baud. A poll is
 * counted on the line, from the end of one answer to the end of the next: a thread that is woken late makes no other poll look short. What the driver
 * leaves over it leaves over in every poll, so the median counts, and in the short run the fastest: a machine that builds beside it halts everybody every
 * few milliseconds.
 */
class LineUseTest {
    private static final int REGISTERS = 125;
    /** Unit, function, address, count, checksum; unit, function, length, registers, checksum. */
    private static final int CHARACTERS = 8 + 5 + 2 * REGISTERS;

    private static final double AIM = 0.95;
    /** Who sends a character too early breaks the silence, or the measurement. */
    private static final double MOST = 1.001;

    private static final boolean LONG = Boolean.getBoolean("headgate.long");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"9600, 10", "115200, 100"})
    void ofALineNoMoreThanAFewPercentAreLeftOver(int baud, int polls) throws Exception {
        int count = LONG ? 20 * polls : polls;
        SharedLoops loops = new SharedLoops();
        ThreadCalls calls = new ThreadCalls(loops);
        Clock clock = new SystemClock(loops, calls);
        try (PacedBus bus = new PacedBus(folder, baud, 1);
                Line line = new Lines(new Wires(bus.ports(), calls, clock), clock)
                        .open(BusAddress.serial(bus.settings), Duration.ofSeconds(5))) {
            byte[] request = {3, 0, 0, 0, REGISTERS};
            ask(line, request);
            long start = bus.line.freeAt();
            long[] nanos = new long[count];
            for (int i = 0; i < count; i++) {
                byte[] answer = ask(line, request);
                long end = bus.line.freeAt();
                nanos[i] = end - start;
                start = end;
                assertThat(answer).hasSize(2 + 2 * REGISTERS);
            }
            double least = bus.leastNanos(CHARACTERS);
            Arrays.sort(nanos);
            assertThat(least / nanos[LONG ? count / 2 : 0])
                    .as("of the arithmetic limit at " + baud + " Bd")
                    .isGreaterThanOrEqualTo(AIM);
            assertThat(least / nanos[0]).as("no silence is cut short").isLessThanOrEqualTo(MOST);
            // A machine that has halted the line within an answer lets the rest of it meet the next request.
            assertThat(bus.line.collisions())
                    .isLessThanOrEqualTo(line.counts().damaged.sum());
            assertThat(line.counts().answers.sum()).isEqualTo(count + 1L);
        }
    }

    /** An answer that came whole: a machine that halts the line for long enough makes two of one. */
    private static byte[] ask(Line line, byte[] request) throws IOException {
        for (int i = 0; ; i++) {
            try {
                return line.exchange(1, request, Duration.ofSeconds(5));
            } catch (BadChecksumException halted) {
                if (i == 10) {
                    throw halted;
                }
            }
        }
    }
}
