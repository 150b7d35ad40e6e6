package org.headgate.commands.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.console.api.UsageException;
import org.junit.jupiter.api.Test;

class AssignmentsTest {
    @Test
    void theFirstEqualsDividesAndNothingTakesTheKeyOut() throws UsageException {
        assertThat(Assignments.of(List.of("channel.t=wave unit=K", "poll=", "x= 1 ")))
                .containsExactly(
                        Map.entry("channel.t", Optional.of("wave unit=K")),
                        Map.entry("poll", Optional.empty()),
                        Map.entry("x", Optional.of("1")));
    }

    @Test
    void otherWordsAreNone() {
        assertThatThrownBy(() -> Assignments.of(List.of("poll"))).hasMessage("poll (expected: key=value)");
        assertThatThrownBy(() -> Assignments.of(List.of("=1"))).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> Assignments.of(List.of("a=1", "a="))).hasMessage("a stands there twice");
    }

    @Test
    void aKeyThatWasTypedIsNotOfferedAgain() {
        assertThat(Assignments.complete(
                        List.of("n", "enabled=no"), List.of("enabled=true", "enabled=false", "poll=1s")))
                .containsExactly("poll=1s");
    }
}
