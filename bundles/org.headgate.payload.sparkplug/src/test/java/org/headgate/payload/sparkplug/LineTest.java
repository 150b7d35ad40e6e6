package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What strangers write into the log. */
class LineTest {
    @Test
    void neverEndsTheLineNorSteersATerminal() {
        assertThat(Line.of("a\nWARN all is lost\r\t\u001B[2J\u0000\u0085\u2028\u202E\uD800"))
                .isEqualTo("a?WARN all is lost???[2J?????");
    }

    @Test
    void isShort() {
        assertThat(Line.of("x".repeat(1 << 20))).hasSizeLessThan(300).endsWith("...");
        assertThat(Line.of("x".repeat(198) + "\uD83D\uDE00\uD83D\uDE00")).doesNotContain("?");
    }

    @Test
    void leavesWhatPeopleWrite() {
        assertThat(Line.of("Kessel Süd/température 温度 (1, 2)")).isEqualTo("Kessel Süd/température 温度 (1, 2)");
    }
}
