package org.headgate.uplink.runtime;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Events;
import org.headgate.system.api.Clock;
import org.headgate.uplink.api.RemoteCommands;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.UplinkStatus.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where an uplink stands and what it has done: written by its loop, read by anybody. One log line and one event a change of state. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    private final UplinkSettings settings;
    private final Clock clock;
    private final Events events;
    private final Memory memory;
    private final Totals totals;
    private final ClockHold hold;
    private final Budget budget;
    private State state = State.CONNECTING;
    private String detail = "";
    private String note = "";
    private Supplier<String> aside = () -> "";
    private long sinceNanos;

    Progress(UplinkSettings settings, Clock clock, Events events, Memory memory) {
        this.memory = memory;
        budget = memory.budget();
        hold = memory.hold();
        totals = memory.totals();
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        sinceNanos = clock.epochNanos();
    }

    synchronized boolean is(State other) {
        return state == other;
    }

    synchronized void state(State next, String why) {
        if (next != state) {
            sinceNanos = clock.epochNanos();
            if (next == State.OFFLINE || next == State.INVALID) {
                LOG.warn("uplink {}: {} ({})", settings.name(), next, why);
            } else {
                LOG.info("uplink {}: {} {}", settings.name(), next, why);
            }
            events.raise(Event.of(Event.Kind.UPLINK, settings.name(), next.name(), why));
        }
        state = next;
        detail = why;
    }

    synchronized void connected() {
        totals.connected();
        state(State.ONLINE, "");
    }

    void acknowledged(int more, int length, int messages, boolean again) {
        totals.acknowledged(more, length, messages, again, clock);
    }

    /** Something that does not work beside the link itself; empty when everything does. */
    synchronized void note(String text) {
        note = text;
    }

    /** Tells of streams that are set aside or tried again, too. */
    synchronized void watch(Suspicion streams) {
        aside = streams::detail;
    }

    private String online(String beside, String streams) {
        return Stream.of(hold.detail(settings.sending().maxHold()), beside, streams)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Asks everybody outside of the monitor, in which the loop changes the state. */
    UplinkStatus status(Optional<RemoteCommands> commands) {
        State now;
        String why;
        String beside;
        Supplier<String> streams;
        long since;
        synchronized (this) {
            now = state;
            why = detail;
            beside = note;
            streams = aside;
            since = sinceNanos;
        }
        Totals.Sums sums = totals.sums();
        return new UplinkStatus(
                settings.name(),
                settings.transport(),
                settings.link().address(),
                now,
                now == State.ONLINE ? online(beside, streams.get()) : why,
                clock.corrected(since).orElse(since),
                sums.rows(),
                sums.bytes(),
                sums.messages(),
                sums.resent(),
                budget.limit(),
                budget.used(),
                sums.connects(),
                sums.firstAckNanos() == 0
                        ? 0
                        : clock.corrected(sums.firstAckNanos()).orElse(sums.firstAckNanos()),
                memory.ignored(commands, settings.name()));
    }
}
