package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;
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
    /** A client takes 0.3 s to connect whatever the network does, so several are cut at once. */
    private static final List<String> UPLINKS =
            List.of("cloud", "plant", "lab", "depot", "north", "south", "east", "west");

    /** Of each uplink: 200 in all, 10,000 in a long run. */
    private static final int CUTS = (Boolean.getBoolean("headgate.long") ? 10_000 : 200) / UPLINKS.size();

    private static final int WINDOW = 10;
    private static final int WAITING = 400;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Mosquitto broker;
    private Judge judge;
    private RealGateway gateway;
    private final List<String> paced = new ArrayList<>();
    private final List<CuttingProxy> proxies = new ArrayList<>();
    private long published;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        assumeTrue(Judge.isInstalled(), "mosquitto-clients is not installed");
        broker = new Mosquitto(folder, "max_queued_messages 0", "persistence false").start();
        judge = new Judge(broker, folder);
        gateway = new RealGateway(folder);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        if (gateway != null) {
            gateway.close();
        }
        for (CuttingProxy proxy : proxies) {
            proxy.close();
        }
        if (judge != null) {
            judge.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private CuttingProxy proxy(Supplier<Fault> plan) throws IOException {
        CuttingProxy proxy = new CuttingProxy(broker.port(), plan);
        proxies.add(proxy);
        return proxy;
    }

    /** Configures an uplink whose topics begin with its name. */
    private void uplink(String name, String address, Map<String, String> more) {
        Map<String, String> keys = new LinkedHashMap<>(Map.of(
                "address",
                address,
                "streams",
                "s-*",
                "topic",
                name + "/{stream}",
                "commit",
                "5ms",
                "timeout",
                "10s",
                "inflight",
                "" + WINDOW));
        keys.putAll(more);
        gateway.uplink(name, keys);
        await().atMost(LONG).until(() -> gateway.isOpen(name));
    }

    /** Publishes in two streams, no faster than the fastest of the uplinks that count goes: the others catch up. */
    private void publish(int rows) {
        gateway.publish("s-one", rows);
        gateway.publish("s-two", rows);
        published += rows;
        do {
            awaitProgress(paced, this::isRoom);
        } while (!isRoom());
    }

    private boolean isRoom() {
        return paced.isEmpty()
                || paced.stream().anyMatch(name -> gateway.flow(name).queued() < WAITING);
    }

    /** However much waits after many cuts: what counts is that it goes on, if it is not done. */
    private void awaitProgress(List<String> names, BooleanSupplier done) {
        long before = passed(names);
        try {
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> done.getAsBoolean() || passed(names) > before);
        } catch (ConditionTimeoutException stuck) {
            throw new AssertionError(
                    "no progress: "
                            + names.stream()
                                    .map(name -> gateway.status(name) + " " + gateway.flow(name))
                                    .toList(),
                    stuck);
        }
    }

    private long passed(List<String> names) {
        return names.stream().mapToLong(name -> gateway.flow(name).passed()).sum();
    }

    /** Publishes now and then, until so many faults have struck. */
    private void publishUntil(CuttingProxy proxy, int struck) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            publish(1);
            return proxy.struck() >= struck;
        });
    }

    /** All has been acknowledged, and has arrived; gives how many messages came more than once. */
    private long settled(String name) throws IOException {
        while (gateway.flow(name).passed() < 2 * published) {
            awaitProgress(List.of(name), () -> gateway.flow(name).passed() >= 2 * published);
        }
        FlowSnapshot flow = gateway.flow(name);
        assertThat(flow.imbalance()).as("%s", flow).isZero();
        assertThat(flow.queued()).isZero();
        assertThat(flow.droppedRows()).isZero();
        assertThat(gateway.status(name).rows()).isEqualTo(2 * published);
        await().atMost(LONG)
                .until(() -> judge.has(name + "/s-one", published - 1) && judge.has(name + "/s-two", published - 1));
        return judge.verify(name + "/s-one", published) + judge.verify(name + "/s-two", published);
    }

    /** Many at some byte of the greeting and of the first messages, most later; what the server says is short. */
    private static Supplier<Fault> cuts(long seed) {
        Random random = new Random(seed);
        int[] left = {CUTS};
        return () -> {
            if (left[0]-- <= 0) {
                return Fault.NONE;
            }
            boolean up = random.nextBoolean();
            boolean early = random.nextInt(4) == 0;
            int after = random.nextInt(up ? early ? 1_000 : 40_000 : early ? 20 : 400);
            return new Fault(random.nextBoolean() ? Kind.RESET : Kind.END, up, after);
        };
    }

    @Test
    void nothingIsLostOrOutOfOrderWhereverLinksAreCut() throws Exception {
        for (String name : UPLINKS) {
            CuttingProxy proxy = proxy(cuts(proxies.size()));
            uplink(name, proxy.address(), Map.of("version", proxies.size() % 2 == 0 ? "5" : "3.1.1"));
            paced.add(name);
        }
        while (!paced.isEmpty()) {
            publish(20);
            paced.removeIf(name -> proxies.get(UPLINKS.indexOf(name)).struck() >= CUTS);
        }
        publish(20);
        for (int i = 0; i < UPLINKS.size(); i++) {
            assertThat(settled(UPLINKS.get(i))).isBetween(1L, (long) WINDOW * CUTS);
            assertThat(proxies.get(i).accepted()).isEqualTo(CUTS + 1);
        }
    }

    @Test
    void aHalfOpenLinkIsLeftForAnotherOne() throws Exception {
        Random random = new Random(7);
        CuttingProxy proxy = proxy(() -> new Fault(Kind.FREEZE, true, 1_000 + random.nextInt(2_000)));
        uplink("cloud", proxy.address(), Map.of("keepalive", "1s"));
        publishUntil(proxy, 3);
        // Not healed: that the last one is frozen, too, has to be found out.
        proxy.plan(() -> Fault.NONE);
        publish(5);
        long repeated = settled("cloud");
        // A pause of the machine may cost a link that is well, too.
        assertThat(proxy.accepted()).isGreaterThanOrEqualTo(4);
        assertThat(repeated).isLessThanOrEqualTo((proxy.accepted() - 1L) * WINDOW);
    }

    /** The server has everything and nobody here knows: it comes again, under the same numbers, a window of it at most. */
    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void whenAcknowledgementsAreLostTheSameMessagesComeAgain(String version) throws Exception {
        // The answer to the greeting passes, the first bytes of acknowledgements do, the rest does not.
        CuttingProxy proxy = proxy(() -> new Fault(Kind.MUTE, false, 61));
        uplink("cloud", proxy.address(), Map.of("version", version, "keepalive", "1s"));
        publishUntil(proxy, 2);
        proxy.plan(() -> Fault.NONE);
        publish(5);
        long repeated = settled("cloud");
        assertThat(repeated).isBetween(2L, (proxy.accepted() - 1L) * WINDOW);
        assertThat(gateway.status("cloud").resent()).isPositive();
    }

    @Test
    void aServerThatAcceptsAndNeverAnswersIsNamedAndHoldsNoOtherUplinkUp() throws Exception {
        CuttingProxy proxy = proxy(() -> new Fault(Kind.FREEZE, false, 0));
        uplink("mute", proxy.address(), Map.of("timeout", "500ms"));
        uplink("cloud", broker.address(), Map.of());
        paced.add("cloud");
        await().atMost(LONG).until(() -> proxy.accepted() >= 3);
        for (int i = 0; i < 10; i++) {
            publish(50);
        }
        assertThat(settled("cloud")).isZero();
        assertThat(gateway.flow("mute").queued()).isEqualTo(2 * published);
        await().atMost(LONG).until(() -> gateway.status("mute").detail().contains(proxy.address()));
        assertThat(gateway.status("mute").state()).isIn(UplinkStatus.State.OFFLINE, UplinkStatus.State.CONNECTING);
        proxy.heal();
        assertThat(settled("mute")).isZero();
    }

    @Test
    void whatComesByteByByteOrAfterAPauseIsTheSame() throws Exception {
        Random random = new Random(3);
        List<String> slow = UPLINKS.subList(0, 4);
        for (String name : slow) {
            Kind kind = random.nextBoolean() ? Kind.TRICKLE : Kind.STALL;
            boolean up = proxies.size() % 2 == 0;
            int after = random.nextInt(up ? 300 : 30);
            CuttingProxy proxy = proxy(() -> new Fault(kind, up, after));
            uplink(name, proxy.address(), Map.of());
            paced.add(name);
        }
        for (int i = 0; i < 50; i++) {
            publish(20);
        }
        // Acknowledgements are short: where many rows went in few messages, not so many bytes came back yet.
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            publish(1);
            return proxies.stream().allMatch(proxy -> proxy.struck() >= 1);
        });
        for (String name : slow) {
            assertThat(settled(name)).isZero();
        }
        assertThat(proxies).allSatisfy(proxy -> assertThat(proxy.struck()).isOne());
        assertThat(proxies).allSatisfy(proxy -> assertThat(proxy.accepted()).isOne());
    }
}
