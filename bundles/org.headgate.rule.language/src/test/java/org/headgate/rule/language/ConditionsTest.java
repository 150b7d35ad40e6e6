package org.headgate.rule.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            boiler,   boiler, true
            boiler,   b%r,    true
            boiler,   %,      true
            "",       %,      true
            "",       _,      false
            boiler,   b_iler, true
            boiler,   b_ler,  false
            boiler,   %oi%,   true
            boiler,   boile,  false
            100%,     100\\%, true
            1000,     100\\%, false
            a_b,      a\\_b,  true
            aXb,      a\\_b,  false
            abab,     %ab,    true
            """)
    void likeMatchesTheWholeText(String text, String pattern, boolean matches) {
        assertThat(Conditions.matches(text, pattern)).isEqualTo(matches);
    }

    /** A pattern that makes a backtracking matcher run for ages: a rule must not be able to stop the gateway. */
    @Test
    void likeIsNeverExponential() {
        String text = "a".repeat(2_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(Conditions.matches(text, "%a".repeat(50) + "b"))
                        .isFalse());
    }
}
