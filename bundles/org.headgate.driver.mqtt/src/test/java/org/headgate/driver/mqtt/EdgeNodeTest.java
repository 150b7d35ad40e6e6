package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headgate.driver.mqtt.Plant.message;
import static org.headgate.driver.mqtt.Plant.metric;

import java.time.Duration;
import java.util.Optional;
import org.headgate.mqtt.client.Publication;
import org.headgate.sparkplug.PayloadWriter;
import org.junit.jupiter.api.Test;

/** How an edge node is followed, message by message, in simulated time; with a broker and Tahu: {@link SparkplugTest}. */
class EdgeNodeTest {
    private final Plant plant = new Plant();

    @Test
    void numbersGoRoundAndOnlyAGapIsAskedFor() {
        plant.born(1);
        for (int i = 0; i < 600; i++) {
            plant.send("DDATA", "/boiler", metric("", 1, i, false));
        }
        assertThat(plant.rebirths()).isZero();
        plant.seq = (plant.seq + 1) % 256;
        plant.send("DDATA", "/boiler", metric("", 1, 7, false));
        assertThat(plant.rebirths()).isOne();
        assertThat(plant.boiler.take()).endsWith("data Temp=7");
        // What follows is in order again.
        plant.born(1);
        plant.send("DDATA", "/boiler", metric("", 1, 8, false));
        plant.system.advance(Duration.ofSeconds(30));
        assertThat(plant.rebirths()).isZero();
    }

    @Test
    void aRebirthMakesValuesOldAndANewSessionIsTheDeathOfTheOneBefore() {
        plant.born(1);
        plant.forget();
        plant.seq = 0;
        plant.send("NBIRTH", "", metric("bdSeq", -1, 1, false));
        assertThat(plant.boiler.take()).containsExactly("stale: the edge node was born, the device not yet");
        plant.send("DBIRTH", "/boiler", metric("Temp", 1, 21, false));
        assertThat(plant.boiler.take()).containsExactly("born Temp=21");
        plant.seq = 0;
        plant.send("NBIRTH", "", metric("bdSeq", -1, 2, false));
        assertThat(plant.boiler.take()).containsExactly("dead: the edge node was born, the device not yet");
    }

    @Test
    void onlyTheDeathOfThisSessionCounts() {
        plant.born(4);
        plant.forget();
        plant.send("NDEATH", "", metric("bdSeq", -1, 3, false));
        assertThat(plant.boiler.take()).isEmpty();
        plant.send("NDEATH", "", metric("bdSeq", -1, 4, false));
        assertThat(plant.boiler.take()).containsExactly("dead: its edge node has died (NDEATH)");
        assertThat(plant.pump.take()).containsExactly("dead: its edge node has died (NDEATH)");
        // Values after a death are of nobody that is known.
        plant.send("DDATA", "/boiler", metric("Temp", -1, 5, false));
        assertThat(plant.boiler.take()).isEmpty();
        assertThat(plant.rebirths()).isOne();
    }

    @Test
    void theDeathOfADeviceIsItsOwn() {
        plant.born(1);
        plant.forget();
        plant.send("DDEATH", "/boiler");
        assertThat(plant.boiler.take()).containsExactly("dead: the device has died (DDEATH)");
        assertThat(plant.pump.take()).isEmpty();
        assertThat(plant.node.write("boiler", "Temp", 1L)).isEmpty();
        assertThat(plant.node.write("pump", "Speed", 1L)).isPresent();
    }

    @Test
    void aMessageThatEachMemberBringsCountsOnceAndAKeptOneNotAtAll() {
        plant.born(1);
        plant.forget();
        Publication once = plant.next("DDATA", "/boiler", metric("", 1, 30, false));
        plant.node.message(once);
        plant.node.message(once);
        assertThat(plant.boiler.take()).containsExactly("data Temp=30");
        plant.node.message(message(
                "DDATA",
                "/boiler",
                new PayloadWriter(0).metric(metric("Temp", -1, 31, false)).numbered(plant.seq),
                true));
        assertThat(plant.boiler.take()).isEmpty();
        assertThat(plant.rebirths()).isZero();
    }

    @Test
    void anAliasIsThatOfItsDeviceAndOfItsBirth() {
        plant.born(1);
        plant.forget();
        plant.send("DDATA", "/boiler", metric("", 3, 1, false));
        assertThat(plant.boiler.take()).containsExactly("data");
        assertThat(plant.rebirths()).as("of another device").isOne();
        plant.system.advance(Duration.ofSeconds(11));
        plant.seq = 0;
        plant.send("NBIRTH", "", metric("bdSeq", -1, 1, false));
        plant.send("DBIRTH", "/boiler", metric("Temp", 8, 20, false));
        plant.forget();
        plant.send("DDATA", "/boiler", metric("", 1, 1, false));
        assertThat(plant.boiler.take()).as("an alias of the birth before").containsExactly("data");
    }

    @Test
    void whoComesLaterIsToldTheLastCurrentValues() {
        plant.born(1);
        plant.send("DDATA", "/boiler", metric("", 1, 25, false));
        plant.send("DDATA", "/boiler", metric("", 1, 3, true));
        Plant.Follower late = new Plant.Follower();
        plant.node.join("boiler", late);
        plant.node.begin(late);
        assertThat(late.take()).containsExactly("born Temp=25");
        assertThat(plant.rebirths()).isZero();
    }

    @Test
    void whatCannotBeReadMakesItsDeviceStaleAndIsAskedFor() {
        plant.born(1);
        plant.forget();
        plant.node.message(message("DDATA", "/boiler", new byte[] {0x08, (byte) 0x80}, false));
        assertThat(plant.boiler.take()).singleElement().asString().startsWith("stale: no Sparkplug B payload");
        assertThat(plant.pump.take()).isEmpty();
        assertThat(plant.rebirths()).isOne();
        plant.node.message(message("DDATA", "/boiler", new byte[0], false), Optional.of("9 bytes"));
        assertThat(plant.boiler.take()).containsExactly("stale: no Sparkplug B payload: 9 bytes");
        plant.node.message(message("DHELLO", "/boiler", new byte[0], false));
        plant.node.message(message("NDATA", "/boiler", new byte[0], false));
        assertThat(plant.boiler.take()).isEmpty();
    }
}
