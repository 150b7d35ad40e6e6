package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Date;
import java.util.List;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.SparkplugBPayloadEncoder;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.SparkplugBPayload;
import org.junit.jupiter.api.Test;

/** Births, and what asks for them, with the reference implementation at the other end. */
class RebirthTest {
    /** What a host sends to have all births again, as Tahu writes it. */
    static byte[] rebirth() {
        try {
            SparkplugBPayload payload = new SparkplugBPayload(
                    new Date(1_732_172_400_000L),
                    List.of(new org.eclipse.tahu.message.model.Metric.MetricBuilder(
                                    "Node Control/Rebirth", MetricDataType.Boolean, true)
                            .createMetric()));
            return new SparkplugBPayloadEncoder().getBytes(payload, false);
        } catch (IOException | org.eclipse.tahu.SparkplugInvalidTypeException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void whatTheReferenceMakesOfOurBirthIsABirth() throws Exception {
        Plant plant = new Plant();
        plant.open();
        byte[] birth = plant.session.births(plant.limit).get(0).payload();
        SparkplugBPayload theirs = new SparkplugBPayloadDecoder().buildFromByteArray(birth, null);
        assertThat(theirs.getSeq()).isZero();
        assertThat(theirs.getMetrics())
                .extracting(org.eclipse.tahu.message.model.Metric::getName)
                .containsExactly(
                        "bdSeq", "Node Control/Rebirth", "Commands/Done", "Commands/Refused", "Messages/Unreadable");
        assertThat(theirs.getMetrics().get(1).getValue()).isEqualTo(false);
        assertThat(theirs.getMetrics().get(0).getDataType()).isEqualTo(MetricDataType.Int64);
    }
}
