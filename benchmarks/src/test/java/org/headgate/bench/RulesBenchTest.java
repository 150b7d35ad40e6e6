package org.headgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every contestant runs, if only for a moment: a benchmark that nobody runs rots. Its figures are not judged here. */
class RulesBenchTest {
    @Test
    void everyContestantOfTheRulesRuns() throws Exception {
        String report = RulesBench.run(Path.of("no-distribution"), new String[] {"--quick"})
                .json(Map.of());
        assertThat(report)
                .contains("filter, headgate", "filter, siddhi", "filter, loop")
                .contains("window count, headgate", "window time, siddhi", "window, loop")
                .contains("reduce deadband, headgate", "reduce swinging_door, headgate")
                .contains("manyrules 100, headgate", "manyrules 100, siddhi", "manyrules 1, hotAdd")
                .contains("heap of a rule");
    }
}
