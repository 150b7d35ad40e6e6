package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.kit.MovedClock;

/**
 * What a stranger answers: values, or one line that says what is wrong, in bounded time and memory. As a test the inputs that are kept in the resources are run again;
 * with {@code JAZZER_FUZZ=1} in the environment new ones are looked for.
 */
class ModbusFuzzTest {
    private static final int UNIT = 1;

    /** Delivers what the fuzzer has made, in pieces whose length its first byte says; then nothing more comes. */
    private static final class FuzzedWire implements Wire {
        private final byte[] input;
        private final MovedClock clock;
        private int at = 1;

        FuzzedWire(byte[] input, MovedClock clock) {
            this.input = input;
            this.clock = clock;
        }

        @Override
        public int prepare(Deadline deadline) {
            return 0;
        }

        @Override
        public void send(byte[] bytes, int count, Deadline deadline) {
            assertThat(count).isLessThanOrEqualTo(260);
        }

        @Override
        public int receive(byte[] into, int from, long nanos) {
            assertThat(nanos).isPositive();
            if (at >= input.length) {
                clock.advance(Duration.ofNanos(nanos));
                return 0;
            }
            int count = Math.min(Math.min(input.length - at, 1 + (input[0] & 0xFF)), into.length - from);
            System.arraycopy(input, at, into, from, count);
            at += count;
            return count;
        }

        @Override
        public void close() {
            at = input.length;
        }
    }

    @FuzzTest(maxDuration = "60s")
    void whatComesOverASerialLineIsAnAnswerOrNot(byte[] input) throws Exception {
        MovedClock clock = new MovedClock();
        BusAddress address = BusAddress.parse("rtu-tcp:192.0.2.1:4001");
        exchange(new RtuFraming(new FuzzedWire(input, clock), address, new LineCounts()), input, clock);
    }

    @FuzzTest(maxDuration = "60s")
    void whatComesOverTcpIsAnAnswerOrNot(byte[] input) throws Exception {
        MovedClock clock = new MovedClock();
        exchange(new TcpFraming(new FuzzedWire(input, clock), "192.0.2.1:502", new LineCounts()), input, clock);
    }

    private static void exchange(Framing framing, byte[] input, MovedClock clock) throws Exception {
        Source source = Source.parse("holding/5").orElseThrow();
        String type = input.length % 2 == 0 ? "uint16" : "bcd16";
        Block block = new Block(
                List.of(new Point(
                        Units.channel("x: holding/5 " + type),
                        source,
                        Codings.of(Units.channel("x: holding/5 " + type), Order.DCBA))),
                new int[] {0});
        RecordedReadings readings = new RecordedReadings();
        try {
            Deadline deadline = Deadline.in(Duration.ofSeconds(1), clock);
            block.take(framing.exchange(UNIT, block.request(), deadline, () -> {}), readings);
            assertThat(readings.values.size() + readings.bad.size()).isEqualTo(1);
            assertThat(readings.number(0)).isIn(readings.values.isEmpty() ? Double.NaN : readings.number(0));
        } catch (IOException wrong) {
            assertThat(wrong.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(300);
        }
    }
}
