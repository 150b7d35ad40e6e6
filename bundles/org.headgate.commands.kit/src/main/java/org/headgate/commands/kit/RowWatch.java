package org.headgate.commands.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.headgate.config.api.Texts;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.data.api.Row;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Clock;

/** Shows the rows of streams as they come. A terminal that is too slow misses rows, and is told how many. */
public final class RowWatch {
    private static final int CAPACITY = 1000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StreamBus bus;
    private final Clock clock;

    /** Watches streams of a bus; the clock measures {@code --for}. */
    public RowWatch(StreamBus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** The options that every watching command has. */
    public static Signature options(Signature signature) {
        return signature
                .option("--count N", "ends after so many rows")
                .option("--for DURATION", "ends after so long")
                .flag(Signature.JSON, "prints one JSON object a line")
                .untilInterrupted();
    }

    /**
     * Prints rows until the count or the time is over, the user ends it, or nobody reads any more.
     *
     * @param streams names or patterns of streams
     * @return the exit status of the command
     */
    public int run(Invocation invocation, List<String> streams) throws UsageException, InterruptedException {
        return run(invocation, streams, Optional::of);
    }

    /**
     * As {@link #run(Invocation, List)}, of rows as they are to be shown.
     *
     * @param shown what is shown of a row; rows of which it shows nothing are passed over and do not count
     */
    public int run(Invocation invocation, List<String> streams, Function<Row, Optional<Row>> shown)
            throws UsageException, InterruptedException {
        long count = parse(
                        invocation,
                        "--count",
                        "a whole number, 1 or more",
                        text -> Texts.number(text).filter(n -> n >= 1))
                .orElse(Long.MAX_VALUE);
        Duration duration = parse(invocation, "--for", Texts.DURATION_EXPECTED, Texts::duration)
                .orElse(Duration.ofDays(365));
        BlockingQueue<Seen> seen = new ArrayBlockingQueue<>(CAPACITY);
        AtomicLong missed = new AtomicLong();
        Subscription subscription =
                bus.subscribe("watch", streams, CAPACITY, OverflowPolicy.DROP_OLDEST, (stream, row) -> {
                    Optional<Row> some = shown.apply(row);
                    // The bus must not wait for a slow terminal.
                    if (some.isPresent() && !seen.offer(new Seen(stream, some.get()))) {
                        missed.incrementAndGet();
                    }
                });
        try {
            print(invocation, seen, missed, count, clock.monotonicNanos() + duration.toNanos());
            return 0;
        } finally {
            subscription.close();
        }
    }

    private void print(Invocation invocation, BlockingQueue<Seen> seen, AtomicLong missed, long count, long end)
            throws InterruptedException {
        for (long printed = 0; printed < count && !invocation.out().checkError(); ) {
            long left = end - clock.monotonicNanos();
            if (left <= 0) {
                return;
            }
            Seen next = seen.poll(Math.min(left, 500_000_000L), TimeUnit.NANOSECONDS);
            long lost = missed.getAndSet(0);
            if (lost > 0) {
                invocation.fail(lost + " rows were not shown: they came faster than this terminal takes them");
            }
            if (next != null) {
                printed++;
                invocation
                        .out()
                        .println(
                                invocation.json()
                                        ? RowJson.of(next.stream, next.row).toString()
                                        : next.line());
                invocation.out().flush();
            }
        }
    }

    private static <T> Optional<T> parse(
            Invocation invocation, String option, String expected, Function<String, Optional<T>> parser)
            throws UsageException {
        Optional<String> text = invocation.option(option);
        Optional<T> value = text.flatMap(parser);
        if (text.isPresent() && value.isEmpty()) {
            throw new UsageException(option + ": " + text.get() + " (expected: " + expected + ")");
        }
        return value;
    }

    /** A row and where it came from. */
    private record Seen(String stream, Row row) {
        String line() {
            String time = TIME.format(Instant.ofEpochSecond(0, row.timeNanos()));
            return (time + ' ' + stream + ' ' + Cells.values(row)).stripTrailing();
        }
    }
}
