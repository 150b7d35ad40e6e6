package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An edge node with a primary host application speaks only while that is online. */
class PrimaryHostTest {
    private final Plant plant = new Plant();

    @BeforeEach
    void withHost() {
        plant.options.put("host", "scada");
    }

    @Test
    @Tck({
        "message-flow-edge-node-birth-publish-phid-wait",
        "message-flow-edge-node-birth-publish-phid-wait-id",
        "message-flow-edge-node-birth-publish-phid-wait-online",
        "operational-behavior-primary-application-state-with-multiple-servers-state-subs",
        "operational-behavior-edge-node-birth-sequence-wait"
    })
    void nothingIsSaidUntilTheHostIsOnline() {
        plant.connect();
        assertThat(plant.session.subscriptions()).contains("spBv1.0/STATE/scada");
        assertThat(plant.ready).isFalse();
        plant.hears("spBv1.0/plant/NCMD/gw-1", RebirthTest.rebirth());
        plant.hears("spBv1.0/STATE/another", "{\"online\":true,\"timestamp\":1}".getBytes(StandardCharsets.UTF_8));
        plant.state(false, 5);
        assertThat(plant.host.heard).isEmpty();
        plant.state(true, 6);
        assertThat(plant.host.heard).containsExactly("NBIRTH");
        assertThat(plant.ready).isTrue();
    }

    @Test
    void aStateThatComesBeforeTheBirthsAreAskedForMakesThemOnce() {
        plant.open();
        plant.state(true, 6);
        assertThat(plant.host.heard).isEmpty();
        plant.host.takes(plant.births());
        plant.drain();
        assertThat(plant.host.heard).containsExactly("NBIRTH");
        assertThat(plant.ready).isTrue();
    }

    @Test
    @Tck({
        "message-flow-edge-node-birth-publish-phid-offline",
        "operational-behavior-edge-node-termination-host-offline",
        "operational-behavior-edge-node-termination-host-offline-reconnect"
    })
    void aHostThatGoesOfflineEndsTheSessionWithADeathAndAnotherConnectionWaits() {
        plant.connect();
        plant.state(true, 6);
        // A host's will has the time of its connect, as its birth has: equal is new enough.
        plant.state(false, 6);
        assertThat(plant.ready).isFalse();
        assertThat(plant.reconnects).containsExactly("the primary host scada is offline");
        plant.host.takes(plant.session.farewell());
        plant.cut();
        plant.connect();
        plant.state(false, 6);
        assertThat(plant.reconnects).hasSize(1);
        plant.state(true, 7);
        assertThat(plant.host.heard).containsExactly("NBIRTH", "NDEATH", "NBIRTH");
        assertThat(plant.host.bdSeq()).isEqualTo(1);
    }

    @Test
    @Tck({
        "message-flow-edge-node-birth-publish-phid-wait-timestamp",
        "operational-behavior-edge-node-termination-host-offline-timestamp"
    })
    void aStateThatIsOlderThanTheLastOneDoesNotCount() {
        plant.connect();
        plant.state(false, 10);
        plant.state(true, 9);
        assertThat(plant.host.heard).isEmpty();
        plant.state(true, 10);
        plant.state(false, 9);
        assertThat(plant.reconnects).isEmpty();
        assertThat(plant.host.heard).containsExactly("NBIRTH");
    }

    @Test
    void aHostThatSaysAgainThatItIsOnlineChangesNothing() {
        plant.connect();
        plant.state(true, 6);
        plant.state(true, 8);
        assertThat(plant.host.heard).containsExactly("NBIRTH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ONLINE",
                "{}",
                "[]",
                "null",
                "{\"online\":true}",
                "{\"online\":1,\"timestamp\":1}",
                "{\"online\":true,\"timestamp\":\"1\"}",
                "{\"online\":true,\"timestamp\":1e3}"
            })
    void whatIsNoStateIsCountedAsUnreadable(String text) {
        plant.connect();
        plant.hears("spBv1.0/STATE/scada", text.getBytes(StandardCharsets.UTF_8));
        assertThat(plant.host.heard).isEmpty();
        plant.state(true, 1);
        assertThat(plant.host.values).containsEntry("/Messages/Unreadable", 1L);
    }

    @Test
    void withoutAHostNobodyIsWaitedFor() {
        plant.options.remove("host");
        plant.connect();
        assertThat(plant.ready).isTrue();
        assertThat(plant.session.subscriptions())
                .containsExactly("spBv1.0/plant/NCMD/gw-1", "spBv1.0/plant/DCMD/gw-1/+");
    }
}
