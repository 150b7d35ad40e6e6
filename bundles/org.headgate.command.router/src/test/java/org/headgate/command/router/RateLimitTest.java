package org.headgate.command.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.headgate.command.api.Origin;
import org.headgate.config.api.Settings;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final RateLimit rate = new RateLimit(system, new CommandLimits(10, Duration.ofSeconds(1), 20));

    @Test
    void overAnyTimeNoMoreThanTheBurstAndTheRateAreLetThrough() {
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            if (rate.take(key("boiler"))) {
                taken++;
            }
            system.advance(Duration.ofMillis(3));
        }
        assertThat(taken).isBetween(20 + 299, 20 + 300);
    }

    @Test
    void oneWhoKeepsToTheRateIsNeverRefused() {
        for (int i = 0; i < 1000; i++) {
            assertThat(rate.take(key("boiler"))).isTrue();
            system.advance(Duration.ofMillis(100));
        }
    }

    /** Whoever names a thousand devices that do not exist must not be able to ask for more than others, or fill the memory. */
    @Test
    void inventedTargetsShareOneBucketOnceThereAreTooMany() {
        int taken = 0;
        for (int i = 0; i < 10 * RateLimit.MOST; i++) {
            if (rate.take(key("invented-" + i))) {
                taken++;
            }
        }
        assertThat(taken).isEqualTo(RateLimit.MOST + 20);
        assertThat(rate.size()).isEqualTo(RateLimit.MOST);
        // Buckets that are full again make room.
        system.advance(Duration.ofSeconds(2));
        assertThat(rate.take(key("newcomer"))).isTrue();
        assertThat(rate.size()).isEqualTo(1);
    }

    @Test
    void ratesAreWrittenForASecondAMinuteOrAnHour() {
        assertThat(limits("10/s")).isEqualTo(new CommandLimits(10, Duration.ofSeconds(1), 20));
        assertThat(limits(" 30 / m ")).isEqualTo(new CommandLimits(30, Duration.ofMinutes(1), 20));
        assertThat(limits("100/h")).isEqualTo(new CommandLimits(100, Duration.ofHours(1), 20));
        assertThat(limits("100/h")).hasToString("100/h");
        for (String wrong : new String[] {"", "0/s", "10", "10/d", "-1/s", "1.5/s"}) {
            Settings settings = new Settings(Map.of(CommandLimits.RATE, wrong));
            assertThat(CommandLimits.of(settings)).isEqualTo(limits("10/s"));
            assertThat(CommandLimits.problems(settings))
                    .as(wrong)
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .startsWith("command.rate: ")
                            .contains("(expected: a rate such as 10/s, 30/m or 100/h)"));
        }
    }

    private static CommandLimits limits(String text) {
        return CommandLimits.of(new Settings(Map.of(CommandLimits.RATE, text)));
    }

    private static RateLimit.Key key(String device) {
        return new RateLimit.Key(Origin.cloud("cloud"), "device.write", device);
    }
}
