package org.headgate.config.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
    @ParameterizedTest
    @CsvSource({
        "pol, poll",
        // Two letters that changed places: one slip, though each of them is wrong.
        "unti, unit",
        "adrress, address",
        "timeotu, timeout",
        "unnti,",
        "colour,"
    })
    void aSlipOfTheFingerIsNear(String word, String nearest) {
        assertThat(Texts.nearest(word, List.of("unit", "poll", "address", "timeout"))
                        .orElse(null))
                .isEqualTo(nearest);
    }

    @ParameterizedTest
    @CsvSource({
        "chanel.flow, channel.flow",
        "header.acept, header.accept",
        // Of a family that is written rightly, the name is the user's.
        "channel.flow,",
        "polls, poll"
    })
    void aFamilyOfKeysIsNearWithTheNameThatWasWritten(String key, String nearest) {
        assertThat(Texts.nearestKey(key, List.of("channel.NAME", "header.accept", "poll"))
                        .orElse(null))
                .isEqualTo(nearest);
    }

    /** A blob that was pasted into a file is no slip, and comparing it would take all memory there is. */
    @Test
    void aWordThatNobodyMistypesHasNone() {
        String blob = "x".repeat(100_000);
        assertThat(Texts.nearest(blob, List.of(blob + "y"))).isEmpty();
        assertThat(Texts.nearestKey(blob, List.of("channel.NAME", "poll"))).isEmpty();
        assertThat(Texts.nearest("poll", List.of(blob))).isEmpty();
    }
}
