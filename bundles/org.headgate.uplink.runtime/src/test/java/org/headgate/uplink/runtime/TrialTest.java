package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.TrialStep;
import org.junit.jupiter.api.Test;

/** {@code uplink:test}: which steps are taken, and what is said of the one that fails. */
class TrialTest {
    private final SimulatedSystem system = new SimulatedSystem(11);
    private final MemoryStorage disk = new MemoryStorage();
    private final SegmentOutbox outbox = new SegmentOutbox(disk, system, system, system, system);
    private final FakeTransport server = new FakeTransport(system);
    private final UplinkRegistry registry = new UplinkRegistry();
    private Uplink last;

    private void services() {
        services(new Numbers(session -> {}));
    }

    private void services(PayloadFormat format) {
        registry.bindFormat(format);
        registry.bindTransport(server);
    }

    private void uplink(Map<String, String> keys) {
        if (last != null) {
            registry.remove(last);
            last.close();
        }
        Map<String, String> all = new HashMap<>(Map.of("streams", "boiler"));
        all.putAll(keys);
        last = new Ground(system, new FakeBus(), outbox, disk, registry, event -> {}).uplink(all);
        system.run();
    }

    @Test
    void aTestTellsItsStepsAndTimesAndWhichOneFailed() {
        services();
        uplink(Map.of("enabled", "no"));
        CompletableFuture<List<TrialStep>> done = test();
        assertThat(done.join()).extracting(TrialStep::name).containsExactly("settings", "connect");
        assertThat(done.join().get(1).failed()).isFalse();
        server.up = false;
        assertThat(test().join())
                .last()
                .satisfies(step -> assertThat(step.failure()).isEqualTo("connection refused"));
        uplink(Map.of("bad", "yes"));
        assertThat(test().join())
                .singleElement()
                .satisfies(step -> assertThat(step.failure()).isEqualTo("bad: yes (expected: nothing)"));
    }

    /** A server may let it write to {@code spBv1.0/...} only, and hosts that listen there take a test message for data. */
    @Test
    void aFormatWithTopicsOfItsOwnIsTriedByListeningToThem() {
        services(new Numbers(session -> {}) {
            @Override
            public List<String> trialSubscriptions(PayloadSettings settings) {
                return List.of("own/cmd", "own/+/cmd");
            }
        });
        uplink(Map.of("enabled", "no"));
        List<TrialStep> steps = test().join();
        assertThat(steps)
                .extracting(TrialStep::name)
                .containsExactly("settings", "connect", "subscribe own/cmd, own/+/cmd");
        assertThat(steps)
                .noneMatch(TrialStep::failed)
                .last()
                .satisfies(step -> assertThat(step.note()).contains("nothing was sent"));
        assertThat(server.subscribed).containsExactly("own/cmd", "own/+/cmd");
        assertThat(server.received).isEmpty();
    }

    @Test
    void whatCannotBeTestedSaysWhy() {
        assertThat(failure(registry.test("nosuch"))).isEqualTo("no uplink nosuch");
        uplink(Map.of());
        assertThat(failure(test())).isEqualTo("no bundle offers the transport fake");
        services();
        uplink(Map.of("inflight", "0"));
        assertThat(failure(test())).startsWith("inflight: 0");
        uplink(Map.of("password", "@later"));
        assertThat(failure(test())).startsWith("password: no secret later");
    }

    private CompletableFuture<List<TrialStep>> test() {
        CompletableFuture<List<TrialStep>> done = registry.test("cloud").toCompletableFuture();
        system.run();
        return done;
    }

    private static String failure(CompletionStage<List<TrialStep>> stage) {
        return assertThat(stage.toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .actual()
                .getCause()
                .getMessage();
    }
}
