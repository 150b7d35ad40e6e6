package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headgate.command.api.Commands;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.device.api.Devices;
import org.headgate.host.Machine;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.payload.json.JsonFormat;
import org.headgate.payload.sparkplug.SparkplugFormat;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.LinkListener;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.Transport;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.Test;

/** A link that breaks a thousand times leaves of a whole uplink nothing behind: no loop, no timer, no subscription, no session. */
class ReconnectsTest {
    private static final int RECONNECTS = 1000;
    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, ""));
    private static final Path NOWHERE = Path.of("/nonexistent");

    private final SimulatedSystem system = new SimulatedSystem(11);
    private final MemoryStorage disk = new MemoryStorage();
    private final Counted counted = new Counted();
    private final FakeBus bus = new FakeBus();
    private final FakeTransport server = new FakeTransport(system);
    private final UplinkRegistry registry = new UplinkRegistry();
    /** Sessions and what hears of their links, as long as anybody keeps them. */
    private final List<WeakReference<Object>> opened = new ArrayList<>();

    private long next;

    /** Counts what is open: loops, tasks that wait in them, subscriptions. */
    private final class Counted implements Scheduler, StreamBus {
        private final Map<Loop, Set<Object>> loops = new HashMap<>();
        private int subscriptions;

        String all() {
            int timers = loops.values().stream().mapToInt(Set::size).sum();
            return loops.size() + " loops, " + timers + " timers, " + subscriptions + " subscriptions, "
                    + (server.opened - server.closed) + " links, " + system.stuck() + " stuck calls";
        }

        @Override
        public Loop loop(String name) {
            Loop made = system.loop(name);
            Set<Object> waiting = new HashSet<>();
            Loop loop = new Loop() {
                @Override
                public void execute(Runnable task) {
                    made.execute(task);
                }

                @Override
                public Timer schedule(Duration delay, Runnable task) {
                    Object key = new Object();
                    waiting.add(key);
                    Timer timer = made.schedule(delay, () -> {
                        waiting.remove(key);
                        task.run();
                    });
                    return () -> {
                        waiting.remove(key);
                        timer.cancel();
                    };
                }

                @Override
                public void close() {
                    loops.remove(this);
                    made.close();
                }
            };
            loops.put(loop, waiting);
            return loop;
        }

        @Override
        public long failures() {
            return 0;
        }

        @Override
        public Publisher publisher(String stream) {
            return bus.publisher(stream);
        }

        @Override
        public Subscription subscribe(
                String subscriber, List<String> streams, int capacity, OverflowPolicy policy, RowConsumer to) {
            subscriptions++;
            Subscription made = bus.subscribe(subscriber, streams, capacity, policy, to);
            return () -> {
                subscriptions--;
                made.close();
            };
        }

        @Override
        public Optional<Row> last(String stream) {
            return bus.last(stream);
        }

        @Override
        public List<String> streams() {
            return bus.streams();
        }
    }

    /** A format whose sessions are watched. */
    private PayloadFormat watched(PayloadFormat format) {
        return new PayloadFormat() {
            @Override
            public String name() {
                return format.name();
            }

            @Override
            public void check(PayloadSettings settings) {
                format.check(settings);
            }

            @Override
            public PayloadSession open(PayloadSettings settings, Outlet outlet) {
                PayloadSession session = format.open(settings, outlet);
                opened.add(new WeakReference<>(session));
                return session;
            }
        };
    }

    /** The server, whose links' listeners are watched. */
    private Transport watched() {
        return new Transport() {
            @Override
            public String name() {
                return server.name();
            }

            @Override
            public void check(LinkSettings settings) {
                server.check(settings);
            }

            @Override
            public Link open(LinkSettings settings, LinkListener listener) throws IOException {
                opened.add(new WeakReference<>(listener));
                return server.open(settings, listener);
            }
        };
    }

    private void uplink(PayloadFormat format, Map<String, String> more) {
        registry.bindFormat(watched(format));
        registry.bindTransport(watched());
        Map<String, String> keys = new LinkedHashMap<>(Map.of(
                "transport",
                "fake",
                "address",
                "fake://server",
                "streams",
                "*",
                "commit",
                "10ms",
                "budget",
                "1GB/month"));
        keys.putAll(more);
        Instance instance = new Instance("cloud", "headgate.uplink-cloud.cfg", new Settings(keys), Optional.empty());
        SegmentOutbox outbox = new SegmentOutbox(disk, system, counted, system, system);
        Uplink uplink = new Uplink(
                UplinkSettings.of(instance, "gw-1", UplinkSettings.Vault.EMPTY),
                new Surroundings(
                        counted,
                        outbox,
                        counted,
                        system,
                        system,
                        system,
                        event -> {},
                        new Network(new Machine(NOWHERE, NOWHERE), system)),
                registry.memory("cloud", system, system, disk),
                registry::commands);
        uplink.start();
        registry.add(uplink);
        system.run();
    }

    /** A row arrives, and the link has time to settle. */
    private void send() {
        long before = registry.list().get(0).rows();
        bus.publish("boiler", Row.builder(SCHEMA).set(0, next++).build(system.epochNanos(), ClockState.SYNCED));
        system.advance(Duration.ofSeconds(5));
        assertThat(registry.list().get(0).rows()).isEqualTo(before + 1);
    }

    private long alive() {
        System.gc();
        return opened.stream().filter(each -> each.get() != null).count();
    }

    private void reconnects() {
        send();
        system.advance(Duration.ofMinutes(5));
        send();
        String before = counted.all();
        for (int i = 0; i < RECONNECTS; i++) {
            server.down();
            system.advance(Duration.ofMillis(10));
            server.up = true;
            server.received.clear();
            server.messages.clear();
            send();
        }
        assertThat(registry.list().get(0).state()).isEqualTo(State.ONLINE);
        assertThat(registry.list().get(0).connects()).isEqualTo(RECONNECTS + 1);
        // Whatever waits for a time-out of a link that has gone has had it.
        system.advance(Duration.ofMinutes(5));
        send();
        assertThat(counted.all()).isEqualTo(before);
        // The session of the link that is there, and its listener.
        long most = 2;
        for (int i = 0; i < 50 && alive() > most; i++) {
            Thread.yield();
        }
        assertThat(alive()).isLessThanOrEqualTo(most);
    }

    @Test
    void anUplinkOfRowsInJson() {
        uplink(new JsonFormat(), Map.of());
        reconnects();
    }

    @Test
    void aSparkplugNode() {
        uplink(
                new SparkplugFormat(
                        system, counted, system, disk, counted, nothing(Devices.class), nothing(Commands.class)),
                Map.of("format", "sparkplug", "sparkplug.group", "plant", "sparkplug.qos", "1", "sparkplug.host", ""));
        reconnects();
    }

    private static <T> T nothing(Class<T> service) {
        return service.cast(Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (self, method, with) -> Optional.empty()));
    }
}
