package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.runtime.CuttingProxy.Fault;
import org.headgate.uplink.runtime.CuttingProxy.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All the real parts from the bus to a real broker, with a network in between that cuts, freezes, swallows and stalls: whatever it does, what
 * arrives is complete, in order in its lane and numbered as it was, and what arrives twice is no more than what was on its way at a cut.
 */
class LinkCutTest {
    private static final int CUTS = Boolean.getBoolean("headgate.long") ? 5_000 : 100;
    private static final int WINDOW = 20;
    private static final int WAITING = 2_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Mosquitto broker;
    private Judge judge;
    private RealGateway gateway;
    private int published;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        assumeTrue(Judge.isInstalled(), "mosquitto-clients is not installed");
        broker = new Mosquitto(folder, "max_queued_messages 0", "persistence false").start();
        judge = new Judge(broker, folder, "headgate/gw/#");
        gateway = new RealGateway(folder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (gateway != null) {
            gateway.close();
        }
        if (judge != null) {
            judge.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private void uplink(String name, String address, Map<String, String> more) {
        Map<String, String> keys = new LinkedHashMap<>(Map.of(
                "address", address, "streams", "s-*", "commit", "5ms", "timeout", "2s", "inflight", "" + WINDOW));
        keys.putAll(more);
        gateway.uplink(name, keys);
        await().atMost(LONG).until(() -> gateway.isOpen(name));
    }

    /** Publishes in two streams, no faster than the uplink goes. */
    private void publish(int rows) {
        gateway.publish("s-one", rows);
        gateway.publish("s-two", rows);
        published += rows;
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> gateway.flow("cloud").queued() < WAITING);
    }

    /** All has been acknowledged, and has arrived; gives how many messages came more than once. */
    private long settled() throws IOException {
        await().atMost(LONG).until(() -> gateway.flow("cloud").passed() == 2L * published);
        FlowSnapshot flow = gateway.flow("cloud");
        assertThat(flow.imbalance()).as("%s", flow).isZero();
        assertThat(flow.queued()).isZero();
        assertThat(flow.droppedRows()).isZero();
        assertThat(gateway.status("cloud").rows()).isEqualTo(2L * published);
        return judge.verify("s-one", published) + judge.verify("s-two", published);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void nothingIsLostOrOutOfOrderWhereverALinkIsCut(String version) throws Exception {
        Random random = new Random(311);
        // From the first byte of a greeting to some hundred messages; what the server says is short.
        Supplier<Fault> cuts = () -> {
            boolean up = random.nextBoolean();
            long after = random.nextInt(1 << 1 + random.nextInt(up ? 16 : 11));
            return new Fault(random.nextBoolean() ? Kind.RESET : Kind.END, up, after);
        };
        try (CuttingProxy proxy = new CuttingProxy(broker.port(), cuts)) {
            uplink("cloud", proxy.address(), Map.of("version", version));
            while (proxy.struck() < CUTS) {
                publish(20);
            }
            int links = proxy.accepted();
            proxy.heal();
            publish(20);
            long twice = settled();
            assertThat(twice).isBetween(1L, (long) WINDOW * (links + 1));
            assertThat(gateway.status("cloud").connects()).isLessThanOrEqualTo(links + 1);
        }
    }

    @Test
    void aHalfOpenLinkIsLeftForAnotherOne() throws Exception {
        Random random = new Random(7);
        Supplier<Fault> freezes = () -> new Fault(Kind.FREEZE, true, 200 + random.nextInt(2_000));
        try (CuttingProxy proxy = new CuttingProxy(broker.port(), freezes)) {
            uplink("cloud", proxy.address(), Map.of("keepalive", "1s"));
            while (proxy.struck() < 3) {
                publish(5);
            }
            // No more than is found out by itself: the one that is frozen now is not ended from outside.
            proxy.plan(() -> Fault.NONE);
            publish(5);
            assertThat(settled()).isLessThanOrEqualTo((long) WINDOW * proxy.accepted());
            assertThat(proxy.accepted()).isEqualTo(4);
        }
    }

    /** The server has everything and nobody here knows: it comes again, under the same numbers, a window of it at most. */
    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void whenAcknowledgementsAreLostTheSameMessagesComeAgain(String version) throws Exception {
        // The answer to the greeting passes, the first bytes of acknowledgements do, the rest does not.
        try (CuttingProxy proxy = new CuttingProxy(broker.port(), () -> new Fault(Kind.MUTE, false, 60))) {
            uplink("cloud", proxy.address(), Map.of("version", version, "keepalive", "1s"));
            while (proxy.struck() < 2) {
                publish(5);
            }
            proxy.plan(() -> Fault.NONE);
            publish(5);
            assertThat(settled()).isBetween(2L, 2L * WINDOW);
            assertThat(gateway.status("cloud").resent()).isPositive();
        }
    }

    @Test
    void aServerThatAcceptsAndNeverAnswersIsNamedAndHoldsNoOtherUplinkUp() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(broker.port(), () -> new Fault(Kind.FREEZE, false, 0))) {
            uplink("mute", proxy.address(), Map.of("timeout", "500ms", "topic", "other/{stream}"));
            uplink("cloud", broker.address(), Map.of());
            await().atMost(LONG).until(() -> proxy.accepted() >= 3);
            publish(500);
            assertThat(settled()).isZero();
            assertThat(gateway.flow("mute").queued()).isEqualTo(2L * published);
            UplinkStatus mute = gateway.status("mute");
            assertThat(mute.state()).isIn(UplinkStatus.State.OFFLINE, UplinkStatus.State.CONNECTING);
            await().atMost(LONG).until(() -> gateway.status("mute").detail().contains(proxy.address()));
            proxy.heal();
            await().atMost(LONG).until(() -> gateway.flow("mute").passed() == 2L * published);
            assertThat(gateway.flow("mute").imbalance()).isZero();
        }
    }

    @Test
    void whatComesByteByByteOrAfterAPauseIsTheSame() throws Exception {
        Random random = new Random(3);
        Supplier<Fault> slow = () ->
                new Fault(random.nextBoolean() ? Kind.TRICKLE : Kind.STALL, random.nextBoolean(), random.nextInt(500));
        try (CuttingProxy proxy = new CuttingProxy(broker.port(), slow)) {
            uplink("cloud", proxy.address(), Map.of());
            for (int i = 0; i < 50; i++) {
                publish(20);
            }
            assertThat(settled()).isZero();
            assertThat(proxy.accepted()).isEqualTo(1);
        }
    }
}
