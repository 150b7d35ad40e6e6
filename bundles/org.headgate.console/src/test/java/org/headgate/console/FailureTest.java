package org.headgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void isOneLineWhateverWasThrown() {
        assertThat(Failure.of(new IllegalStateException("a\n\tb\n"), "log:get", null))
                .isEqualTo(new Failure(1, "a b", false));
        assertThat(Failure.of(new SecurityException("x"), "bundle:list", null))
                .isEqualTo(new Failure(77, "bundle:list: not allowed with this role", true));
    }

    /** As {@code shell:history} does without a terminal. */
    @Test
    void saysWhereACommandThatLooksForATerminalWorks() {
        assertThat(Failure.of(new NullPointerException("because \"this.history\" is null"), "shell:history", null)
                        .reason())
                .isEqualTo("shell:history: works at a terminal only; bin/headgate console opens one");
    }
}
