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
    void aListThatWasTornAtABlankSaysSo() {
        assertThatThrownBy(() -> Assignments.of(List.of("streams=boiler,", "host")))
                .hasMessage("host (expected: key=value; no blank behind a comma, or quotes around it all)");
    }

    @Test
    void anAddressIsNoAssignment() {
        assertThat(Assignments.isOne("tcp:192.0.2.10:502,unit=1")).isFalse();
        assertThat(Assignments.isOne("channel.flow=holding/1 unit=l")).isTrue();
    }

    @Test
    void aKeyBesideTheWordThatMeansItIsRefused() throws UsageException {
        assertThat(Assignments.beside(Map.of("driver", "host"), List.of("poll=1s")))
                .containsOnlyKeys("poll");
        assertThatThrownBy(() -> Assignments.beside(Map.of("driver", "host"), List.of("driver=")))
                .hasMessage("driver stands there twice: as the word host, and as driver=");
    }

    @Test
    void aKeyThatWasTypedIsNotOfferedAgain() {
        assertThat(Assignments.complete(
                        List.of("n", "enabled=no"), List.of("enabled=true", "enabled=false", "poll=1s")))
                .containsExactly("poll=1s");
    }
}
