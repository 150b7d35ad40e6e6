package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final Refusals refusals = new Refusals(system);

    /** A stream that is set aside has each of its batches refused: that is no line for each. */
    @Test
    void theFirstOfAStreamIsToldAtOnceAndTheOthersAreSummedUpOnceAMinute() {
        assertThat(refusals.refused("boiler", 7, 2, " and not kept", "too large"))
                .contains("2 rows of batch 7 of boiler refused and not kept: too large");
        for (int second = 1; second < 60; second++) {
            system.advance(Duration.ofSeconds(1));
            assertThat(refusals.refused("boiler", 7 + second, 2, " and not kept", "too large"))
                    .isEmpty();
        }
        assertThat(refusals.refused("pump", 1, 1, " and not kept", "not allowed"))
                .contains("1 rows of batch 1 of pump refused and not kept: not allowed");
        system.advance(Duration.ofSeconds(1));
        assertThat(refusals.refused("boiler", 67, 1, " and not kept", "too large"))
                .contains(
                        "1 rows of batch 67 of boiler refused and not kept: too large; before that 118 rows in 59 batches");
        system.advance(Duration.ofSeconds(70));
        assertThat(refusals.refused("boiler", 68, 1, " and not kept", "too large"))
                .contains("1 rows of batch 68 of boiler refused and not kept: too large");
    }

    @Test
    void whatWasNotToldIsToldAtTheEnd() {
        assertThat(refusals.rest()).isEmpty();
        refusals.refused("boiler", 1, 2, " and not kept", "too large");
        assertThat(refusals.rest()).isEmpty();
        refusals.refused("boiler", 1, 2, " and not kept", "too large");
        refusals.refused("boiler", 2, 3, " and not kept", "too large");
        assertThat(refusals.rest()).contains("3 more rows were refused since the last line about it");
    }
}
