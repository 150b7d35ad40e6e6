package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.headgate.config.api.Settings;
import org.junit.jupiter.api.Test;

class WantedFeaturesTest {
    @Test
    void knowsTheKeysThatOthersReadAndNoOthers() {
        Settings settings = new Settings(
                Map.of("id", "gw", "console.port", "8101", "clock", "trusted", "drivers", "host, acme@1.0.0"));
        assertThat(WantedFeatures.isBrokerWanted(settings)).isFalse();
        assertThat(settings.problems()).isEmpty();
        Settings mistyped = new Settings(Map.of("broker", "true", "driver", "host"));
        assertThat(WantedFeatures.isBrokerWanted(mistyped)).isTrue();
        assertThat(mistyped.problems())
                .hasSize(1)
                .allMatch(problem -> problem.toString().contains("did you mean drivers?"));
    }
}
