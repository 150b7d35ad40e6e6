package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.SparkplugBPayloadEncoder;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.SparkplugBPayload;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.PayloadWriter;
import org.headgate.uplink.api.Incoming;
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

    private static byte[] rebirths(int count) {
        PayloadWriter out = new PayloadWriter(1_732_172_400_000L);
        Metric rebirth = new Metric(
                "Node Control/Rebirth",
                OptionalLong.empty(),
                OptionalLong.empty(),
                11,
                false,
                false,
                Map.of(),
                Optional.of(true));
        for (int i = 0; i < count; i++) {
            out.metric(rebirth);
        }
        return out.unnumbered();
    }

    @Test
    void aCommandThatAsksTenThousandTimesGetsBirthsOnce() {
        Plant plant = new Plant().connect();
        plant.host.heard.clear();
        plant.hears("spBv1.0/plant/NCMD/gw-1", rebirths(10_000));
        assertThat(plant.host.heard).containsExactly("NBIRTH");
    }

    /** Each call for messages that the runtime makes keeps batches waiting. */
    @Test
    void aThousandCommandsAreHeardInOneCallAndGetBirthsOnce() {
        Plant plant = new Plant().connect();
        plant.host.heard.clear();
        for (int i = 0; i < 1_000; i++) {
            plant.session.received(new Incoming("spBv1.0/plant/NCMD/gw-1", rebirths(1), "", new byte[0]));
        }
        assertThat(plant.asked).hasSize(1);
        plant.drain();
        assertThat(plant.host.heard).containsExactly("NBIRTH");
        assertThat(plant.asked).isEmpty();
    }

    @Test
    void birthsThatAreAskedForAgainWithinASecondComeThen() {
        Plant plant = new Plant().connect();
        plant.host.heard.clear();
        for (int i = 0; i < 30; i++) {
            plant.hears("spBv1.0/plant/NCMD/gw-1", rebirth());
            plant.pass(Duration.ofMillis(100));
        }
        assertThat(plant.host.heard).hasSizeBetween(3, 4).containsOnly("NBIRTH");
        plant.pass(Duration.ofSeconds(1));
        assertThat(plant.host.heard).hasSize(4);
        plant.pass(Duration.ofMinutes(1));
        assertThat(plant.host.heard).hasSize(4);
    }

    @Test
    void whatTheReferenceMakesOfOurBirthIsABirth() throws Exception {
        Plant plant = new Plant();
        plant.open();
        byte[] birth = plant.births().get(0).payload();
        SparkplugBPayload theirs = new SparkplugBPayloadDecoder().buildFromByteArray(birth, null);
        assertThat(theirs.getSeq()).isZero();
        assertThat(theirs.getMetrics())
                .extracting(org.eclipse.tahu.message.model.Metric::getName)
                .containsExactly(
                        "bdSeq",
                        "Node Control/Rebirth",
                        "Commands/Done",
                        "Commands/Refused",
                        "Messages/Unreadable",
                        "Messages/Unheard");
        assertThat(theirs.getMetrics().get(1).getValue()).isEqualTo(false);
        assertThat(theirs.getMetrics().get(0).getDataType()).isEqualTo(MetricDataType.Int64);
    }
}
