package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.headgate.device.api.DeviceState;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.Payload;
import org.headgate.sparkplug.PayloadReader;
import org.headgate.uplink.api.Message;
import org.junit.jupiter.api.Test;

/** Connections, births and numbers. What holds for every message is in {@link Host}, which hears all of them. */
class EdgeNodeTest {
    private static final long MILLIS = 1_732_172_400_000L;
    private static final int SEEDS = Boolean.getBoolean("headgate.long") ? 1_000 : 20;

    private final Plant plant = new Plant();
    private final Host host = plant.host;

    @Test
    @Tck({
        "message-flow-edge-node-birth-publish-will-message",
        "message-flow-edge-node-birth-publish-will-message-topic",
        "message-flow-edge-node-birth-publish-will-message-payload",
        "message-flow-edge-node-birth-publish-will-message-qos",
        "message-flow-edge-node-birth-publish-will-message-will-retained",
        "payloads-ndeath-seq",
        "payloads-ndeath-will-message",
        "payloads-ndeath-will-message-qos",
        "payloads-ndeath-will-message-retain",
        "topics-ndeath-topic",
        "topics-ndeath-payload",
        "topics-ndeath-seq"
    })
    void theWillIsTheNodesDeath() {
        plant.open();
        Message will = plant.session.will().orElseThrow();
        assertThat(will.topic()).isEqualTo("spBv1.0/plant/NDEATH/gw-1");
        assertThat(will.qos()).isEqualTo(1);
        assertThat(will.retain()).isFalse();
        Payload death = PayloadReader.read(will.payload());
        assertThat(death.seq()).isEmpty();
        assertThat(death.metrics()).extracting(Metric::name).containsExactly("bdSeq");
    }

    @Test
    @Tck({
        "principles-birth-certificates-order",
        "topic-structure",
        "topic-structure-namespace-a",
        "topics-nbirth-topic",
        "topics-nbirth-mqtt",
        "topics-nbirth-seq-num",
        "topics-nbirth-timestamp",
        "topics-nbirth-metrics",
        "topics-nbirth-bdseq-included",
        "topics-nbirth-bdseq-matching",
        "topics-nbirth-rebirth-metric",
        "message-flow-edge-node-birth-publish-connect",
        "message-flow-edge-node-birth-publish-nbirth-topic",
        "message-flow-edge-node-birth-publish-nbirth-payload",
        "message-flow-edge-node-birth-publish-nbirth-payload-bdSeq",
        "message-flow-edge-node-birth-publish-nbirth-qos",
        "message-flow-edge-node-birth-publish-nbirth-retained",
        "message-flow-edge-node-birth-publish-nbirth-payload-seq",
        "operational-behavior-data-commands-rebirth-name",
        "operational-behavior-data-commands-rebirth-name-aliases",
        "operational-behavior-data-commands-rebirth-datatype",
        "operational-behavior-data-commands-rebirth-value",
        "payloads-nbirth-timestamp",
        "payloads-nbirth-seq",
        "payloads-nbirth-bdseq",
        "payloads-nbirth-bdseq-repeat",
        "payloads-nbirth-rebirth-req",
        "payloads-nbirth-qos",
        "payloads-nbirth-retain",
        "payloads-ndeath-bdseq",
        "payloads-sequence-num-req-nbirth",
        "intro-group-id-string",
        "intro-edge-node-id-string"
    })
    void theFirstMessageIsTheNodesBirth() {
        plant.open();
        List<Message> births = plant.births();
        assertThat(births).extracting(Message::topic).containsExactly("spBv1.0/plant/NBIRTH/gw-1");
        assertThat(births.get(0).qos()).isZero();
        assertThat(births.get(0).retain()).isFalse();
        host.takes(births);
        assertThat(host.values).contains(entry("/bdSeq", host.bdSeq()), entry("/Node Control/Rebirth", false));
        assertThat(host.metrics.get("/bdSeq").getDatatype()).isEqualTo(4);
        assertThat(host.metrics.get("/Node Control/Rebirth").getDatatype()).isEqualTo(11);
        assertThat(host.metrics.get("/Node Control/Rebirth").hasAlias()).isFalse();
        assertThat(host.last.getSeq()).isZero();
        assertThat(host.last.getTimestamp()).isEqualTo(MILLIS);
    }

