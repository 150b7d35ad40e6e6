package org.headgate.rule.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;

/**
 * The rules on one stream: one subscription and one timer, whatever their number, and an index over what their WHEREs ask for. Rows come on the subscription's
 * loop, time on the engine's loop, {@link #add} and {@link #remove} from anywhere; this object's monitor orders them, before that of a rule.
 */
final class StreamRules implements RowConsumer, AutoCloseable {
    /** Two minutes of a stream at 100 rows/s. */
    private static final int CAPACITY = 10_000;

    private static final Duration SUCCESSION = Duration.ofSeconds(2);
    /** The two clocks are not read at the same instant; less than this is not a new deadline. */
    private static final long SLACK_NANOS = 1_000_000;

    private final String stream;
    private final Clock clock;
    private final Loop loop;
    private final Subscription subscription;
    private final List<Reader> readers = new ArrayList<>();
    private final Candidates found = new Candidates();
    /** The readers that every row goes to, those that the index names, and those that want to know the time. */
    private Reader[] all = {};

    private Reader[] indexed = {};
    private Reader[] timed = {};
    private PredicateIndex index;
    /** The schema that the index is for; {@code null} when there is none yet. */
    private Schema schema;

    private long rows;
    /** When the timer fires, on the monotonic clock: the wall clock's jumps do not move it. */
    private long armedNanos = Long.MAX_VALUE;

    private boolean closed;
    private Loop.Timer timer = () -> {};

    /** A rule, which of its inputs this stream is, and how many rows it would have got without the index. */
    private static final class Reader {
        private final RuleProgram program;
        private final int input;
        private long due;

        Reader(RuleProgram program, int input) {
            this.program = program;
            this.input = input;
        }
    }

    /** The oldest row is dropped when the queue is full: windows are those of arrival, the newest row belongs to now. */
    StreamRules(String stream, StreamBus bus, Clock clock, Loop loop) {
        this.stream = stream;
        this.clock = clock;
        this.loop = loop;
        this.subscription = bus.subscribe("rules", List.of(stream), CAPACITY, OverflowPolicy.DROP_OLDEST, this);
    }

    synchronized void add(RuleProgram program) {
        settle();
        readers.add(new Reader(program, program.sources().indexOf(stream)));
        schema = null;
    }

    synchronized void remove(RuleProgram program) {
        settle();
        readers.removeIf(reader -> reader.program == program);
        schema = null;
    }

    synchronized boolean isEmpty() {
        return readers.isEmpty();
    }

    /** Tells every rule of the rows that the index has kept from it: before anybody looks at its counters. */
    synchronized void settle() {
        for (Reader reader : indexed) {
            reader.program.skipped(reader.input, rows - reader.due);
            reader.due = rows;
        }
    }

    @Override
    public void row(String from, Row row) {
        rows(new Row[] {row}, 0, 1);
    }

    /** A rule takes all of the rows before the next rule does: order holds within a stream, not across those that rules put out. */
    @Override
    public void rows(String from, Row[] batch, int begin, int end, Failures failures) {
        rows(batch, begin, end);
    }

    private synchronized void rows(Row[] batch, int begin, int end) {
        long now = clock.epochNanos();
        long monotonic = clock.monotonicNanos();
        for (int i = begin; i < end; ) {
            if (batch[i].schema() == schema) {
                int next = endOfRun(batch, i, end);
                known(batch, i, next, now, monotonic);
                i = next;
            } else {
                relink(batch[i++], now, monotonic);
            }
        }
    }

    private int endOfRun(Row[] batch, int begin, int end) {
        int next = begin + 1;
        while (next < end && batch[next].schema() == schema) {
            next++;
        }
        return next;
    }

    /** Rows of the schema that the index is for. */
    private void known(Row[] batch, int begin, int end, long now, long monotonic) {
        boolean measures = rows - 1 >> Meter.SHIFT != rows + end - begin - 1 >> Meter.SHIFT;
        for (Reader reader : all) {
            take(reader, batch, begin, end, now, monotonic, measures);
        }
        if (index == null) {
            rows += end - begin;
            return;
        }
        for (int row = begin; row < end; row++) {
            rows++;
            found.clear();
            index.find(batch[row], found);
            for (int i = 0; i < found.size(); i++) {
                Reader reader = indexed[found.get(i)];
                reader.due++;
                take(reader, batch, row, row + 1, now, monotonic, measures);
            }
        }
    }

    private void take(Reader reader, Row[] batch, int begin, int end, long now, long monotonic, boolean measures) {
        if (!measures) {
            reader.program.rows(reader.input, batch, begin, end, now, monotonic);
            return;
        }
        long start = clock.monotonicNanos();
        reader.program.rows(reader.input, batch, begin, end, now, monotonic);
        reader.program.meter().took(clock.monotonicNanos() - start, end - begin);
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

    /** The first row of a schema goes to every rule; then each shows what the index can know of it. */
    private void relink(Row row, long now, long monotonic) {
        settle();
        for (Reader reader : readers) {
            reader.program.row(reader.input, row, now, monotonic);
        }
        PredicateIndex building = new PredicateIndex(row.schema());
        List<Reader> asked = new ArrayList<>();
        List<Reader> named = new ArrayList<>();
        for (Reader reader : readers) {
            if (building.add(
                    named.size(),
                    reader.program.linked().map(LinkedRule::predicates).orElse(List.of()))) {
                reader.due = rows;
                named.add(reader);
            } else {
                asked.add(reader);
            }
        }
        indexed = named.toArray(Reader[]::new);
        all = asked.toArray(Reader[]::new);
        timed = readers.stream()
                .filter(reader ->
                        reader.program.linked().map(LinkedRule::hasTimers).orElse(true))
                .toArray(Reader[]::new);
        index = named.isEmpty() ? null : building.built();
        schema = row.schema();
    }

    private synchronized void arm() {
        long next = Long.MAX_VALUE;
        for (Reader reader : timed) {
            next = Math.min(next, reader.program.deadlineNanos());
        }
        if (!closed && next < armedNanos - SLACK_NANOS) {
            timer.cancel();
            armedNanos = next;
            long delay = Math.max(0, next - clock.monotonicNanos());
            timer = loop.schedule(Duration.ofNanos(delay), this::tick);
        }
    }

    private synchronized void tick() {
        if (closed) {
            return;
        }
        armedNanos = Long.MAX_VALUE;
        long now = clock.epochNanos();
        long monotonic = clock.monotonicNanos();
        for (Reader reader : timed) {
            reader.program.advance(now, monotonic);
        }
        arm();
    }
}
