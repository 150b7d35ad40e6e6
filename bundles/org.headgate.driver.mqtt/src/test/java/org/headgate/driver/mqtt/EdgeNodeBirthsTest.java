package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headgate.driver.mqtt.Plant.metric;

import java.time.Duration;
import java.util.stream.IntStream;
import org.headgate.sparkplug.Metric;
import org.junit.jupiter.api.Test;

/** When an edge node is asked for its births, and what becomes of devices and metrics that it is born without. */
class EdgeNodeBirthsTest {
    private static final String NEVER =
            "dead: the edge node was born without it: is the device on, and is its id the right one?";
    private static final String SILENT = "dead: its edge node does not answer when it is asked for its births";

    private final Plant plant = new Plant();

    private void gap() {
        plant.seq = (plant.seq + 1) % 256;
        plant.send("DDATA", "/boiler", metric("Temp", -1, 1, false));
    }

    private void bornWithoutThePump() {
        plant.seq = 0;
        plant.send("NBIRTH", "", metric("bdSeq", -1, 1, false));
        plant.send("DBIRTH", "/boiler", metric("Temp", 1, 20, false));
    }

    private int after(int seconds) {
        plant.system.advance(Duration.ofSeconds(seconds));
        return plant.rebirths();
    }

    /** Each birth makes the values of all others old: one device must not cost them theirs, again and again. */
    @Test
    void aDeviceThatIsSwitchedOffIsOfflineAndIsNobodysConcern() {
        bornWithoutThePump();
        plant.node.begin(plant.boiler);
        plant.node.begin(plant.pump);
        assertThat(after(9)).isZero();
        assertThat(plant.pump.take()).isEmpty();
        assertThat(after(2)).isZero();
        assertThat(plant.pump.take()).containsExactly(NEVER);
        plant.boiler.take();
        gap();
        assertThat(plant.rebirths()).isOne();
        bornWithoutThePump();
        assertThat(after(600)).isZero();
        assertThat(plant.boiler.take())
                .containsExactly("data Temp=1", "stale: the edge node was born, the device not yet", "born Temp=20");
        assertThat(plant.pump.take()).containsExactly(NEVER);
        // It is switched on.
        plant.send("DBIRTH", "/pump", metric("Speed", 2, 900, false));
        assertThat(plant.pump.take()).containsExactly("born Speed=900");
        assertThat(after(600)).isZero();
        assertThat(plant.pump.take()).isEmpty();
    }

    /** Nobody acknowledges a command: it has QoS 0. */
    @Test
    void aQuestionThatIsNotAnsweredIsRepeatedAfterPausesThatDouble() {
        plant.born(1);
        gap();
        gap();
        assertThat(plant.rebirths()).isOne();
        assertThat(after(9)).isZero();
        assertThat(after(1)).isOne();
        assertThat(after(19)).isZero();
        assertThat(after(1)).as("at 30 s").isOne();
        assertThat(after(600)).as("at 70, 150, 310 and 630 s").isEqualTo(4);
        assertThat(after(3600)).as("every 10 minutes").isEqualTo(6);
        assertThat(plant.boiler.take())
                .as("its values are as good as before")
                .noneMatch(told -> told.startsWith("dead"));
        plant.born(1);
        assertThat(after(3600)).isZero();
        gap();
        assertThat(plant.rebirths()).as("at once again").isOne();
    }

    @Test
    void aNodeThatIsNeverInOrderIsAskedMoreAndMoreRarely() {
        plant.born(1);
        int asked = 0;
        for (int i = 0; i < 600; i++) {
            gap();
            int now = after(1);
            asked += now;
            if (now > 0) {
                plant.born(1);
            }
        }
        assertThat(asked).isEqualTo(6);
    }

    @Test
    void whoeverCanPublishAsks() {
        plant.born(1);
        plant.boiler.open = false;
        gap();
        plant.system.run();
        assertThat(plant.pump.rebirths).isOne();
        assertThat(plant.boiler.rebirths).isZero();
    }

