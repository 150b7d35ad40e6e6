package org.headgate.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.eclipse.tahu.protobuf.SparkplugBProto;
import org.headgate.sparkplug.Metric.Property;
import org.junit.jupiter.api.Test;

/** The wire, with the reference implementation as the judge. */
class PayloadsTest {
    private static final int ROUNDS = Boolean.getBoolean("headgate.long") ? 200_000 : 5_000;

    private static Object value(Random random, int kind) {
        return switch (kind) {
            case 0 -> random.nextInt();
            case 1 -> random.nextInt(4) == 0 ? (long) random.nextInt(200) : random.nextLong();
            case 2 -> random.nextFloat();
            case 3 -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
            case 4 -> random.nextBoolean();
            case 5 -> "é\u20ac😀".repeat(random.nextInt(60)) + "x";
            default -> {
                byte[] bytes = new byte[random.nextInt(20_000)];
                random.nextBytes(bytes);
                yield bytes;
            }
        };
    }

    private static Metric metric(Random random) {
        Map<String, Property> properties = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            properties.put(
                    "p" + i, new Property(1 + random.nextInt(14), Optional.of(value(random, random.nextInt(6)))));
        }
        boolean isNull = random.nextInt(5) == 0;
        return new Metric(
                random.nextBoolean() ? "a/b" + random.nextInt() : "",
                random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                random.nextInt(35),
                random.nextBoolean(),
                isNull,
                properties,
                isNull ? Optional.empty() : Optional.of(value(random, random.nextInt(7))));
    }

    @Test
    void theReferenceReadsWhatWeWriteAsItWasMeantAndWritesItSo() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            PayloadWriter out = new PayloadWriter(random.nextLong());
            List<Metric> metrics = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                metrics.add(metric(random));
            }
            metrics.forEach(out::metric);
            byte[] ours = out.numbered(random.nextInt(256));
            SparkplugBProto.Payload theirs = SparkplugBProto.Payload.parseFrom(ours);
            assertThat(theirs.getUnknownFields().asMap()).isEmpty();
            assertThat(theirs.getMetricsCount()).isEqualTo(metrics.size());
            for (int i = 0; i < metrics.size(); i++) {
                same(metrics.get(i), theirs.getMetrics(i));
            }
            // Every field has its canonical place and length.
            assertThat(theirs.getSerializedSize()).isEqualTo(ours.length);
            Payload back = PayloadReader.read(theirs.toByteArray());
            assertThat(back.millis()).hasValue(theirs.getTimestamp());
            assertThat(back.seq()).hasValue(theirs.getSeq());
            for (int i = 0; i < metrics.size(); i++) {
                same(back.metrics().get(i), theirs.getMetrics(i));
            }
        }
    }

    private static void same(Metric ours, SparkplugBProto.Payload.Metric theirs) {
        assertThat(theirs.getName()).isEqualTo(ours.name());
        assertThat(theirs.hasAlias()).isEqualTo(ours.alias().isPresent());
        assertThat(theirs.getAlias()).isEqualTo(ours.alias().orElse(0));
        assertThat(theirs.hasTimestamp()).isEqualTo(ours.millis().isPresent());
        assertThat(theirs.getTimestamp()).isEqualTo(ours.millis().orElse(0));
        assertThat(theirs.getDatatype()).isEqualTo(ours.datatype());
        assertThat(theirs.getIsHistorical()).isEqualTo(ours.historical());
        assertThat(theirs.getIsNull()).isEqualTo(ours.isNull());
        Object value = switch (theirs.getValueCase()) {
            case INT_VALUE -> theirs.getIntValue();
            case LONG_VALUE -> theirs.getLongValue();
            case FLOAT_VALUE -> theirs.getFloatValue();
            case DOUBLE_VALUE -> theirs.getDoubleValue();
            case BOOLEAN_VALUE -> theirs.getBooleanValue();
            case STRING_VALUE -> theirs.getStringValue();
            case BYTES_VALUE -> theirs.getBytesValue();
            default -> null;
        };
        Object expected = ours.value().orElse(null);
        assertThat(value).isEqualTo(expected instanceof byte[] bytes ? ByteString.copyFrom(bytes) : expected);
        assertThat(theirs.getProperties().getKeysList())
                .containsExactlyElementsOf(ours.properties().keySet());
        List<Property> properties = List.copyOf(ours.properties().values());
        for (int i = 0; i < properties.size(); i++) {
            SparkplugBProto.Payload.PropertyValue property =
                    theirs.getProperties().getValues(i);
            assertThat(property.getType()).isEqualTo(properties.get(i).type());
            Object held = switch (property.getValueCase()) {
                case INT_VALUE -> property.getIntValue();
                case LONG_VALUE -> property.getLongValue();
                case FLOAT_VALUE -> property.getFloatValue();
                case DOUBLE_VALUE -> property.getDoubleValue();
                case BOOLEAN_VALUE -> property.getBooleanValue();
                default -> property.getStringValue();
            };
            assertThat(Optional.of(held)).isEqualTo(properties.get(i).value());
        }
    }

    @Test
    void whatWeHaveNothingToDoWithIsPassedOver() {
        SparkplugBProto.Payload payload = SparkplugBProto.Payload.newBuilder()
                .setTimestamp(5)
                .setUuid("u")
                .setBody(ByteString.copyFromUtf8("b"))
                .addMetrics(SparkplugBProto.Payload.Metric.newBuilder()
                        .setName("table")
                        .setIsTransient(true)
                        .setMetadata(
                                SparkplugBProto.Payload.MetaData.newBuilder().setSize(4))
                        .setDatasetValue(
                                SparkplugBProto.Payload.DataSet.newBuilder().setNumOfColumns(1))
                        .setProperties(SparkplugBProto.Payload.PropertySet.newBuilder()
                                .addKeys("deep")
                                .addValues(SparkplugBProto.Payload.PropertyValue.newBuilder()
                                        .setType(20)
                                        .setPropertysetValue(
                                                SparkplugBProto.Payload.PropertySet.getDefaultInstance()))))
                .build();
        Payload read = PayloadReader.read(payload.toByteArray());
        assertThat(read.millis()).hasValue(5);
        assertThat(read.seq()).isEmpty();
        assertThat(read.metrics()).hasSize(1);
        assertThat(read.metrics().get(0).value()).isEmpty();
        assertThat(read.metrics().get(0).properties())
                .containsOnly(Map.entry("deep", new Property(20, Optional.empty())));
    }

    @Test
    void aNullMetricHasNoValueWhateverElseItSays() {
        byte[] bytes = SparkplugBProto.Payload.newBuilder()
                .addMetrics(SparkplugBProto.Payload.Metric.newBuilder()
                        .setIsNull(true)
                        .setLongValue(1))
                .build()
                .toByteArray();
        assertThat(PayloadReader.read(bytes).metrics().get(0).value()).isEmpty();
    }

    @Test
    void everyTruncationIsRefusedOrShorter() {
        byte[] whole = SparkplugBProto.Payload.newBuilder()
                .setTimestamp(1_732_172_400_000L)
                .addMetrics(SparkplugBProto.Payload.Metric.newBuilder()
                        .setName("Node Control/Rebirth")
                        .setTimestamp(1_732_172_400_000L)
                        .setDatatype(11)
                        .setBooleanValue(true))
                .build()
                .toByteArray();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                assertThat(PayloadReader.read(cut).metrics().size()).isLessThanOrEqualTo(1);
            } catch (MalformedException refused) {
                assertThat(refused).hasMessageStartingWith("no Sparkplug B payload: ");
            }
        }
        assertThat(PayloadReader.read(whole).metrics()).hasSize(1);
    }

    @Test
    void sizesAreBounded() {
        assertThatThrownBy(() -> PayloadReader.read(new byte[PayloadReader.MOST_BYTES + 1]))
                .isInstanceOf(MalformedException.class);
        byte[] many = new byte[2 * (PayloadReader.MOST_METRICS + 1)];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = 0x12;
        }
        assertThatThrownBy(() -> PayloadReader.read(many)).hasMessageContaining("more than 10000 metrics");
        assertThat(PayloadReader.read(Arrays.copyOf(many, many.length - 2)).metrics())
                .hasSize(PayloadReader.MOST_METRICS);
    }

    @Test
    void malformedBytesAreRefusedAndSaidWhy() {
        refused("the end inside of a number", 0x08, 0x80);
        refused("a number of more than 10 bytes", 8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1);
        refused("a length beyond the end", 0x12, 5, 1);
        refused("a length beyond the end", 0x12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1);
        // Inside of a metric of two bytes, although there are more behind it.
        refused("a length beyond the end", 0x12, 2, 0x0A, 3, 0x08, 1, 0x18, 1);
        refused("field 0", 0x00);
        refused("wire type 3", 0x33);
        refused("wire type 2 instead of 0", 0x0A, 0);
        refused("1 names for 0 properties", 0x12, 5, 0x4A, 3, 0x0A, 1, 'k');
    }

    private static void refused(String why, int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        assertThatThrownBy(() -> PayloadReader.read(raw)).hasMessageContaining(why);
    }
}
