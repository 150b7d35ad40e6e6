package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.tahu.protobuf.SparkplugBProto;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertySet;
import org.headgate.uplink.api.Message;

/**
 * A host application that reads with the reference implementation's parser and finds fault with whatever an edge node must not do. All
 * that it accepts is kept as it understands it.
 */
final class Host {
    private static final List<String> OF_DEVICES = List.of("DBIRTH", "DDATA", "DDEATH");

    final List<String> heard = new ArrayList<>();
    /** The last value of each metric, by {@code /metric} of the node and {@code device/metric}; null for none. */
    final Map<String, Object> values = new HashMap<>();
    /** The last message as it was about each metric. */
    final Map<String, SparkplugBProto.Payload.Metric> metrics = new LinkedHashMap<>();
    /** All values that came in data messages, in order: {@code device/metric@millis=value}. */
    final List<String> data = new ArrayList<>();

    final Map<String, String> states = new LinkedHashMap<>();
    SparkplugBProto.Payload last = SparkplugBProto.Payload.getDefaultInstance();
    private final Map<Long, String> aliases = new HashMap<>();
    private final int qos;
    private long bdSeq = -1;
    private long seq = -1;

    Host(int qos) {
        this.qos = qos;
    }

    /** The broker got the will with the connect. */
    void connected(Message will) {
        assertThat(will.topic()).isEqualTo("spBv1.0/plant/NDEATH/gw-1");
        assertThat(will.qos()).isEqualTo(1);
        assertThat(will.retain()).isFalse();
        bdSeq = death(parse(will));
        seq = -1;
        aliases.clear();
        states.clear();
    }

    long bdSeq() {
        return bdSeq;
    }

    private static SparkplugBProto.Payload parse(Message message) {
        try {
            return SparkplugBProto.Payload.parseFrom(message.payload());
        } catch (InvalidProtocolBufferException malformed) {
            throw new AssertionError(message.topic(), malformed);
        }
    }

    private static long death(SparkplugBProto.Payload payload) {
        assertThat(payload.hasSeq()).isFalse();
        assertThat(payload.getMetricsCount()).isEqualTo(1);
        SparkplugBProto.Payload.Metric metric = payload.getMetrics(0);
        assertThat(metric.getName()).isEqualTo("bdSeq");
        assertThat(metric.getDatatype()).isEqualTo(4);
        return metric.getLongValue();
    }

    void takes(List<Message> messages) {
        messages.forEach(this::takes);
    }

    void takes(Message message) {
        String[] levels = message.topic().split("/", -1);
        assertThat(levels[0]).isEqualTo("spBv1.0");
        assertThat(levels[1]).isEqualTo("plant");
        assertThat(levels[3]).isEqualTo("gw-1");
        String type = levels[2];
        boolean ofDevice = OF_DEVICES.contains(type);
        assertThat(levels).hasSize(ofDevice ? 5 : 4);
        assertThat(message.retain()).isFalse();
        String device = ofDevice ? levels[4] : "";
        assertThat(device).doesNotContain("+", "#");
        heard.add(ofDevice ? type + " " + device : type);
        last = parse(message);
        if (type.equals("NDEATH")) {
            assertThat(message.qos()).isEqualTo(1);
            assertThat(death(last)).isEqualTo(bdSeq);
            states.clear();
            return;
        }
        assertThat(message.qos()).isEqualTo(qos);
        assertThat(last.hasTimestamp()).isTrue();
        assertThat(last.hasSeq()).isTrue();
        switch (type) {
            case "NBIRTH" -> {
                assertThat(last.getSeq()).isZero();
                seq = 0;
                aliases.clear();
                states.clear();
                born("");
                assertThat(values).containsEntry("/bdSeq", bdSeq);
            }
            case "DBIRTH" -> {
                follows();
                assertThat(states).containsKey("");
                born(device);
            }
            case "NDATA", "DDATA" -> {
                follows();
                assertThat(states).containsEntry(device, "ONLINE");
                changed(device);
            }
            case "DDEATH" -> {
                follows();
                assertThat(states.put(device, "OFFLINE")).isEqualTo("ONLINE");
            }
            default -> throw new AssertionError("what is " + type);
        }
    }

