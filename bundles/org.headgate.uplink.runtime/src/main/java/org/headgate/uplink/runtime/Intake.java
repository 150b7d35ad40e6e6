package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.Priority;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;

/** Takes an uplink's rows of one priority from the bus into their log, which is tried for ever when it does not open. */
final class Intake {
    private static final int QUEUE = 10_000;
    private static final Duration SUCCESSION = Duration.ofSeconds(2);
    private static final Duration REOPEN = Duration.ofSeconds(2);

    private final OutboxName name;
    private final Feed feed;
    private final Surroundings with;
    private final Loop loop;
    private final Held held;
    private final Inlet inlet;
    private final Runnable readable;
    private final Consumer<String> trouble;
    private final Runnable opened;
    private Optional<Subscription> subscription = Optional.empty();
    private Optional<OutboxLog> log = Optional.empty();

    /**
     * An intake that takes nothing yet.
     *
     * @param readable runs, on any thread, when there is something to read
     * @param opened runs on the loop when the log is open
     * @param trouble hears on the loop why it does not open
     */
    Intake(
            OutboxName name,
            Feed feed,
            Surroundings with,
            Loop loop,
            Held held,
            ClockHold hold,
            Runnable readable,
            Runnable opened,
            Consumer<String> trouble) {
        this.name = name;
        this.feed = feed;
        this.with = with;
        this.loop = loop;
        this.held = held;
        this.readable = readable;
        this.opened = opened;
        this.trouble = trouble;
        inlet = new Inlet(name, with.outbox(), hold);
    }

    /** Rows are taken from now on; those that come before the log is open wait for it. */
    void start() {
        subscription = Optional.of(
                with.bus().subscribe("outbox:" + name, feed.streams(), QUEUE, OverflowPolicy.DROP_NEWEST, inlet));
        loop.execute(this::open);
    }

    /** The open log; on the loop. */
    Optional<Source> source() {
        return log.map(found -> new Source(name.priority(), found));
    }

    Priority priority() {
        return name.priority();
    }

    /** An edit of the file makes the uplink anew within milliseconds: its rows must not fall between the two. */
    void handOver() {
        subscription.ifPresent(open -> open.handOver(SUCCESSION));
    }

    void close() {
        inlet.close();
    }

    private void open() {
        with.calls()
                .submit(
                        "uplink:" + name,
                        () -> held.keep(inlet.open(feed.outbox(), readable)),
                        Duration.ZERO,
                        loop,
                        this::opened);
    }

    private void opened(Outcome<OutboxLog> outcome) {
        if (outcome.failure().isPresent()) {
            trouble.accept("outbox: " + outcome.failure().get().getMessage());
            loop.schedule(REOPEN, this::open);
            return;
        }
        log = outcome.value();
        opened.run();
    }
}
