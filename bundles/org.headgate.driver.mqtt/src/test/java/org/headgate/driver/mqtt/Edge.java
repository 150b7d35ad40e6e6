package org.headgate.driver.mqtt;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.SparkplugBPayloadEncoder;
import org.eclipse.tahu.message.model.Metric;
import org.eclipse.tahu.message.model.Metric.MetricBuilder;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.PropertyDataType;
import org.eclipse.tahu.message.model.PropertySet;
import org.eclipse.tahu.message.model.PropertyValue;
import org.eclipse.tahu.message.model.SparkplugBPayload;
import org.headgate.mqtt.client.Mqtt;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.MqttSession;
import org.headgate.mqtt.client.MqttSettings;
import org.headgate.mqtt.client.Publication;

/** An edge node of Sparkplug whose payloads are Eclipse Tahu's: {@code plant/gw-7} with the device {@code boiler}. */
final class Edge implements MqttEvents, AutoCloseable {
    static final long BORN = 1_732_172_400_000L;

    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final MqttSession session;
    private int seq;

    Edge(String address) throws IOException {
        session = Mqtt.connect(
                new MqttSettings(
                        address, "3.1.1", "edge", "", new char[0], Duration.ofSeconds(20), Duration.ofSeconds(30), 50),
                this);
        session.subscribe(List.of("spBv1.0/plant/NCMD/gw-7", "spBv1.0/plant/DCMD/gw-7/#"));
    }

    /** {@code NCMD Node Control/Rebirth=true} and the like, as Tahu reads them. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    void born() throws Exception {
        seq = 0;
        send("NBIRTH", "", metric("bdSeq", MetricDataType.Int64, 3L), metric("Uptime", MetricDataType.UInt32, 5L));
        PropertySet unit = new PropertySet.PropertySetBuilder()
                .addProperty("engUnit", new PropertyValue<>(PropertyDataType.String, "degC"))
                .createPropertySet();
        Metric temperature = new MetricBuilder("Temp", MetricDataType.Float, 21.5f)
                .alias(1L)
                .timestamp(new Date(BORN))
                .properties(unit)
                .createMetric();
        send(
                "DBIRTH",
                "/boiler",
                temperature,
                aliased("Flow/In 1", 2, MetricDataType.Int16, (short) -7),
                aliased("Pump", 3, MetricDataType.Boolean, true),
                aliased("Label", 4, MetricDataType.String, "north"));
    }

    static Metric metric(String name, MetricDataType type, Object value) throws Exception {
        return new MetricBuilder(name, type, value).timestamp(new Date(BORN)).createMetric();
    }

    private static Metric aliased(String name, long alias, MetricDataType type, Object value) throws Exception {
        return new MetricBuilder(name, type, value)
                .alias(alias)
                .timestamp(new Date(BORN))
                .createMetric();
    }

    /** A value by its alias alone, measured so many milliseconds after the birth. */
    static Metric value(long alias, MetricDataType type, Object value, long later) throws Exception {
        return new MetricBuilder((String) null, type, value)
                .alias(alias)
                .timestamp(new Date(BORN + later))
                .createMetric();
    }

    /** A message with the next number. */
    void send(String type, String device, Metric... metrics) throws Exception {
        SparkplugBPayload payload = new SparkplugBPayload(new Date(BORN), new ArrayList<>(List.of(metrics)));
        if (!type.equals("NDEATH")) {
            payload.setSeq((long) seq);
            seq = (seq + 1) % 256;
        }
        raw(type, device, new SparkplugBPayloadEncoder().getBytes(payload, false));
    }

    void raw(String type, String device, byte[] payload) {
        session.publish(
                1, new Publication("spBv1.0/plant/" + type + "/gw-7" + device, payload, 0, false, "", "", new byte[0]));
    }

    /** A message that nobody gets. */
    void lose() {
        seq = (seq + 1) % 256;
    }

    @Override
    public void received(Publication message) {
        try {
            for (Metric metric : new SparkplugBPayloadDecoder()
                    .buildFromByteArray(message.payload(), null)
                    .getMetrics()) {
                commands.add(message.topic().split("/")[2] + " " + metric.getName() + "=" + metric.getValue() + " "
                        + metric.getDataType());
            }
        } catch (Exception unreadable) {
            commands.add(unreadable.toString());
        }
    }

    @Override
    public void lost(String why) {
        commands.add("lost " + why);
    }

    @Override
    public void close() {
        session.close();
    }
}
