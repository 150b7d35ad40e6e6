package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.DeviceSettings;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A unit on a shared line that is slow with one block and quick with others: the probe, which asks for the first, sees nothing of that. */
class SlowBlockTest {
    private static final int SLOW = 90;
    private static final long QUICK_MILLIS = 10;
    private static final Duration QUICK = Duration.ofMillis(200);

    private final SimulatedSystem system = new SimulatedSystem(5);
    private final Slowness slowness = new Slowness();
    private final List<Long> waited = new ArrayList<>();
    private DeviceSettings settings;
    private long slowMillis = 600;
    private int lost;

    private final Line line = new Line() {
        @Override
        public byte[] exchange(int unit, byte[] pdu, Duration timeout) throws IOException {
            boolean isSlow = pdu[2] == SLOW;
            if (isSlow) {
                waited.add(timeout.toMillis());
            }
            Duration answer = Duration.ofMillis(isSlow ? slowMillis : QUICK_MILLIS);
            if (answer.compareTo(timeout) > 0 || lost-- > 0) {
                system.advance(timeout);
                throw new NoAnswerException("no answer within " + timeout.toMillis() + " ms");
            }
            system.advance(answer);
            return new byte[] {pdu[0], 2, 0, pdu[2]};
        }

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public LineCounts counts() {
            return new LineCounts();
        }

        @Override
        public void close() {}
    };

    @BeforeEach
    void configure() {
        settings = Units.within(
                Units.device(
                        "rtu:/dev/ttyUSB0,unit=1",
                        "a: holding/5 uint16",
                        "b: holding/50 uint16",
                        "c: holding/" + SLOW + " uint16"),
                Duration.ofSeconds(2));
    }

    private ModbusConnection open() throws Exception {
        ModbusConnection connection = new ModbusConnection(Setup.parse(settings), line, new Splits(), slowness, system);
        connection.probe(settings.channels(), Deadline.in(Duration.ofSeconds(1), system));
        return connection;
    }

    private void assertReads(ModbusConnection connection) throws IOException {
        assertThat(Units.read(connection, settings.channels()).values).isEqualTo(Map.of(0, 5L, 1, 50L, 2, (long) SLOW));
    }

    @Test
    void itIsOfflineOnceAndThenWaitedFor() throws Exception {
        try (ModbusConnection first = open()) {
            assertThatThrownBy(() -> Units.read(first, settings.channels()))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessageContaining("response.timeout");
        }
        assertThat(waited)
                .as("both cost the neighbours no more than what they may")
                .containsExactly(400L, 400L);
        try (ModbusConnection next = open()) {
            // Many, for what is known of a unit fades with each quick answer.
            for (int i = 0; i < 100; i++) {
                assertReads(next);
            }
        }
        assertThat(waited).as("all others are asked for once").hasSize(102).endsWith(800L, 800L);
    }

    @Test
    void aRequestThatIsLostNowAndThenTakesNothingFromTheSecondTry() throws Exception {
        slowMillis = QUICK_MILLIS;
        try (ModbusConnection connection = open()) {
            for (int i = 0; i < 10; i++) {
                lost = 1;
                assertReads(connection);
            }
        }
    }

    @Test
    void whatWasNotAnsweredFadesWithItsOwnAnswersOnly() {
        byte[] one = {3, 0, 1, 0, 1};
        byte[] other = {3, 0, 2, 0, 1};
        slowness.unanswered(one, Duration.ofMillis(800));
        for (int i = 0; i < 100; i++) {
            slowness.answered(other, 1_000_000, QUICK);
        }
        assertThat(slowness.of(one)).isEqualTo(Duration.ofMillis(800));
        assertThat(slowness.of(other)).isLessThan(Duration.ofMillis(10));
        slowness.answered(one, 600_000_000, QUICK);
        assertThat(slowness.of(one)).isEqualTo(Duration.ofMillis(700));
        for (int i = 0; i < 100; i++) {
            slowness.answered(one, 1_000_000, QUICK);
        }
        assertThat(slowness.of(one)).isLessThan(Duration.ofMillis(10));
    }
}