    private void follows() {
        assertThat(seq).as("a birth of the node comes first").isNotNegative();
        seq = (seq + 1) % 256;
        assertThat(last.getSeq()).isEqualTo(seq);
    }

    private void born(String device) {
        states.put(device, "ONLINE");
        aliases.values().removeIf(metric -> metric.startsWith(device + "/"));
        metrics.keySet().removeIf(metric -> metric.startsWith(device + "/"));
        for (SparkplugBProto.Payload.Metric metric : last.getMetricsList()) {
            String name = device + "/" + metric.getName();
            assertThat(metric.hasName()).isTrue();
            assertThat(metric.hasDatatype()).isTrue();
            assertThat(metric.hasTimestamp()).isTrue();
            assertThat(metric.getDatatype()).isBetween(1, 34);
            assertThat(metric.hasAlias()).as(name).isEqualTo(!name.equals("/Node Control/Rebirth"));
            if (metric.hasAlias()) {
                assertThat(aliases.put(metric.getAlias(), name))
                        .as("alias of " + name)
                        .isNull();
            }
            properties(metric.getProperties());
            assertThat(metrics.put(name, metric)).as(name).isNull();
            values.put(name, value(metric));
        }
        inOrder();
    }

    private void changed(String device) {
        for (SparkplugBProto.Payload.Metric metric : last.getMetricsList()) {
            assertThat(metric.hasName()).isFalse();
            assertThat(metric.hasDatatype()).isFalse();
            assertThat(metric.hasTimestamp()).isTrue();
            String name = aliases.get(metric.getAlias());
            assertThat(name).startsWith(device + "/");
            properties(metric.getProperties());
            values.put(name, value(metric));
            metrics.put(name, metric);
            data.add(name + "@" + metric.getTimestamp() + "=" + value(metric));
        }
        inOrder();
    }

    private void inOrder() {
        assertThat(last.getMetricsList().stream()
                        .filter(metric -> !metric.getIsHistorical())
                        .map(SparkplugBProto.Payload.Metric::getTimestamp)
                        .toList())
                .isSorted();
    }

    private static void properties(PropertySet properties) {
        assertThat(properties.getKeysCount()).isEqualTo(properties.getValuesCount());
        for (int i = 0; i < properties.getKeysCount(); i++) {
            SparkplugBProto.Payload.PropertyValue value = properties.getValues(i);
            assertThat(value.hasType()).isTrue();
            assertThat(value.getType()).isBetween(1, 14);
            if (properties.getKeys(i).equals("Quality")) {
                assertThat(value.getType()).isEqualTo(3);
                assertThat(value.hasIntValue()).isTrue();
                assertThat(value.getIntValue()).isIn(0, 192, 500);
            }
        }
    }

    /** A property of what was said last about a metric; null where there is none. */
    Object property(String metric, String key) {
        PropertySet properties = metrics.get(metric).getProperties();
        int at = properties.getKeysList().indexOf(key);
        if (at < 0) {
            return null;
        }
        SparkplugBProto.Payload.PropertyValue value = properties.getValues(at);
        return value.hasStringValue() ? value.getStringValue() : value.getIntValue();
    }

    private static Object value(SparkplugBProto.Payload.Metric metric) {
        if (metric.getIsNull()) {
            assertThat(metric.getValueCase()).isEqualTo(SparkplugBProto.Payload.Metric.ValueCase.VALUE_NOT_SET);
            return null;
        }
        return switch (metric.getValueCase()) {
            case INT_VALUE -> metric.getIntValue();
            case LONG_VALUE -> metric.getLongValue();
            case DOUBLE_VALUE -> metric.getDoubleValue();
            case BOOLEAN_VALUE -> metric.getBooleanValue();
            case STRING_VALUE -> metric.getStringValue();
            case BYTES_VALUE -> metric.getBytesValue().toStringUtf8();
            default -> throw new AssertionError(metric.toString());
        };
    }
}
