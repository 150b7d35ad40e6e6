package org.headgate.uplink.runtime;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.headgate.config.api.Instance;
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
import org.headgate.system.api.Randomness;
import org.headgate.system.jvm.FolderStorage;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.mqtt.MqttTransport;

/** All the real parts from the bus to the link, with uplinks as their files say. Only the jitter of the back-off is always short. */
final class RealGateway implements AutoCloseable {
    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, ""));

    private final Path folder;
    private final SharedLoops loops = new SharedLoops();
    private final ThreadCalls calls = new ThreadCalls(loops);
    private final SystemClock clock = new SystemClock(loops, calls);
    private final Chance chance = new Chance();
    private final MemoryStreamBus bus = new MemoryStreamBus(loops);
    private final FolderStorage var;
    private final SegmentOutbox outbox;
    private final UplinkRegistry registry = new UplinkRegistry();
    private final Deque<ConfiguredUplink> uplinks = new ArrayDeque<>();
    private final Map<String, Publisher> publishers = new LinkedHashMap<>();
    private final Map<String, Long> next = new LinkedHashMap<>();

    RealGateway(Path folder) {
        this.folder = folder;
        var = new FolderStorage(new HomeFolder(folder).context());
        outbox = new SegmentOutbox(var, calls, loops, clock, chance);
        registry.bindFormat(new JsonFormat());
        registry.bindTransport(new MqttTransport());
    }

    /** Configures an uplink as a file with these keys does. */
    void uplink(String name, Map<String, String> keys) {
        Map<String, Object> properties = new LinkedHashMap<>(keys);
        properties.put(Instance.KEYS, keys.keySet().toArray(String[]::new));
        properties.put(Instance.NAME, name);
        properties.put(Instance.FILE, "headgate.uplink-" + name + ".cfg");
        uplinks.push(new ConfiguredUplink(
                properties,
                registry,
                new HomeFolder(folder),
                new NoSecrets(),
                bus,
                outbox,
                loops,
                calls,
                clock,
                chance,
                event -> {},
                var));
    }

    /** Publishes rows in a stream, numbered from 0 on, without a gap. */
    void publish(String stream, int rows) {
        Publisher publisher = publishers.computeIfAbsent(stream, bus::publisher);
        for (int i = 0; i < rows; i++) {
            long number = next.merge(stream, 1L, Long::sum) - 1;
            publisher.publish(Row.builder(SCHEMA).set(0, number).build(clock.epochNanos(), ClockState.SYNCED));
        }
    }

    FlowSnapshot flow(String outboxName) {
        return outbox.flows().stream()
                .filter(flow -> flow.from().equals("outbox:" + outboxName))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the outbox of an uplink is open. */
    boolean isOpen(String uplink) {
        return outbox.list().stream().anyMatch(log -> log.name().uplink().equals(uplink));
    }

    UplinkStatus status(String uplink) {
        return registry.list().stream()
                .filter(status -> status.name().equals(uplink))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        publishers.values().forEach(Publisher::close);
        uplinks.forEach(ConfiguredUplink::close);
    }

    /** Hundreds of links are cut in seconds: nobody waits long for the next one. */
    private static final class Chance implements Randomness {
        private final Random random = new Random(1883);

        @Override
        public synchronized double nextDouble() {
            return random.nextDouble() / 20;
        }

        @Override
        public synchronized byte[] bytes(int count) {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        }
    }
}
