package org.headgate.rule.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** A recording from anywhere: each line is a row or has a problem, without a crash, a hang or memory without bounds. */
class RecordingFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void aLineIsARowOrHasAProblem(byte[] recording) throws IOException {
        RecordingReader reader = new RecordingReader(new ByteArrayInputStream(recording));
        long lines = 0;
        while (reader.next()) {
            assertThat(reader.number()).isGreaterThan(lines);
            lines = reader.number();
            if (reader.problem().isEmpty()) {
                assertThat(reader.stream()).isNotEmpty();
                assertThat(reader.timeNanos()).isNotNegative();
                assertThat(reader.data()).doesNotContainKey("");
            } else {
                assertThat(reader.problem()).startsWith("line " + lines).doesNotContain("\n", "\r");
            }
        }
    }
}