    @Test
    @Tck({"topics-nbirth-bdseq-increment", "message-flow-edge-node-birth-publish-will-message-payload-bdSeq"})
    void bdSeqBeginsAtZeroAndIsOneMoreWithEachConnectAndRoundAt255() {
        for (int connect = 0; connect < 600; connect++) {
            plant.open();
            assertThat(host.bdSeq()).isEqualTo(connect % 256);
            host.takes(plant.births());
            plant.cut();
        }
    }

    @Test
    void bdSeqGoesOnAfterARestartSoThatALateDeathOfTheFormerProcessIsNotTakenForOneOfThis() {
        plant.connect().cut();
        plant.connect().cut();
        plant.restart();
        plant.open();
        assertThat(host.bdSeq()).isEqualTo(2);
    }

    @Test
    @Tck({
        "topics-dbirth-topic",
        "topics-dbirth-mqtt",
        "topics-dbirth-seq",
        "topics-dbirth-timestamp",
        "topics-dbirth-metric-reqs",
        "topics-dbirth-metrics",
        "topics-ddata-topic",
        "topics-ddata-mqtt",
        "topics-ddata-seq-num",
        "topics-ddata-timestamp",
        "topics-ddata-payload",
        "message-flow-device-birth-publish-nbirth-wait",
        "message-flow-device-birth-publish-dbirth-topic",
        "message-flow-device-birth-publish-dbirth-match-edge-node-topic",
        "message-flow-device-birth-publish-dbirth-payload",
        "message-flow-device-birth-publish-dbirth-qos",
        "message-flow-device-birth-publish-dbirth-retained",
        "message-flow-device-birth-publish-dbirth-payload-seq",
        "payloads-dbirth-timestamp",
        "payloads-dbirth-seq",
        "payloads-dbirth-qos",
        "payloads-dbirth-retain",
        "payloads-ddata-timestamp",
        "payloads-ddata-seq",
        "payloads-ddata-qos",
        "payloads-ddata-retain",
        "payloads-ddata-order",
        "topic-structure-namespace-device-id-associated-message-types",
        "intro-device-id-string"
    })
    void aDeviceIsBornBeforeItsFirstData() {
        plant.device("boiler", new DeviceState.Online());
        plant.connect();
        plant.system.advance(Duration.ofSeconds(5));
        List<Message> messages = plant.send("boiler", plant.row(71.5, true));
        assertThat(messages)
                .extracting(Message::topic)
                .containsExactly("spBv1.0/plant/DBIRTH/gw-1/boiler", "spBv1.0/plant/DDATA/gw-1/boiler");
        assertThat(messages).allMatch(message -> message.qos() == 0 && !message.retain());
        assertThat(host.last.getSeq()).isEqualTo(2);
        assertThat(host.last.getTimestamp()).isEqualTo(MILLIS + 5000);
        assertThat(host.values).contains(entry("boiler/temperature", 71.5), entry("boiler/pump", true));
        assertThat(plant.send("boiler", plant.row(72, true))).hasSize(1);
        assertThat(host.heard).containsExactly("NBIRTH", "DBIRTH boiler", "DDATA boiler", "DDATA boiler");
    }

    @Test
    @Tck({
        "payloads-sequence-num-always-included",
        "payloads-sequence-num-incrementing",
        "payloads-dbirth-seq-inc",
        "payloads-ddata-seq-inc"
    })
    void theNumberOfAMessageIsOneMoreThanThatOfTheLastAndRoundAt255WhateverItIs() {
        plant.device("boiler", new DeviceState.Online());
        plant.connect();
        // 300 data messages with a birth of a rule's stream after each tenth: Host follows the numbers.
        for (int i = 0; i < 300; i++) {
            plant.send("boiler", plant.row(i, true));
            if (i % 10 == 0) {
                plant.send("rule-" + i, plant.row(i, true));
            }
        }
        assertThat(host.last.getSeq()).isEqualTo((1 + 300 + 2 * 30) % 256);
    }

