package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.command.api.Commands;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.device.api.Devices;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.payload.json.JsonFormat;
import org.headgate.payload.sparkplug.SparkplugFormat;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.Test;

/** The card under {@code var} hangs; the outbox is on another disk, by {@code outbox.dir}: rows go on (docs/decisions/0015). */
class HangingDiskTest {
    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, ""));

    private final SimulatedSystem system = new SimulatedSystem(11);
    private final MemoryStorage card = new MemoryStorage();
    private final FakeBus bus = new FakeBus();
    private final FakeTransport server = new FakeTransport(system);
    private final UplinkRegistry registry = new UplinkRegistry();
    private long next;

    private Uplink uplink(PayloadFormat format, String... pairs) {
        registry.bindFormat(format);
        registry.bindTransport(server);
        Map<String, String> keys = new LinkedHashMap<>(Map.of("streams", "*", "commit", "10ms"));
        for (int i = 0; i < pairs.length; i += 2) {
            keys.put(pairs[i], pairs[i + 1]);
        }
        SegmentOutbox other = new SegmentOutbox(new MemoryStorage(), system, system, system, system);
        Uplink uplink = new Ground(system, bus, other, card, registry, event -> {}).uplink(keys);
        system.run();
        return uplink;
    }

    private long rowsAfter(Duration time) {
        long before = registry.list().get(0).rows();
        bus.publish("boiler", Row.builder(SCHEMA).set(0, next++).build(system.epochNanos(), ClockState.SYNCED));
        system.advance(time);
        return registry.list().get(0).rows() - before;
    }

    @Test
    void whatTheBudgetHasCostIsNotWhatRowsWaitFor() {
        uplink(new JsonFormat(), "budget", "1GB/month");
        assertThat(rowsAfter(Duration.ofMinutes(2))).isEqualTo(1);
        card.hang(true);
        for (int minute = 0; minute < 20; minute++) {
            assertThat(rowsAfter(Duration.ofMinutes(1))).isEqualTo(1);
        }
        assertThat(registry.list().get(0).budgetUsed()).isPositive();
        assertThat(system.stuck("uplink-budget:cloud")).isEqualTo(1);
    }

    @Test
    void anUplinkStopsWithoutIt() {
        Uplink uplink = uplink(new JsonFormat(), "budget", "1GB/month");
        assertThat(rowsAfter(Duration.ofSeconds(30))).isEqualTo(1);
        card.hang(true);
        var saved = uplink.close();
        system.advance(Budget.PATIENCE);
        assertThat(saved).isDone();
    }

    @Test
    void aSparkplugNodeIsBornAgainOnEachConnection() {
        uplink(
                new SparkplugFormat(system, system, system, card, bus, nothing(Devices.class), nothing(Commands.class)),
                "format",
                "sparkplug",
                "sparkplug.group",
                "plant",
                "sparkplug.qos",
                "1");
        assertThat(rowsAfter(Duration.ofSeconds(5))).isEqualTo(1);
        card.hang(true);
        for (int i = 0; i < 10; i++) {
            server.down();
            server.up = true;
            server.received.clear();
            assertThat(rowsAfter(Duration.ofSeconds(30))).isEqualTo(1);
            assertThat(server.received.get(0)).startsWith("spBv1.0/plant/NBIRTH/gw-1 ");
            assertThat(registry.list().get(0).state()).isEqualTo(State.ONLINE);
        }
        assertThat(system.stuck("sparkplug:cloud")).isEqualTo(1);
        card.hang(false);
        system.releaseHung();
        assertThat(new String(card.in("sparkplug").content("cloud"))).isEqualTo("10");
    }

    @SuppressWarnings("unchecked")
    private static <T> T nothing(Class<T> service) {
        return (T) Proxy.newProxyInstance(
                service.getClassLoader(),
                new Class<?>[] {service},
                (self, method, with) -> method.getReturnType() == Optional.class ? Optional.empty() : List.of());
    }
}
