package org.headgate.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import org.eclipse.tahu.protobuf.SparkplugBProto;

/**
 * Whatever a broker delivers: read or refused, without a crash, a hang or memory without bounds. As a test the inputs that are kept in the
 * resources are run again; with {@code JAZZER_FUZZ=1} in the environment new ones are looked for.
 */
class PayloadFuzzTest {
    private static final String FUZZING = "60s";

    @FuzzTest(maxDuration = FUZZING)
    void aPayloadIsReadAsTheReferenceReadsItOrRefused(byte[] bytes) {
        try {
            Payload ours = PayloadReader.read(bytes);
            SparkplugBProto.Payload theirs = SparkplugBProto.Payload.parseFrom(bytes);
            assertThat(ours.metrics()).hasSize(theirs.getMetricsCount());
            assertThat(ours.seq().isPresent()).isEqualTo(theirs.hasSeq());
            for (int i = 0; i < ours.metrics().size(); i++) {
                assertThat(ours.metrics().get(i).name())
                        .isEqualTo(theirs.getMetrics(i).getName());
                assertThat(ours.metrics().get(i).isNull())
                        .isEqualTo(theirs.getMetrics(i).getIsNull());
            }
        } catch (MalformedException refused) {
            assertThat(refused.getMessage()).startsWith("no Sparkplug B payload: ");
        } catch (InvalidProtocolBufferException stricter) {
            // The reference looks into what we pass over: templates, data sets.
            assertThat(stricter).isNotNull();
        }
    }
}
