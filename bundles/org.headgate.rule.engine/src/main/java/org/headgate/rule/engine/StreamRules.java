package org.headgate.rule.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.headgate.data.api.Row;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;

/**
 * The rules on one stream: one subscription and one timer, whatever their number. Rows come on the subscription's loop,
 * time on the engine's loop, {@link #add} and {@link #remove} from anywhere; a rule's own lock orders them.
 */
final class StreamRules implements RowConsumer, AutoCloseable {
    /** Two minutes of a stream at 100 rows/s. */
    private static final int CAPACITY = 10_000;

    private static final Duration SUCCESSION = Duration.ofSeconds(2);
    /** The two clocks are not read at the same instant; less than this is not a new deadline. */
    private static final long SLACK_NANOS = 1_000_000;

    private final Clock clock;
    private final Loop loop;
    private final Subscription subscription;
    private final String stream;
    private volatile Reader[] readers = {};
    /** When the timer fires, on the monotonic clock: the wall clock's jumps do not move it. */
    private long armedNanos = Long.MAX_VALUE;

    private boolean closed;
    private Loop.Timer timer = () -> {};

    /** A rule, and which of its inputs this stream is. */
    private record Reader(RuleProgram program, int input) {}

    /** The oldest row is dropped when the queue is full: windows are those of arrival, the newest row belongs to now. */
    StreamRules(String stream, StreamBus bus, Clock clock, Loop loop) {
        this.stream = stream;
        this.clock = clock;
        this.loop = loop;
        this.subscription = bus.subscribe("rules", List.of(stream), CAPACITY, OverflowPolicy.DROP_OLDEST, this);
    }

    synchronized void add(RuleProgram program) {
        List<Reader> all = new ArrayList<>(List.of(readers));
        all.add(new Reader(program, program.sources().indexOf(stream)));
        readers = all.toArray(Reader[]::new);
    }

    synchronized void remove(RuleProgram program) {
        List<Reader> all = new ArrayList<>(List.of(readers));
        all.removeIf(reader -> reader.program() == program);
        readers = all.toArray(Reader[]::new);
    }

    boolean isEmpty() {
        return readers.length == 0;
    }

    @Override
    public void row(String stream, Row row) {
        long now = clock.epochNanos();
        long monotonic = clock.monotonicNanos();
        for (Reader reader : readers) {
            reader.program().row(reader.input(), row, now, monotonic);
        }
    }

    /** Windows open with rows only, so the timer is looked at once a burst and not for every row. */
    @Override
    public void pause() {
        arm();
    }

    @Override
    public void close() {
        // The last rule of a stream that is edited comes back at once: rows must not fall between the two.
        subscription.handOver(SUCCESSION);
        synchronized (this) {
            closed = true;
            timer.cancel();
        }
    }

    private void arm() {
        long next = Long.MAX_VALUE;
        for (Reader reader : readers) {
            next = Math.min(next, reader.program().deadlineNanos());
        }
        if (next == Long.MAX_VALUE) {
            return;
        }
        synchronized (this) {
            if (!closed && next < armedNanos - SLACK_NANOS) {
                timer.cancel();
                armedNanos = next;
                long delay = Math.max(0, next - clock.monotonicNanos());
                timer = loop.schedule(Duration.ofNanos(delay), this::tick);
            }
        }
    }

    private void tick() {
        synchronized (this) {
            if (closed) {
                return;
            }
            armedNanos = Long.MAX_VALUE;
        }
        long now = clock.epochNanos();
        long monotonic = clock.monotonicNanos();
        for (Reader reader : readers) {
            reader.program().advance(now, monotonic);
        }
        arm();
    }
}