    @Test
    void devicesOfANodeThatDoesNotAnswerAreOffline() {
        plant.node.begin(plant.boiler);
        plant.node.begin(plant.pump);
        assertThat(after(9)).isOne();
        assertThat(plant.boiler.take()).isEmpty();
        assertThat(after(1)).isOne();
        assertThat(plant.boiler.take()).containsExactly(SILENT);
        Plant.Follower late = new Plant.Follower();
        plant.node.join("late", late);
        plant.node.begin(late);
        assertThat(late.take()).containsExactly(SILENT);
        plant.born(1);
        assertThat(plant.boiler.take()).containsExactly("born Temp=20");
        assertThat(after(3600)).isZero();
        assertThat(plant.boiler.take()).isEmpty();
    }

    @Test
    void whoComesLaterIsToldWhatIsKnownOfADeviceThatIsNotThere() {
        plant.born(1);
        plant.send("DDEATH", "/pump");
        plant.system.advance(Duration.ofSeconds(11));
        plant.forget();
        for (String device : new String[] {"pump", "typo"}) {
            Plant.Follower late = new Plant.Follower();
            plant.node.join(device, late);
            plant.node.begin(late);
            assertThat(late.take())
                    .containsExactly(device.equals("pump") ? "dead: the device has died (DDEATH)" : NEVER);
        }
        assertThat(after(600)).isZero();
    }

    @Test
    void nobodyAsksWhenAllHaveLeft() {
        plant.born(1);
        gap();
        assertThat(plant.rebirths()).isOne();
        assertThat(plant.node.leave(plant.boiler)).isFalse();
        assertThat(plant.node.leave(plant.pump)).isTrue();
        plant.boiler.take();
        assertThat(after(3600)).isZero();
        assertThat(plant.boiler.take()).isEmpty();
    }

    private static Metric[] metrics(int count, int firstAlias) {
        return IntStream.range(0, count)
                .mapToObj(i -> metric("m" + i, firstAlias + i, i, false))
                .toArray(Metric[]::new);
    }

    @Test
    void aDeviceMayBeBornAsOftenAsItLikes() {
        plant.born(1);
        for (int i = 0; i < 8; i++) {
            plant.send("DBIRTH", "/boiler", metrics(10_000, 10_000 * i + 10));
            assertThat(plant.boiler.take().toString()).endsWith(" m9999=9999]");
            if (i % 2 == 0) {
                plant.send("DDEATH", "/boiler");
            }
        }
        plant.boiler.take();
        plant.send("DDATA", "/boiler", metric("", 10, 5, false));
        assertThat(plant.boiler.take()).as("an alias of a birth before").containsExactly("data");
        assertThat(plant.rebirths()).isOne();
    }

    @Test
    void whatThereIsNoRoomForIsSaidAndNotAskedFor() {
        plant.born(1);
        for (int i = 0; i < Births.MOST_METRICS / 10_000; i++) {
            plant.send("DBIRTH", "/d" + i, metrics(10_000, 10_000 * i + 10));
        }
        plant.boiler.take();
        // In place of the one that it had.
        plant.send("DBIRTH", "/boiler", metrics(2, 1));
        assertThat(plant.boiler.take()).containsExactly("born m0=0 and more");
        plant.send("DDATA", "/boiler", metric("m0", -1, 5, false), metric("m1", -1, 5, false));
        assertThat(plant.boiler.take()).containsExactly("data m0=5");
        assertThat(after(60)).isZero();
        plant.send("DDEATH", "/d4");
        plant.send("DBIRTH", "/boiler", metrics(2, 1));
        assertThat(plant.boiler.take()).containsExactly("born m0=0 m1=1");
        plant.send("DDATA", "/boiler", metric("m2", -1, 5, false));
        assertThat(plant.rebirths()).isOne();
    }
}
