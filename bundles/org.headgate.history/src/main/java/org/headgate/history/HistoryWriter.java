package org.headgate.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.stream.api.RowConsumer;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Storage;

/**
 * Takes rows from the bus into memory, and writes them when there are enough or the first of them is old enough. A disk that fails or hangs costs rows,
 * which are counted, and nobody waits for it. The flow's monitor is the one lock of what waits; {@code file} operations have their own.
 */
final class HistoryWriter implements RowConsumer {
    /** So many bytes are written at once. */
    static final int BLOCK_BYTES = 64 << 10;
    /** So many may wait for a disk that is slow. */
    static final int WAITING_BYTES = 512 << 10;

    private final HistorySettings settings;
    private final Storage var;
    private final Loop loop;
    private final Calls calls;
    private final Clock clock;
    private final Trouble trouble;
    private final Flow flow;
    private final Object opening = new Object();
    private BlockBuilder open = new BlockBuilder();
    /** What is being written; empty between two writes. */
    private BlockBuilder leaving = new BlockBuilder();

    private boolean writing;
    private boolean due;
    private boolean closed;
    private volatile SegmentFiles files;

    /**
     * What there is at one instant.
     *
     * @param segments files, as far as they were written
     * @param waiting the block that is not
     */
    record Glance(List<Segment> segments, Optional<ByteBuffer> waiting) {}

    HistoryWriter(HistorySettings settings, Storage var, Loop loop, Calls calls, Clock clock, Trouble trouble) {
        this.settings = settings;
        this.var = var;
        this.loop = loop;
        this.calls = calls;
        this.clock = clock;
        this.trouble = trouble;
        this.flow = new Flow(DiskHistory.NAME, "history:disk", () -> open.count() + leaving.count());
        calls.submit(
                DiskHistory.NAME,
                this::openFiles,
                Duration.ZERO,
                loop,
                opened -> opened.failure().ifPresent(why -> trouble.is("cannot open: " + why.getMessage(), 0)));
    }

    @Override
    public void row(String stream, Row row) {
        synchronized (flow) {
            flow.in(1);
            if (closed) {
                flow.dropped(DropReason.STOPPED, 1);
                return;
            }
            if (open.bytes() >= WAITING_BYTES) {
                flow.dropped(DropReason.STORAGE, 1);
                trouble.is("the disk is too slow", 1);
                return;
            }
            add(stream, row);
            if (open.bytes() >= BLOCK_BYTES) {
                write();
            } else if (!due && !writing) {
                due = true;
                loop.schedule(settings.interval(), this::writeDue);
            }
        }
    }

    private void add(String stream, Row row) {
        try {
            open.add(stream, row);
        } catch (IllegalArgumentException cannotBeWritten) {
            flow.dropped(DropReason.ERROR, 1);
        }
    }

    /** The files, opened at the first call. Blocks. */
    SegmentFiles openFiles() throws IOException {
        synchronized (opening) {
            if (files == null) {
                files = new SegmentFiles(
                        var.folder(DiskHistory.NAME),
                        settings.maxBytes(),
                        settings.maxAge().toNanos());
            }
            return files;
        }
    }

    Optional<SegmentFiles> files() {
        return Optional.ofNullable(files);
    }

    String problem() {
        return trouble.problem();
    }

    FlowSnapshot counters() {
        return flow.snapshot();
    }

    /** What can be read now: each row once. Blocks, also while a block is being written. */
    synchronized Glance glance() throws IOException {
        SegmentFiles there = openFiles();
        synchronized (flow) {
            return new Glance(there.list(), open.count() == 0 ? Optional.empty() : Optional.of(open.build(0, 0)));
        }
    }

    /** Writes what waits. Blocks. */
    void close() {
        synchronized (flow) {
            closed = true;
        }
        loop.close();
        // A write that is on its way ends first: both take the lock of the files.
        store(true);
        SegmentFiles there = files;
        if (there != null) {
            there.close();
        }
    }

    private void writeDue() {
        synchronized (flow) {
            due = false;
            if (open.count() > 0) {
                write();
            }
        }
    }

    /** Under the flow's monitor. */
    private void write() {
        if (!writing) {
            writing = true;
            calls.submit(DiskHistory.NAME, () -> store(false), Duration.ZERO, loop, this::written);
        }
    }

    private void written(Outcome<Boolean> outcome) {
        synchronized (flow) {
            writing = false;
            if (outcome.failure().isPresent()) {
                // Not the disk, which is no exception here: a defect.
                flow.dropped(DropReason.ERROR, leaving.count());
                leaving.clear();
            }
            if (open.bytes() >= BLOCK_BYTES) {
                write();
            } else if (open.count() > 0 && !due) {
                due = true;
                loop.schedule(settings.interval(), this::writeDue);
            }
        }
    }

    /** Writes what waits, once; nobody else writes meanwhile. */
    private synchronized boolean store(boolean last) {
        BlockBuilder block;
        synchronized (flow) {
            if (closed != last || open.count() == 0) {
                return false;
            }
            block = open;
            open = leaving;
            leaving = block;
        }
        Optional<IOException> failure = Optional.empty();
        try {
            openFiles().append(block, expiredNanos());
        } catch (IOException failed) {
            failure = Optional.of(failed);
        }
        int rows = block.count();
        synchronized (flow) {
            if (failure.isEmpty()) {
                flow.passed(rows);
            } else {
                flow.dropped(DropReason.STORAGE, rows);
            }
            block.clear();
        }
        failure.ifPresentOrElse(why -> trouble.is("cannot write: " + why.getMessage(), rows), trouble::isOver);
        return true;
    }

    /** Rows older than this may go. While the clock is not to be trusted, none are old. */
    private long expiredNanos() {
        return clock.state() == ClockState.SYNCED
                ? clock.epochNanos() - settings.maxAge().toNanos()
                : Long.MIN_VALUE;
    }
}
