package org.headgate.uplink.runtime;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Secrets;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.payload.json.JsonFormat;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.bus.MemoryStreamBus;
import org.headgate.system.jvm.FolderStorage;
import org.headgate.system.jvm.SecureRandomness;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.headgate.uplink.mqtt.MqttTransport;
import org.osgi.framework.BundleContext;

/** The way of a row from the bus to a broker, as a gateway runs it, on real files. In the runtime's package: its registry is its own. */
public final class UplinkLoad implements AutoCloseable {
    private static final Schema SCHEMA = Schema.of(
            Column.of("device", Type.STRING), Column.of("n", Type.LONG), new Column("temperature", Type.DOUBLE, "Cel"));
    /** Rows that are on their way at most: the bus drops beyond 10,000. */
    private static final int MOST = 8_000;
    /** As many as a group commit has rows: each row of a batch is of another device. */
    private static final int DEVICES = 1_000;

    private static final long TIMEOUT = TimeUnit.MINUTES.toNanos(5);

    private final SystemClock clock;
    private final SegmentOutbox outbox;
    private final ConfiguredUplink uplink;
    private final Publisher publisher;
    private final String[] devices = new String[DEVICES];
    private long published;

    /** Connects to a broker; all of it is below a folder. */
    public UplinkLoad(Path folder, String address, String topic) {
        SharedLoops loops = new SharedLoops();
        ThreadCalls calls = new ThreadCalls(loops);
        clock = new SystemClock(loops, calls);
        SecureRandomness chance = new SecureRandomness();
        MemoryStreamBus bus = new MemoryStreamBus(loops);
        FolderStorage var = new FolderStorage(context(folder));
        outbox = new SegmentOutbox(var, calls, loops, clock, chance);
        UplinkRegistry registry = new UplinkRegistry();
        registry.bindFormat(new JsonFormat());
        registry.bindTransport(new MqttTransport());
        Map<String, Object> properties = new LinkedHashMap<>(Map.of(
                "address", address, "streams", "bench", "topic", topic, "commit", "50ms", "state.topic", "none"));
        properties.put(Instance.KEYS, properties.keySet().toArray(String[]::new));
        properties.put(Instance.NAME, "cloud");
        properties.put(Instance.FILE, "headgate.uplink-cloud.cfg");
        uplink = new ConfiguredUplink(
                properties,
                registry,
                new Home(folder),
                new Nothing(),
                bus,
                outbox,
                loops,
                calls,
                clock,
                chance,
                event -> {},
                var);
        publisher = bus.publisher("bench");
        for (int i = 0; i < DEVICES; i++) {
            devices[i] = "meter-" + i;
        }
    }

    /** Sends so many rows; returns when the broker has acknowledged all of them. */
    public void send(int rows) {
        for (int i = 0; i < rows; i++) {
            // Looking costs more than sending.
            if (published % 256 == 0) {
                await(MOST);
            }
            publisher.publish(Row.builder(SCHEMA)
                    .set(0, (Object) devices[(int) (published % DEVICES)])
                    .set(1, published)
                    .set(2, 71.25)
                    .build(clock.epochNanos(), ClockState.SYNCED));
            published++;
        }
        await(0);
    }

    private void await(long most) {
        long end = clock.monotonicNanos() + TIMEOUT;
        while (true) {
            FlowSnapshot flow = outbox.flows().isEmpty() ? null : outbox.flows().get(0);
            if (flow != null && flow.droppedRows() > 0) {
                throw new IllegalStateException("rows were dropped: " + flow);
            }
            if (published - (flow == null ? 0 : flow.passed()) <= most) {
                return;
            }
            if (clock.monotonicNanos() > end) {
                throw new IllegalStateException("the broker does not acknowledge: " + flow);
            }
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public void close() {
        publisher.close();
        uplink.close();
    }

    private static BundleContext context(Path folder) {
        return (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> folder.toString());
    }

    private record Home(Path home) implements Gateway {
        @Override
        public String id() {
            return "bench";
        }

        @Override
        public String version() {
            return "0";
        }
    }

    private static final class Nothing implements Secrets {
        @Override
        public Optional<char[]> resolve(String value) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> content(String value) {
            return Optional.empty();
        }

        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public void set(String name, char[] text) {}

        @Override
        public void keep(String name, byte[] content) {}

        @Override
        public void remove(String name) {}
    }
}
