package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.headgate.mqtt.client.Publication;
import org.headgate.sparkplug.DataType;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.PayloadWriter;
import org.headgate.system.api.kit.SimulatedSystem;

/** An edge node {@code plant/gw} that is followed in simulated time, with the devices {@code boiler} and {@code pump}. */
final class Plant {
    /** Notes what it is told. */
    static final class Follower implements EdgeNode.Member {
        final List<String> told = new ArrayList<>();
        int rebirths;
        /** Whether it can publish. */
        boolean open = true;

        @Override
        public void born(List<Metric> all, boolean cut) {
            told.add("born" + text(all) + (cut ? " and more" : ""));
        }

        @Override
        public void metrics(List<Metric> some) {
            told.add("data" + text(some));
        }

        @Override
        public void dead(String why) {
            told.add("dead: " + why);
        }

        @Override
        public void stale(String why) {
            told.add("stale: " + why);
        }

        @Override
        public boolean tell(Publication message) {
            assertThat(message.topic()).isEqualTo("spBv1.0/plant/NCMD/gw");
            rebirths += open ? 1 : 0;
            return open;
        }

        private static String text(List<Metric> metrics) {
            StringBuilder text = new StringBuilder();
            metrics.forEach(metric -> text.append(' ')
                    .append(metric.name())
                    .append('=')
                    .append(metric.value().orElse("none")));
            return text.toString();
        }

        List<String> take() {
            List<String> some = List.copyOf(told);
            told.clear();
            return some;
        }
    }

    final SimulatedSystem system = new SimulatedSystem(3);
    final EdgeNode node = new EdgeNode("plant", "gw", SimulatedWorld.of(system));
    final Follower boiler = new Follower();
    final Follower pump = new Follower();
    int seq;

    Plant() {
        node.join("boiler", boiler);
        node.join("pump", pump);
    }

    static Metric metric(String name, long alias, long value, boolean historical) {
        return new Metric(
                name,
                alias < 0 ? OptionalLong.empty() : OptionalLong.of(alias),
                OptionalLong.of(1_732_172_400_000L),
                DataType.INT64.number(),
                historical,
                false,
                Map.of(),
                Optional.of(value));
    }

    static Publication message(String type, String device, byte[] payload, boolean kept) {
        return new Publication("spBv1.0/plant/" + type + "/gw" + device, payload, 0, kept, "", "", new byte[0]);
    }

    /** A message with the next number. */
    Publication next(String type, String device, Metric... metrics) {
        PayloadWriter writer = new PayloadWriter(1_732_172_400_000L);
        for (Metric metric : metrics) {
            writer.metric(metric);
        }
        byte[] payload = type.equals("NDEATH") ? writer.unnumbered() : writer.numbered(seq);
        seq = type.equals("NDEATH") ? seq : (seq + 1) % 256;
        return message(type, device, payload, false);
    }

    /** The node says something. */
    void send(String type, String device, Metric... metrics) {
        node.message(next(type, device, metrics));
    }

    /** All of them are born. */
    void born(long session) {
        seq = 0;
        send("NBIRTH", "", metric("bdSeq", -1, session, false));
        send("DBIRTH", "/boiler", metric("Temp", 1, 20, false));
        // Its alias is its own, the name is not.
        send("DBIRTH", "/pump", metric("Temp", 3, 30, false), metric("Speed", 2, 900, false));
    }

    /** What was told and asked until now. */
    void forget() {
        boiler.take();
        pump.take();
        system.run();
        boiler.rebirths = 0;
    }

    /** How often it was asked for its births since the last time. */
    int rebirths() {
        system.run();
        int count = boiler.rebirths + pump.rebirths;
        boiler.rebirths = 0;
        pump.rebirths = 0;
        return count;
    }
}
