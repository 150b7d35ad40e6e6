package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final SimulatedSystem time = new SimulatedSystem(1);
    private final Pace pace = new Pace(2, time);

    private int allowed() {
        int allowed = 0;
        for (int i = 0; i < 10; i++) {
            allowed += pace.allows() ? 1 : 0;
        }
        return allowed;
    }

    @Test
    void soManyAtOnceAndThenAsTimePasses() {
        assertThat(allowed()).isEqualTo(2);
        time.advance(Duration.ofMillis(499));
        assertThat(allowed()).isZero();
        time.advance(Duration.ofMillis(1));
        assertThat(allowed()).isOne();
    }

    /** Whoever was silent for long may not make up for it at once. */
    @Test
    void nothingIsSavedForLater() {
        time.advance(Duration.ofDays(40_000));
        assertThat(allowed()).isEqualTo(2);
    }
}
