package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How an edge node is followed, message by message, in simulated time; with a broker and Tahu: {@link SparkplugTest}. */
class EdgeNodeTest {
    private static final class Follower implements EdgeNode.Member {
        final List<String> told = new ArrayList<>();
        int rebirths;

        @Override
        public void born(List<Metric> all) {
            told.add("born" + text(all));
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
        public void tell(Publication message) {
            assertThat(message.topic()).isEqualTo("spBv1.0/plant/NCMD/gw");
            rebirths++;
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

    private final SimulatedSystem system = new SimulatedSystem(3);
    private final EdgeNode node = new EdgeNode("plant", "gw", SimulatedWorld.of(system));
    private final Follower boiler = new Follower();
    private final Follower pump = new Follower();
    private int seq;

    @BeforeEach
    void join() {
        node.join("boiler", boiler);
        node.join("pump", pump);
    }

    private static Metric metric(String name, long alias, long value, boolean historical) {
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

    private static Publication message(String type, String device, byte[] payload, boolean kept) {
        return new Publication("spBv1.0/plant/" + type + "/gw" + device, payload, 0, kept, "", "", new byte[0]);
    }

    /** With the next number. */
    private Publication next(String type, String device, Metric... metrics) {
        PayloadWriter writer = new PayloadWriter(1_732_172_400_000L);
        for (Metric metric : metrics) {
            writer.metric(metric);
        }
        byte[] payload = type.equals("NDEATH") ? writer.unnumbered() : writer.numbered(seq);
        seq = type.equals("NDEATH") ? seq : (seq + 1) % 256;
        return message(type, device, payload, false);
    }

    private void send(String type, String device, Metric... metrics) {
        node.message(next(type, device, metrics));
    }

    private void born(long session) {
        seq = 0;
        send("NBIRTH", "", metric("bdSeq", -1, session, false));
        send("DBIRTH", "/boiler", metric("Temp", 1, 20, false));
        // Its alias is its own, the name is not.
        send("DBIRTH", "/pump", metric("Temp", 3, 30, false), metric("Speed", 2, 900, false));
    }

    private void forget() {
        boiler.take();
        pump.take();
        system.run();
        boiler.rebirths = 0;
    }

    private int rebirths() {
        system.run();
        int count = boiler.rebirths + pump.rebirths;
        boiler.rebirths = 0;
        pump.rebirths = 0;
        return count;
    }

    @Test
    void numbersGoRoundAndOnlyAGapIsAskedFor() {
        born(1);
        for (int i = 0; i < 600; i++) {
            send("DDATA", "/boiler", metric("", 1, i, false));
        }
        assertThat(rebirths()).isZero();
        seq = (seq + 1) % 256;
        send("DDATA", "/boiler", metric("", 1, 7, false));
        assertThat(rebirths()).isOne();
        assertThat(boiler.take()).endsWith("data Temp=7");
        // What follows is in order again.
        send("DDATA", "/boiler", metric("", 1, 8, false));
        system.advance(Duration.ofSeconds(30));
        assertThat(rebirths()).isZero();
    }

    @Test
    void gapsAreAskedForEveryTenSecondsAtMost() {
        born(1);
        for (int i = 0; i < 20; i++) {
            seq = (seq + 1) % 256;
            send("DDATA", "/boiler", metric("", 1, i, false));
        }
        assertThat(rebirths()).isOne();
        system.advance(Duration.ofSeconds(9));
        assertThat(rebirths()).isZero();
        system.advance(Duration.ofSeconds(2));
        assertThat(rebirths()).isOne();
        system.advance(Duration.ofSeconds(60));
        assertThat(rebirths()).isZero();
    }

    @Test
    void aDeviceThatWasNeverBornIsAskedForAgainAndAgain() {
        seq = 0;
        send("NBIRTH", "", metric("bdSeq", -1, 1, false));
        send("DBIRTH", "/boiler", metric("Temp", 1, 20, false));
        node.begin(boiler);
        assertThat(rebirths()).isZero();
        node.begin(pump);
        assertThat(rebirths()).isOne();
        system.advance(Duration.ofSeconds(35));
        assertThat(rebirths()).isEqualTo(3);
        send("DBIRTH", "/pump", metric("Speed", 2, 900, false));
        system.advance(Duration.ofSeconds(35));
        assertThat(rebirths()).isZero();
    }

    @Test
    void aRebirthMakesValuesOldAndANewSessionIsTheDeathOfTheOneBefore() {
        born(1);
        forget();
        seq = 0;
        send("NBIRTH", "", metric("bdSeq", -1, 1, false));
        assertThat(boiler.take()).containsExactly("stale: the edge node was born, the device not yet");
        send("DBIRTH", "/boiler", metric("Temp", 1, 21, false));
        assertThat(boiler.take()).containsExactly("born Temp=21");
        seq = 0;
        send("NBIRTH", "", metric("bdSeq", -1, 2, false));
        assertThat(boiler.take()).containsExactly("dead: the edge node was born, the device not yet");
    }

    @Test
    void onlyTheDeathOfThisSessionCounts() {
        born(4);
        forget();
        send("NDEATH", "", metric("bdSeq", -1, 3, false));
        assertThat(boiler.take()).isEmpty();
        send("NDEATH", "", metric("bdSeq", -1, 4, false));
        assertThat(boiler.take()).containsExactly("dead: its edge node has died (NDEATH)");
        assertThat(pump.take()).containsExactly("dead: its edge node has died (NDEATH)");
        // Values after a death are of nobody that is known.
        send("DDATA", "/boiler", metric("Temp", -1, 5, false));
        assertThat(boiler.take()).isEmpty();
        assertThat(rebirths()).isOne();
    }

    @Test
    void theDeathOfADeviceIsItsOwn() {
        born(1);
        forget();
        send("DDEATH", "/boiler");
        assertThat(boiler.take()).containsExactly("dead: the device has died (DDEATH)");
        assertThat(pump.take()).isEmpty();
        assertThat(node.write("boiler", "Temp", 1L)).isEmpty();
        assertThat(node.write("pump", "Speed", 1L)).isPresent();
    }

    @Test
    void aMessageThatEachMemberBringsCountsOnceAndAKeptOneNotAtAll() {
        born(1);
        forget();
        Publication once = next("DDATA", "/boiler", metric("", 1, 30, false));
        node.message(once);
        node.message(once);
        assertThat(boiler.take()).containsExactly("data Temp=30");
        node.message(message(
                "DDATA",
                "/boiler",
                new PayloadWriter(0).metric(metric("Temp", -1, 31, false)).numbered(seq),
                true));
        assertThat(boiler.take()).isEmpty();
        assertThat(rebirths()).isZero();
    }

    @Test
    void anAliasIsThatOfItsDeviceAndOfItsBirth() {
        born(1);
        forget();
        send("DDATA", "/boiler", metric("", 3, 1, false));
        assertThat(boiler.take()).containsExactly("data");
        assertThat(rebirths()).as("of another device").isOne();
        system.advance(Duration.ofSeconds(11));
        seq = 0;
        send("NBIRTH", "", metric("bdSeq", -1, 1, false));
        send("DBIRTH", "/boiler", metric("Temp", 8, 20, false));
        forget();
        send("DDATA", "/boiler", metric("", 1, 1, false));
        assertThat(boiler.take()).as("an alias of the birth before").containsExactly("data");
    }

    @Test
    void whoComesLaterIsToldTheLastCurrentValues() {
        born(1);
        send("DDATA", "/boiler", metric("", 1, 25, false));
        send("DDATA", "/boiler", metric("", 1, 3, true));
        Follower late = new Follower();
        node.join("boiler", late);
        node.begin(late);
        assertThat(late.take()).containsExactly("born Temp=25");
        assertThat(rebirths()).isZero();
    }

    @Test
    void whatCannotBeReadMakesItsDeviceStaleAndIsAskedFor() {
        born(1);
        forget();
        node.message(message("DDATA", "/boiler", new byte[] {0x08, (byte) 0x80}, false));
        assertThat(boiler.take()).singleElement().asString().startsWith("stale: no Sparkplug B payload");
        assertThat(pump.take()).isEmpty();
        assertThat(rebirths()).isOne();
        node.message(message("DHELLO", "/boiler", new byte[0], false));
        node.message(message("NDATA", "/boiler", new byte[0], false));
        assertThat(boiler.take()).isEmpty();
    }
}
