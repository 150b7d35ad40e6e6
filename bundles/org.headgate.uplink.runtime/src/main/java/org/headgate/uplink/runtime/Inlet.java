package org.headgate.uplink.runtime;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import org.headgate.codec.Sizes;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.stream.api.RowConsumer;

/**
 * Takes rows from the bus, from the first one on: what comes while the outbox is being opened waits for it, and is counted on the
 * outbox's edge meanwhile. Thread-safe.
 */
final class Inlet implements RowConsumer {
    /** Rows that wait at most, and what they may take; beyond that the bus counts them as dropped. */
    static final int MOST = 10_000;

    static final long MOST_BYTES = 4 << 20;

    private final OutboxName name;
    private final Outbox outbox;
    private final ClockHold hold;
    private final ArrayDeque<Early> early = new ArrayDeque<>();
    private Optional<OutboxLog> log = Optional.empty();
    private long earlyBytes;
    private boolean opening;
    private boolean closed;

    Inlet(OutboxName name, Outbox outbox, ClockHold hold) {
        this.name = name;
        this.outbox = outbox;
        this.hold = hold;
    }

    private record Early(String stream, Row row) {}

    @Override
    public synchronized void row(String stream, Row row) {
        hold.appended(row);
        if (log.isPresent()) {
            log.get().append(stream, row);
            return;
        }
        long bytes = Sizes.of(row);
        if (early.size() >= MOST || earlyBytes + bytes > MOST_BYTES) {
            throw new IllegalStateException("the outbox is not open");
        }
        outbox.waiting(name, 1);
        early.add(new Early(stream, row));
        earlyBytes += bytes;
        dropWhatNobodyTakes();
    }

    /** Opens the log, which may block; from then on rows go there, those that wait first. */
    OutboxLog open(OutboxSettings settings, Runnable readable) throws IOException {
        synchronized (this) {
            opening = true;
        }
        try {
            return into(outbox.open(name, settings, readable));
        } finally {
            synchronized (this) {
                opening = false;
                dropWhatNobodyTakes();
            }
        }
    }

    private synchronized OutboxLog into(OutboxLog opened) {
        for (Early next = early.poll(); next != null; next = early.poll()) {
            outbox.waiting(name, -1);
            opened.append(next.stream(), next.row());
        }
        earlyBytes = 0;
        log = Optional.of(opened);
        return opened;
    }

    /** The uplink ends. Rows that wait for a log that is being opened right now still go into it. */
    synchronized void close() {
        closed = true;
        dropWhatNobodyTakes();
    }

    private void dropWhatNobodyTakes() {
        if (closed && !opening) {
            outbox.abandoned(name, early.size());
            early.clear();
            earlyBytes = 0;
        }
    }
}