    @Test
    @Tck({
        "topics-nbirth-metric-reqs",
        "operational-behavior-data-publish-nbirth",
        "operational-behavior-data-publish-nbirth-values",
        "payloads-dbirth-order",
        "payloads-ndata-order"
    })
    void anotherConnectionBeginsWithAllBirthsThatAreKnownAndTheirCurrentValues() {
        plant.device("boiler", new DeviceState.Online());
        plant.device("pump", new DeviceState.Online());
        plant.connect();
        plant.send("pump", plant.row(1, true));
        plant.send("boiler", plant.row(2, true));
        plant.cut();
        plant.current.put("boiler", plant.row(3, true));
        plant.devices.put("pump", new DeviceState.Offline("no answer", Duration.ZERO));
        plant.current.put("never-sent", plant.row(4, true));
        host.heard.clear();
        plant.connect();
        assertThat(host.heard).containsExactly("NBIRTH", "DBIRTH boiler");
        assertThat(host.values).containsEntry("boiler/temperature", 3.0);
    }

    @Test
    void qosOfOneIsForThoseWhoWantNothingLostMoreThanTheStandard() {
        Plant other = new Plant(1);
        other.connect();
        assertThat(other.send("boiler", other.row(1, true))).allMatch(message -> message.qos() == 1);
    }

    @Test
    @Tck({
        "operational-behavior-edge-node-intentional-disconnect-ndeath",
        "payloads-ndeath-will-message-publisher",
        "payloads-ndeath-will-message-publisher-disconnect-mqtt311"
    })
    void theFarewellIsTheNodesDeath() {
        plant.connect();
        host.takes(plant.session.farewell());
        assertThat(host.heard).containsExactly("NBIRTH", "NDEATH");
    }

    @Test
    @Tck("topic-structure-namespace-device-id-non-associated-message-types")
    void nothingIsSaidAfterTheEndAndNobodyListensAnyMore() {
        plant.connect();
        plant.send("boiler", plant.row(1, true));
        plant.cut();
        plant.event("boiler", "OFFLINE");
        plant.pass(Duration.ofSeconds(10));
        assertThat(plant.listeners()).isZero();
        assertThat(host.heard).containsExactly("NBIRTH", "DBIRTH boiler", "DDATA boiler");
        assertThat(plant.system.failures()).isZero();
    }

    /** A thousand turns of a random life, in which {@link Host} finds no fault and every value arrives. */
    @Test
    void whateverHappensEveryMessageIsAllowedAndEveryValueArrives() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Plant any = new Plant();
            any.options.put("commands", "" + random.nextBoolean());
            any.connect();
            int sent = 0;
            for (int turn = 0; turn < 1000; turn++) {
                String stream = "s" + random.nextInt(6);
                switch (random.nextInt(12)) {
                    case 0 -> any.device(stream, new DeviceState.Offline("gone", Duration.ZERO));
                    case 1, 2 -> any.device(stream, new DeviceState.Online());
                    case 3 -> any.hears("spBv1.0/plant/NCMD/gw-1", RebirthTest.rebirth());
                    case 4 -> any.pass(Duration.ofMillis(random.nextInt(3000)));
                    case 5 -> any.hears("spBv1.0/plant/DCMD/gw-1/" + stream, new byte[] {(byte) random.nextInt()});
                    default -> {
                        any.send(any.batch(stream, random.nextBoolean(), any.row(turn, true)));
                        sent += 2;
                    }
                }
                if (random.nextInt(100) == 0) {
                    any.cut();
                    any.connect();
                }
            }
            assertThat(any.host.data.stream().filter(value -> !value.startsWith("/")))
                    .hasSize(sent);
            assertThat(any.system.failures()).isZero();
        }
    }
}
