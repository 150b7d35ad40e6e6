package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.payload.json.JsonFormat;
import org.headgate.stream.api.RowConsumer;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.Test;

/** Servers that hang up or fall silent, formats that break, files that are edited while the outbox opens. */
class UplinkFaultsTest {
    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, ""));
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

    private final SimulatedSystem system = new SimulatedSystem(11);
    private final MemoryStorage var = new MemoryStorage();
    private final SegmentOutbox disk = new SegmentOutbox(var, system, system, system, system);
    private Outbox outbox = disk;
    private final FakeBus bus = new FakeBus();
    private final FakeTransport server = new FakeTransport(system);
    private final UplinkRegistry registry = new UplinkRegistry();
    private long next;

    private Uplink uplink() {
        return new Ground(system, bus, outbox, var, registry, event -> {})
                .uplink(Map.of("streams", "boiler", "commit", "10ms"));
    }

    private void services(PayloadFormat format) {
        registry.bindFormat(format);
        registry.bindTransport(server);
    }

    private void publish(int rows) {
        for (int i = 0; i < rows; i++) {
            bus.publish("boiler", row());
        }
    }

    private Row row() {
        return Row.builder(SCHEMA).set(0, next++).build(system.epochNanos(), ClockState.SYNCED);
    }

    private interface Opening {
        void run() throws IOException;
    }

    /** The outbox, with something that happens while a log is opened. */
    private Outbox opening(Opening meanwhile) {
        return new Outbox() {
            @Override
            public OutboxLog open(OutboxName name, OutboxSettings settings, Runnable readable) throws IOException {
                OutboxLog log = disk.open(name, settings, readable);
                try {
                    meanwhile.run();
                } catch (IOException fails) {
                    log.close();
                    throw fails;
                }
                return log;
            }

            @Override
            public void waiting(OutboxName name, int change) {
                disk.waiting(name, change);
            }

            @Override
            public void abandoned(OutboxName name, int rows) {
                disk.abandoned(name, rows);
            }

            @Override
            public List<OutboxStatus> list() {
                return disk.list();
            }
        };
    }

    private FlowSnapshot flow() {
        FlowSnapshot flow = disk.flows().get(0);
        assertThat(flow.imbalance()).as("%s", flow).isZero();
        return flow;
    }

    private List<Long> received() {
        List<Long> numbers = new ArrayList<>();
        for (String message : server.received) {
            Matcher matcher = NUMBER.matcher(message);
            while (matcher.find()) {
                numbers.add(Long.parseLong(matcher.group(1)));
            }
        }
        return numbers.stream().distinct().toList();
    }

    @Test
    void aMessageOnWhichTheServerHangsUpIsFoundSetAsideAndBlocksNothing() {
        services(new JsonFormat());
        uplink();
        system.run();
        server.deadly = "\"n\":5}";
        for (int i = 0; i < 10; i++) {
            publish(1);
            system.advance(Duration.ofMillis(100));
        }
        system.advance(Duration.ofMinutes(2));
        assertThat(received()).containsExactly(0L, 1L, 2L, 3L, 4L, 6L, 7L, 8L, 9L);
        assertThat(flow().dropped()).isEqualTo(Map.of("refused", 1L));
        assertThat(flow().queued()).isZero();
        publish(20);
        system.advance(Duration.ofSeconds(5));
        assertThat(flow().passed()).isEqualTo(29);
    }

    @Test
    void aNetworkThatKeepsBreakingCostsNoMessage() {
        services(new JsonFormat());
        server.mute = true;
        uplink();
        system.run();
        publish(3);
        for (int i = 0; i < 600; i++) {
            system.advance(Duration.ofMillis(1000 + 200 * (i % 15)));
            server.down();
            server.up = true;
        }
        assertThat(flow().dropped()).isEmpty();
        server.mute = false;
        system.advance(Duration.ofMinutes(2));
        assertThat(flow().passed()).isEqualTo(3);
    }

    @Test
    void aQuotaThatIsUsedUpForAWhileCostsNoRow() {
        services(new JsonFormat());
        server.quota = 20;
        uplink();
        system.run();
        publish(3);
        system.advance(Duration.ofMinutes(20));
        assertThat(server.quota).isZero();
        assertThat(flow().dropped()).isEmpty();
        assertThat(flow().passed()).isEqualTo(3);
    }

    @Test
    void aServerThatForgetsToAnswerIsLeftAndGetsTheMessageAgain() {
        services(new JsonFormat());
        server.mute = true;
        uplink();
        system.run();
        publish(1);
        system.advance(Duration.ofSeconds(30));
        server.mute = false;
        publish(1);
        system.advance(Duration.ofSeconds(20));
        assertThat(flow().passed()).isEqualTo(1);
        system.advance(Duration.ofMinutes(1));
        assertThat(flow().passed()).isEqualTo(2);
        assertThat(server.opened).isEqualTo(2);
    }

    @Test
    void aFormatThatBreaksWhileItsBundleLeavesLosesNoBatch() {
        boolean[] broken = new boolean[1];
        JsonFormat json = new JsonFormat();
        services(new PayloadFormat() {
            @Override
            public String name() {
                return "json";
            }

            @Override
            public PayloadSession open(PayloadSettings settings, Outlet outlet) {
                PayloadSession session = json.open(settings, outlet);
                return (batch, route) -> {
                    if (broken[0]) {
                        throw new NoClassDefFoundError("the bundle has gone");
                    }
                    return session.encode(batch, route);
                };
            }
        });
        uplink();
        system.run();
        publish(1);
        system.advance(Duration.ofSeconds(1));
        broken[0] = true;
        publish(3);
        system.advance(Duration.ofSeconds(3));
        broken[0] = false;
        system.advance(Duration.ofSeconds(3));
        assertThat(flow().passed()).isEqualTo(4);
        assertThat(flow().dropped()).isEmpty();
    }

    @Test
    void rowsThatComeWhileTheOutboxOpensAreKept() {
        services(new JsonFormat());
        uplink();
        publish(5);
        system.advance(Duration.ofSeconds(1));
        assertThat(flow().in()).isEqualTo(5);
        assertThat(received()).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    /** A disk that never lets it open: the rows are somewhere at each instant, and in the end they are dropped, not lost. */
    @Test
    void rowsThatWaitForAnOutboxThatNeverOpensAreCountedAndAreStoppedWhenTheUplinkEnds() {
        outbox = opening(() -> {
            throw new IOException("read-only");
        });
        services(new JsonFormat());
        Uplink waits = uplink();
        publish(5);
        system.advance(Duration.ofSeconds(30));
        assertThat(flow().in()).isEqualTo(5);
        assertThat(flow().queued()).isEqualTo(5);
        RowConsumer inlet = bus.consumer;
        waits.close();
        registry.remove(waits);
        assertThat(flow().queued()).isZero();
        assertThat(flow().dropped()).isEqualTo(Map.of("stopped", 5L));
        // One that was under way on the bus.
        inlet.row("boiler", row());
        assertThat(flow().dropped()).isEqualTo(Map.of("stopped", 6L));
        outbox = disk;
        uplink();
        publish(2);
        system.advance(Duration.ofSeconds(1));
        assertThat(flow().in()).isEqualTo(8);
        assertThat(flow().passed()).isEqualTo(2);
    }

    @Test
    void anUplinkThatIsClosedWhileItsOutboxOpensLetsGoOfIt() {
        Uplink[] closing = new Uplink[1];
        outbox = opening(() -> closing[0].close());
        services(new JsonFormat());
        closing[0] = uplink();
        publish(1);
        system.run();
        registry.remove(closing[0]);
        assertThat(disk.list()).isEmpty();
        assertThat(flow().queued()).isEqualTo(1);
        outbox = disk;
        uplink();
        system.advance(Duration.ofSeconds(1));
        assertThat(registry.list().get(0).state()).isEqualTo(State.ONLINE);
        assertThat(received()).containsExactly(0L);
    }
}
