package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.jvm.FolderStorage;
import org.headgate.system.jvm.SecureRandomness;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

/**
 * Real threads and real files: two producers append while a consumer reads, acknowledges out of order, refuses and
 * rewinds, and somebody looks at the counters; now and then the log is closed and opened again.
 */
@Timeout(900)
class ThreadsTest {
    private static final int ROWS = 8000;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int PHASES = Boolean.getBoolean("headgate.long") ? 100 : 6;

    @TempDir
    private Path folder;

    private final Random random = new Random(3);
    private final Map<String, List<Long>> known = new HashMap<>();
    private final Map<String, TreeMap<Long, List<Long>>> settled = new TreeMap<>();
    private final Map<String, Long> lastSeq = new HashMap<>();
    private final List<OutboxBatch> inFlight = new ArrayList<>();
    private long passed;
    private long refused;
    private long full;

    private SegmentOutbox outbox() {
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> folder.toString());
        SharedLoops loops = new SharedLoops();
        return new SegmentOutbox(
                new FolderStorage(context),
                new ThreadCalls(loops),
                loops,
                new SystemClock(loops, new ThreadCalls(loops)),
                new SecureRandomness());
    }

    @Test
    void everyRowIsSettledOnceAndInOrderWhateverTheThreadsDo() throws Exception {
        run(World.settings(1 << 30, 32 << 10, 2, 200), true);
        assertThat(full).isZero();
        assertThat(passed + refused).isGreaterThanOrEqualTo(2L * ROWS * PHASES);
        for (String stream : List.of("a", "b")) {
            List<Long> all = new ArrayList<>();
            settled.get(stream).values().forEach(all::addAll);
            assertThat(all).hasSize(ROWS * PHASES).isSorted().doesNotHaveDuplicates();
            List<Long> numbers = List.copyOf(settled.get(stream).keySet());
            assertThat(numbers.get(numbers.size() - 1))
                    .as("no number is missing")
                    .isEqualTo(numbers.size());
        }
    }

    @Test
    void whatIsDroppedBecauseTheOutboxIsFullIsCountedExactlyWhateverTheThreadsDo() throws Exception {
        run(World.settings(64 << 10, 8 << 10, 2, 50), false);
        assertThat(full).isPositive();
        assertThat(passed + refused + full).isEqualTo(2L * ROWS * PHASES);
        for (TreeMap<Long, List<Long>> batches : settled.values()) {
            List<Long> all = new ArrayList<>();
            batches.values().forEach(all::addAll);
            assertThat(all).isSorted().doesNotHaveDuplicates();
        }
    }

    private void run(OutboxSettings settings, boolean leave) throws Exception {
        SegmentOutbox outbox = outbox();
        long left = 0;
        for (int phase = 0; phase < PHASES; phase++) {
            OutboxLog log = outbox.open(OutboxName.of("cloud"), settings, () -> {});
            // What was left is still queued; what was acknowledged behind a gap comes again.
            assertThat(look(outbox).queued()).isGreaterThanOrEqualTo(left);
            inFlight.clear();
            lastSeq.clear();
            Thread one = producer(log, "a", (long) phase * ROWS);
            Thread two = producer(log, "b", (long) phase * ROWS);
            // Who consumes from the start may be as fast as the producers, and nothing would ever be full.
            boolean start = leave;
            long begun = System.nanoTime();
            while (one.isAlive() || two.isAlive() || !start) {
                assertThat(System.nanoTime() - begun).isLessThan(PATIENCE_NANOS);
                start = start || look(outbox).dropped().getOrDefault("outbox-full", 0L) > full;
                if (start) {
                    consume(log);
                }
                look(outbox);
            }
            for (long turn = 0; look(outbox).queued() > 0 && (!leave || phase == PHASES - 1); turn++) {
                if (leave || turn % 500 == 0) {
                    consume(log);
                }
            }
            FlowSnapshot flow = look(outbox);
            passed = flow.passed();
            refused = flow.dropped().getOrDefault("refused", 0L);
            full = flow.dropped().getOrDefault("outbox-full", 0L);
            assertThat(flow.dropped().keySet()).isSubsetOf("refused", "outbox-full");
            left = flow.queued();
            log.close();
            assertThat(look(outbox).queued()).as("what a closed log holds").isEqualTo(left);
        }
    }

    private FlowSnapshot look(SegmentOutbox outbox) {
        FlowSnapshot flow = outbox.flows().get(0);
        assertThat(flow.imbalance()).as("%s", flow).isZero();
        assertThat(flow.queued()).isNotNegative();
        return flow;
    }

    private static Thread producer(OutboxLog log, String stream, long from) {
        Thread thread = new Thread(() -> {
            for (long i = from; i < from + ROWS; i++) {
                log.append(stream, World.row(i));
            }
        });
        thread.start();
        return thread;
    }

    private void consume(OutboxLog log) {
        while (inFlight.size() < 20) {
            Optional<OutboxBatch> next = log.next(Lane.BACKLOG, any -> true);
            if (next.isEmpty()) {
                next = log.next(Lane.LIVE, any -> true);
            }
            if (next.isEmpty()) {
                break;
            }
            OutboxBatch batch = next.get();
            List<Long> rows = World.numbers(List.of(batch));
            List<Long> before = known.putIfAbsent(World.identity(batch), rows);
            assertThat(before == null ? rows : before).isEqualTo(rows);
            long previous = lastSeq.getOrDefault(batch.stream(), 0L);
            assertThat(batch.seq()).isGreaterThan(previous);
            lastSeq.put(batch.stream(), batch.seq());
            inFlight.add(batch);
        }
        while (!inFlight.isEmpty() && random.nextInt(8) > 0) {
            OutboxBatch batch = inFlight.remove(random.nextInt(inFlight.size()));
            if (random.nextInt(500) == 0) {
                World.refuse(log, batch, "a test");
            } else {
                log.acknowledge(batch);
            }
            settled.computeIfAbsent(batch.stream(), missing -> new TreeMap<>())
                    .put(batch.seq(), World.numbers(List.of(batch)));
        }
        if (random.nextInt(10) == 0) {
            log.linkUp(false);
            inFlight.clear();
            lastSeq.clear();
        }
    }
}
