package org.headgate.outbox.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.api.RefusedBatches;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one uplink and priority. What is in memory (rows that wait for their commit, positions, counters) is guarded by the
 * flow's monitor, which is never held while a file is touched; the {@link Committer} writes and the {@link LaneReader} reads, so neither
 * waits for the other.
 */
final class SegmentLog implements OutboxLog {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
    private final OutboxName name;
    private final Runnable onClose;
    private final String log;
    private final Ledger ledger;
    private final Account account;
    private final Flow flow;
    private final Positions positions;
    private final Lanes lanes;
    private final Clock clock;
    private final long openedNanos;
    private final Limits limits;
    private final Trouble trouble;
    private final LogFiles files;
    private final Committer committer;
    private final LaneReader reader;

    private final Pending pending = new Pending();
    private boolean closed;
    /** What it holds is the business of its successor. */
    private boolean ended;

    private final String damage;
    private final Refusals refusals;

    SegmentLog(
            OutboxName name,
            Account account,
            OutboxSettings settings,
            Storage folder,
            Recovery found,
            Trouble trouble,
            Calls calls,
            Loop loop,
            Clock clock,
            Runnable onClose) {
        this.name = name;
        this.clock = clock;
        refusals = new Refusals(clock);
        openedNanos = clock.monotonicNanos();
        this.onClose = onClose;
        this.trouble = trouble;
        log = found.log;
        ledger = found.ledger;
        this.account = account;
        flow = account.flow;
        positions = new Positions(found, flow);
        account.opened(log, positions.end(), this::queued, positions.waiting(), found.lostRows);
        lanes = new Lanes(positions, account.backlog());
        Object reading = new Object();
        Lifetime lifetime = new Lifetime(clock, found.lived);
        limits = new Limits(settings, folder, lifetime);
        files = new LogFiles(
                "outbox:" + name,
                settings,
                folder,
                found,
                flow,
                positions,
                lanes,
                pending,
                reading,
                lifetime,
                limits,
                trouble,
                calls,
                loop,
                clock);
        committer = new Committer(
                name.toString(), settings, folder, files, flow, positions, pending, trouble, calls, loop, clock);
        reader = new LaneReader(folder, log, account, positions, lanes, committer, trouble, reading);
        damage = found.quarantined == 0 ? "" : found.quarantined + " unreadable segments set aside as quarantine-*";
        if (found.lostRows > 0 || found.quarantined > 0) {
            LOG.warn(
                    "{}: the outbox was damaged: {} rows lost, {} files set aside",
                    name,
                    found.lostRows,
                    found.quarantined);
        }
    }

    @Override
    public void append(String stream, Row row) {
        synchronized (flow) {
            flow.in(1);
            if (closed || !pending.add(stream, row)) {
                DropReason reason = closed ? DropReason.STOPPED : DropReason.STORAGE;
                flow.dropped(reason, 1);
                ledger.dropped(stream, Map.of(reason.label(), 1L));
                return;
            }
            committer.rowAdded();
        }
    }

    void onReadable(Runnable action) {
        committer.onReadable(action);
    }

    @Override
    public Optional<OutboxBatch> next(Lane lane, Predicate<OutboxBatch> wanted) {
        return reader.next(lane, wanted);
    }

    @Override
    public void acknowledge(OutboxBatch batch) {
        synchronized (flow) {
            if (!ended) {
                flow.passed(positions.settle(batch.position()));
                committer.saveCursorSoon();
            }
        }
    }

    @Override
    public void drop(OutboxBatch batch, List<Integer> rows, DropReason reason, String why) {
        synchronized (flow) {
            if (ended || !positions.given.containsKey(batch.position())) {
                return;
            }
        }
        if (reason == DropReason.REFUSED) {
            long before = files.refusedLost();
            boolean kept = files.quarantine(
                    batch.with(rows.stream().map(batch.rows()::get).toList()));
            boolean inPlace = files.refusedLost() > before;
            String fate = kept
                    ? ", kept in quarantine" + (inPlace ? " in place of the oldest" : "") + " (outbox:refused)"
                    : " and not kept";
            refusals.refused(batch.stream(), batch.seq(), rows.size(), fate, why)
                    .ifPresent(line -> LOG.warn("{}: {}", name, line));
        }
        synchronized (flow) {
            int settled = ended ? 0 : positions.drop(batch.position());
            if (settled > 0) {
                flow.dropped(reason, rows.size());
                flow.passed(settled - rows.size());
                ledger.dropped(batch.stream(), Map.of(reason.label(), (long) rows.size()));
                if (rows.get(0) == 0) {
                    // The piece with the first row is the one that tells of drops: it has not arrived.
                    ledger.dropped(batch.stream(), batch.dropped());
                }
            }
            committer.saveCursorSoon();
        }
    }

    @Override
    public void linkUp(boolean split) {
        synchronized (flow) {
            lanes.linkUp(split, pending.size());
            committer.link(true);
        }
    }

    @Override
    public void linkDown() {
        synchronized (flow) {
            committer.link(false);
        }
    }

    @Override
    public void close() {
        synchronized (flow) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            committer.close();
        } finally {
            reader.close();
            synchronized (flow) {
                flow.dropped(DropReason.STOPPED, pending.size() + positions.memory.rows());
                pending.clear();
                positions.memory.clear();
                ended = true;
                account.closed(positions.waiting(), Math.min(lanes.boundary(), positions.end()));
            }
            refusals.rest().ifPresent(line -> LOG.warn("{}: {}", name, line));
            onClose.run();
        }
    }

    OutboxStatus status() {
        synchronized (flow) {
            long oldest = positions.oldestNanos();
            if (oldest == 0) {
                oldest = pending.oldestNanos();
            }
            Wear wear = files.wear();
            return new OutboxStatus(
                    name,
                    log,
                    flow.snapshot(),
                    positions.bytes(),
                    limits.maxBytes(),
                    limits.maxAge(),
                    positions.segments.size(),
                    lanes.backlog(pending.size()),
                    pending.size() + positions.memory.rows(),
                    wear.syncs(),
                    wear.bytes(),
                    clock.monotonicNanos() - openedNanos,
                    oldest,
                    files.bytesPerSecond(),
                    files.refusedLost(),
                    Stream.of(trouble.problem(), limits.shortage(), damage, notKept())
                            .filter(problem -> !problem.isEmpty())
                            .findFirst()
                            .orElse(""));
        }
    }

    /** Some refused rows are nowhere, until somebody has seen it. */
    private String notKept() {
        long rows = files.refusedLost();
        return rows == 0 ? "" : rows + " refused rows not kept: see outbox:refused, then outbox:clear-refused";
    }

    /** What is kept of refused batches; blocks. */
    RefusedBatches.Kept refused() throws IOException {
        // Before the names: what is lost while they are read was not seen.
        long lost = files.refusedLost();
        List<String> names = files.refused();
        List<OutboxBatch> batches = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (String each : names) {
            files.refused(each).ifPresentOrElse(batches::add, () -> unread.add(each));
        }
        if (!unread.isEmpty()) {
            // What was given up meanwhile is not damaged.
            unread.retainAll(Set.copyOf(files.refused()));
        }
        return new RefusedBatches.Kept(
                batches, unread.size(), names.isEmpty() ? "" : names.get(names.size() - 1), lost);
    }

    /** Deletes what somebody has seen of them; blocks. */
    int clearRefused(String newest, long lost) throws IOException {
        return files.clearRefused(newest, lost);
    }

    private long queued() {
        return pending.size() + positions.memory.rows() + positions.waiting();
    }
}
