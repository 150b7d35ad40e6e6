package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class OutageBackOffTest {
    @Test
    void waitsGrowWithTheOutageUpToHalfAMinuteAndNeverMarchInStep() {
        Set<Duration> waits = new HashSet<>();
        Duration longest = Duration.ZERO;
        for (int seed = 0; seed < 20; seed++) {
            SimulatedSystem system = new SimulatedSystem(seed);
            OutageBackOff backOff = new OutageBackOff(system, system);
            waits.add(backOff.next());
            for (int hour = 0; hour < 500; hour++) {
                Duration wait = backOff.next();
                assertThat(wait).isBetween(Duration.ofMillis(50), Duration.ofSeconds(30));
                longest = wait.compareTo(longest) > 0 ? wait : longest;
                system.advance(wait);
            }
        }
        assertThat(waits).hasSizeGreaterThan(15);
        assertThat(waits).allMatch(wait -> wait.toMillis() <= 500);
        assertThat(longest).isGreaterThan(Duration.ofSeconds(28));
    }
}
