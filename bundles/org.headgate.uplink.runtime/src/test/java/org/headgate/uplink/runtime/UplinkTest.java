package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.payload.json.JsonFormat;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.Test;

class UplinkTest {
    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, ""));
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");
    private static final Pattern IDENTITY = Pattern.compile("\"log\":\"(\\w+)\",\"seq\":(\\d+)");

    private final SimulatedSystem system = new SimulatedSystem(11);
    private final MemoryStorage disk = new MemoryStorage();
    private final SegmentOutbox outbox = new SegmentOutbox(disk, system, system, system, system);
    private final FakeBus bus = new FakeBus();
    private final FakeTransport server = new FakeTransport(system);
    private final UplinkRegistry registry = new UplinkRegistry();
    private final Map<String, String> secrets = new HashMap<>(Map.of("@known", "secret"));
    private long next;

    private Uplink uplink(Map<String, String> keys) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("streams", "boiler, alarm-*"));
        all.putAll(keys);
        UplinkSettings.Vault vault = new UplinkSettings.Vault(
                value -> Optional.ofNullable(secrets.get(value)).map(String::toCharArray), name -> Optional.empty());
        Uplink uplink =
                new Ground(system, bus, outbox, disk, registry, event -> {}).uplink(all, vault, registry::commands);
        system.run();
        return uplink;
    }

    private void services() {
        registry.bindFormat(new JsonFormat());
        registry.bindTransport(server);
        system.run();
    }

    private void publish(int rows) {
        for (int i = 0; i < rows; i++) {
            bus.publish("boiler", Row.builder(SCHEMA).set(0, next++).build(system.epochNanos(), ClockState.SYNCED));
        }
    }

    private UplinkStatus status() {
        return registry.list().get(0);
    }

    private FlowSnapshot flow() {
        FlowSnapshot flow = outbox.flows().get(0);
        assertThat(flow.imbalance()).as("%s", flow).isZero();
        return flow;
    }

    private static List<Long> numbers(List<String> messages) {
        List<Long> numbers = new ArrayList<>();
        for (String message : messages) {
            Matcher matcher = NUMBER.matcher(message);
            while (matcher.find()) {
                numbers.add(Long.parseLong(matcher.group(1)));
            }
        }
        return numbers;
    }

    /** What a consumer has that drops duplicates, of batches that all go whole to one topic. */
    private List<Long> deduplicated() {
        Map<String, String> first = new LinkedHashMap<>();
        for (String message : server.received) {
            Matcher identity = IDENTITY.matcher(message);
            assertThat(identity.find()).isTrue();
            String before = first.putIfAbsent(identity.group(), message);
            assertThat(before == null ? message : before)
                    .as("same number, same content")
                    .isEqualTo(message);
        }
        return numbers(List.copyOf(first.values()));
    }

    @Test
    void sendsRowsAsBatchesOfTheDefaultPayloadToTheDefaultTopic() {
        services();
        uplink(Map.of());
        publish(2);
        system.advance(Duration.ofSeconds(1));
        assertThat(server.received).hasSize(1);
        assertThat(server.received.get(0))
                .startsWith("headgate/gw-1/boiler {\"gateway\":\"gw-1\",\"stream\":\"boiler\",\"log\":\"")
                .endsWith("\",\"seq\":1,\"rows\":[{\"time\":1732172400000,\"n\":0},{\"time\":1732172400000,\"n\":1}]}");
        assertThat(status().state()).isEqualTo(State.ONLINE);
        assertThat(status().rows()).isEqualTo(2);
        assertThat(status().firstAckNanos()).isPositive();
        assertThat(flow().passed()).isEqualTo(2);
        assertThat(bus.name).isEqualTo("outbox:cloud");
        assertThat(bus.patterns).containsExactly("boiler", "alarm-*");
    }

    @Test
    void everythingThatCameDuringOutagesArrivesInOrder() {
        services();
        uplink(Map.of("commit", "20ms"));
        for (int step = 0; step < 3000; step++) {
            publish(3);
            system.advance(Duration.ofMillis(30));
            if (step % 400 == 200) {
                server.down();
            } else if (step % 400 == 350) {
                server.up = true;
            } else if (step % 97 == 0 && server.up) {
                server.down();
                server.up = true;
            }
            flow();
        }
        server.up = true;
        system.advance(Duration.ofSeconds(60));
        assertThat(deduplicated()).hasSize(9000).isSorted().doesNotHaveDuplicates();
        assertThat(new LinkedHashSet<>(deduplicated())).hasSize(9000);
        FlowSnapshot flow = flow();
        assertThat(flow.in()).isEqualTo(9000);
        assertThat(flow.passed()).isEqualTo(9000);
        assertThat(flow.queued()).isZero();
        assertThat(flow.resent()).isEqualTo(numbers(server.received).size() - 9000L);
        assertThat(server.mostInFlight).isLessThanOrEqualTo(5);
        assertThat(status().rows()).isEqualTo(9000);
    }

    @Test
    void aRefusedBatchIsSetAsideAndBlocksNothing() {
        services();
        server.poison = "\"n\":1}";
        uplink(Map.of("commit", "10ms"));
        for (int i = 0; i < 3; i++) {
            publish(1);
            system.advance(Duration.ofMillis(100));
        }
        assertThat(numbers(server.received)).containsExactly(0L, 2L);
        assertThat(server.received.get(1)).contains("\"dropped\":{\"refused\":1}");
        assertThat(flow().dropped()).isEqualTo(Map.of("refused", 1L));
        assertThat(flow().queued()).isZero();
    }

    @Test
    void waitsForItsTransportLosesNothingWhileItIsGoneAndReleasesItWhenItLeaves() {
        uplink(Map.of());
        publish(2);
        system.advance(Duration.ofSeconds(1));
        assertThat(status().state()).isEqualTo(State.WAITING_FOR_TRANSPORT);
        assertThat(status().detail()).contains("transport fake");
        services();
        system.advance(Duration.ofSeconds(1));
        assertThat(status().state()).isEqualTo(State.ONLINE);
        CompletableFuture<Void> released = registry.release(server);
        assertThat(released).isNotDone();
        system.run();
        assertThat(released).isDone();
        assertThat(server.closed).isEqualTo(1);
        assertThat(status().state()).isEqualTo(State.WAITING_FOR_TRANSPORT);
        publish(1);
        system.advance(Duration.ofSeconds(1));
        registry.bindTransport(server);
        system.advance(Duration.ofSeconds(1));
        assertThat(deduplicated()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aWrongFileMakesAnInvalidUplinkThatNamesTheKey() {
        services();
        uplink(Map.of("streams", ""));
        assertThat(status().state()).isEqualTo(State.INVALID);
        assertThat(status().detail()).startsWith("streams: missing");
        uplink(Map.of("inflight", "0"));
        assertThat(status().detail()).startsWith("inflight: 0 (expected: a whole number");
        uplink(Map.of("bad", "yes"));
        assertThat(status().state()).isEqualTo(State.INVALID);
        assertThat(status().detail()).isEqualTo("bad: yes (expected: nothing)");
    }

    @Test
    void aPasswordInClearTextIsRefusedAndNotRepeated() {
        services();
        uplink(Map.of("user", "gw", "password", "hunter2"));
        assertThat(status().state()).isEqualTo(State.INVALID);
        assertThat(status().detail()).startsWith("password: ***").doesNotContain("hunter2");
        uplink(Map.of("user", "gw", "password", "@known", "enabled", "no"));
        assertThat(status().state()).isEqualTo(State.DISABLED);
    }

    /** Who types the secret after the uplink need not touch the uplink again. */
    @Test
    void anUplinkWaitsForASecretThatIsNotSetAndTakesItWhenItIs() {
        services();
        uplink(Map.of("user", "gw", "password", "@mqtt-password"));
        assertThat(status().state()).isEqualTo(State.OFFLINE);
        assertThat(status().detail())
                .startsWith("password: no secret mqtt-password (secret:set mqtt-password sets it)");
        secrets.put("@mqtt-password", "opensesame");
        system.advance(Duration.ofSeconds(5));
        assertThat(status().state()).isEqualTo(State.ONLINE);
        assertThat(server.password).isEqualTo("opensesame");
    }

    @Test
    void anEditSendsTheUnacknowledgedAgainUnderTheSameNumberAndGoesOnCounting() {
        services();
        server.mute = true;
        Uplink first = uplink(Map.of());
        publish(3);
        system.advance(Duration.ofSeconds(1));
        assertThat(server.received).hasSize(1);
        registry.remove(first);
        first.close();
        server.mute = false;
        uplink(Map.of());
        system.advance(Duration.ofSeconds(1));
        assertThat(server.received).hasSize(2);
        assertThat(deduplicated()).containsExactly(0L, 1L, 2L);
        // The process knew them all along: nothing was recovered.
        assertThat(flow().in()).isEqualTo(3);
        assertThat(flow().recovered()).isZero();
        assertThat(flow().passed()).isEqualTo(3);
        assertThat(status().rows()).isEqualTo(3);
        assertThat(status().connects()).isEqualTo(2);
    }
}
