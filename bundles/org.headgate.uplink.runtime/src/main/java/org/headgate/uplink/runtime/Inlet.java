package org.headgate.uplink.runtime;

import java.util.ArrayDeque;
import java.util.Optional;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.stream.api.RowConsumer;

/** Takes rows from the bus, from the first one on: what comes while the outbox is being opened waits for it. Thread-safe. */
final class Inlet implements RowConsumer {
    /** Rows that wait at most; beyond them the bus counts them as dropped. */
    static final int MOST = 10_000;

    private final ClockHold hold;
    private final ArrayDeque<Early> early = new ArrayDeque<>();
    private Optional<OutboxLog> log = Optional.empty();

    Inlet(ClockHold hold) {
        this.hold = hold;
    }

    private record Early(String stream, Row row) {}

    @Override
    public synchronized void row(String stream, Row row) {
        hold.appended(row);
        if (log.isPresent()) {
            log.get().append(stream, row);
        } else if (early.size() < MOST) {
            early.add(new Early(stream, row));
        } else {
            throw new IllegalStateException("the outbox is not open");
        }
    }

    /** From now on rows go to the log. */
    synchronized OutboxLog into(OutboxLog opened) {
        early.forEach(row -> opened.append(row.stream(), row.row()));
        early.clear();
        log = Optional.of(opened);
        return opened;
    }
}
