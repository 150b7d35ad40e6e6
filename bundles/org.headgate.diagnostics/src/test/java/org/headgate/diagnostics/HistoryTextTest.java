package org.headgate.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A month: what it takes of the heap must not grow with it. */
class HistoryTextTest {
    private static final int MONTH = 30 * 24 * 60;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int longest;

    private static History history(int samples) {
        ByteBuffer records = ByteBuffer.allocate(samples * Sample.BYTES);
        for (int n = 0; n < samples; n++) {
            SampleRingTest.sample(n).encode(records);
        }
        return new History(new Samples(records.flip(), List.of(SampleRingTest.sample(samples))), 1, 2, "full");
    }

    @Test
    void jsonIsWrittenSampleBySample() throws Exception {
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8) {
            @Override
            public void print(String text) {
                longest = Math.max(longest, text.length());
                super.print(text);
            }
        };
        HistoryText.json(history(MONTH), out);
        out.flush();
        assertThat(longest).isPositive().isLessThan(1000);
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        JsonNode read = new ObjectMapper().readTree(bytes.toByteArray());
        assertThat(read.get("samples")).hasSize(MONTH + 1);
        assertThat(read.get("samples").get(MONTH).get("written").asLong()).isEqualTo(MONTH);
        assertThat(read.get("problem").asText()).isEqualTo("full");
    }

    @Test
    void csvIsWrittenLineByLine() throws Exception {
        HistoryText.csv(history(MONTH), new OutputStream() {
            @Override
            public void write(int one) {
                bytes.write(one);
            }

            @Override
            public void write(byte[] some, int from, int length) {
                longest = Math.max(longest, length);
                bytes.write(some, from, length);
            }
        });
        assertThat(longest).isPositive().isLessThan(1000);
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(MONTH + 2);
    }

    @Test
    void samplesAreHeldAsTheirRecordsAndNotAsObjects() {
        Samples samples = history(2).samples();
        assertThat(samples.get(0)).isEqualTo(SampleRingTest.sample(0)).isNotSameAs(samples.get(0));
        assertThat(samples).hasSize(3).last().isEqualTo(SampleRingTest.sample(2));
    }
}
