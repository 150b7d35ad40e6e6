package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.host.Machine;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.payload.json.JsonFormat;
import org.headgate.system.api.Clock;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.RemoteCommands;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path NOWHERE = Path.of("/nonexistent");

    private final SimulatedSystem system = new SimulatedSystem(11);
    private final MemoryStorage disk = new MemoryStorage();
    private final FakeTransport server = new FakeTransport(system);
    private final UplinkRegistry registry = new UplinkRegistry();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);

    /** A clock that lets whoever wants a status wait. */
    private Clock slow() {
        return (Clock) Proxy.newProxyInstance(
                Clock.class.getClassLoader(), new Class<?>[] {Clock.class}, (self, method, with) -> {
                    if (method.getName().equals("corrected")) {
                        asked.countDown();
                        answered.await();
                    }
                    return method.invoke(system, with);
                });
    }

    /** Other uplinks' threads ask the registry who carries out commands, and an uplink's loop must be able to change its state. */
    @Test
    void whoeverWaitsForAStatusKeepsNobodyElseWaiting() throws Exception {
        Instance instance = new Instance(
                "cloud",
                "headgate.uplink-cloud.cfg",
                new Settings(Map.of("transport", "fake", "address", "fake://server", "streams", "*")),
                Optional.empty());
        Uplink uplink = new Uplink(
                UplinkSettings.of(instance, "gw-1", UplinkSettings.Vault.EMPTY),
                new Surroundings(
                        new FakeBus(),
                        new SegmentOutbox(disk, system, system, system, system),
                        system,
                        system,
                        slow(),
                        system,
                        event -> {},
                        new Network(new Machine(NOWHERE, NOWHERE), system)),
                registry.memory("cloud", system, system, disk),
                registry::commands);
        uplink.start();
        registry.add(uplink);
        CompletableFuture<List<UplinkStatus>> list = CompletableFuture.supplyAsync(registry::list);
        asked.await();
        assertTimeoutPreemptively(PATIENCE, () -> {
            registry.bindFormat(new JsonFormat());
            registry.bindTransport(server);
            registry.bindCommands(new Nobody());
            assertThat(registry.commands()).isPresent();
            system.advance(Duration.ofSeconds(1));
            assertThat(server.opened).isEqualTo(1);
        });
        assertThat(list).isNotDone();
        answered.countDown();
        assertThat(list.get()).hasSize(1);
        assertThat(registry.list().get(0).state()).isEqualTo(State.ONLINE);
    }

    private static final class Nobody implements RemoteCommands {
        @Override
        public void received(Source from, Incoming request, Consumer<Reply> answers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long malformed(String uplink) {
            return 0;
        }

        @Override
        public List<String> unknown(List<String> allowed) {
            return List.of();
        }
    }
}
