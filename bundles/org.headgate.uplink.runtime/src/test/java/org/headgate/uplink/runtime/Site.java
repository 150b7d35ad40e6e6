package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.stream.api.Event;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.RemoteCommands;
import org.headgate.uplink.api.UplinkStatus;

/** An uplink with everything around it, in simulated time; each row carries a number of its own. */
final class Site {
    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, ""));
    private static final Pattern KEY = Pattern.compile("^\\S+ .*?\"stream\":.*?\"seq\":\\d+(,\"part\":\"\\d+/\\d+\")?");
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

    final SimulatedSystem system = new SimulatedSystem(11);
    final MemoryStorage disk = new MemoryStorage();
    final SegmentOutbox outbox = new SegmentOutbox(disk, system, system, system, system);
    final FakeBus bus = new FakeBus();
    final FakeTransport server = new FakeTransport(system);
    final UplinkRegistry registry = new UplinkRegistry();
    final List<Event> events = new ArrayList<>();
    Optional<RemoteCommands> commands = Optional.empty();
    private long next;

    Site(PayloadFormat format) {
        registry.bindFormat(format);
        registry.bindTransport(server);
    }

    Uplink uplink(String... pairs) {
        Map<String, String> keys = new LinkedHashMap<>(Map.of("streams", "*"));
        for (int i = 0; i < pairs.length; i += 2) {
            keys.put(pairs[i], pairs[i + 1]);
        }
        Uplink uplink = new Ground(system, bus, outbox, disk, registry, events::add)
                .uplink(keys, UplinkSettings.Vault.EMPTY, () -> commands);
        system.run();
        return uplink;
    }

    /** Publishes rows with ascending numbers; returns the first one's. */
    long publish(String stream, int rows) {
        long first = next;
        for (int i = 0; i < rows; i++) {
            bus.publish(stream, Row.builder(SCHEMA).set(0, next++).build(system.epochNanos(), ClockState.SYNCED));
        }
        return first;
    }

    void seconds(long count) {
        system.advance(Duration.ofSeconds(count));
    }

    UplinkStatus status() {
        return registry.list().get(0);
    }

    FlowSnapshot flow(String from) {
        FlowSnapshot flow = outbox.flows().stream()
                .filter(each -> each.from().equals(from))
                .findFirst()
                .orElseThrow();
        assertThat(flow.imbalance()).as("%s", flow).isZero();
        return flow;
    }

    /** What a consumer keeps that drops duplicates as docs/uplink.md says: by topic, stream, log, seq and part. */
    static List<String> deduplicated(List<String> messages) {
        Map<String, String> first = new LinkedHashMap<>();
        for (String message : messages) {
            Matcher key = KEY.matcher(message);
            assertThat(key.find()).as(message).isTrue();
            String before = first.putIfAbsent(key.group(), message);
            assertThat(before == null ? message : before)
                    .as("same key, same content")
                    .isEqualTo(message);
        }
        return List.copyOf(first.values());
    }

    /** The numbers of the rows in a message, or in all that were received. */
    static List<Long> numbers(List<String> messages) {
        List<Long> numbers = new ArrayList<>();
        for (String message : messages) {
            Matcher matcher = NUMBER.matcher(message);
            while (matcher.find()) {
                numbers.add(Long.parseLong(matcher.group(1)));
            }
        }
        return numbers;
    }
}
