package org.headgate.rule.window;

import java.util.ArrayDeque;
import java.util.Deque;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Frame;

/** A window that keeps rows, each of which may be in several windows. */
abstract class OverlappingWindow implements Window {
    private final RowStore store;
    private final int maxRows;
    private final Closing closing;
    private final Rows content;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final long[] queued;

    OverlappingWindow(RowStore store, int maxRows, Closing closing) {
        this.store = store;
        this.maxRows = maxRows;
        this.closing = closing;
        this.content = new Rows(store.unlimited(), maxRows);
        this.queued = new long[store.inputs()];
    }

    boolean keep(Frame frame, int input, long nowNanos) {
        if (entries.size() >= maxRows) {
            return false;
        }
        Entry entry = Entry.of(frame, input, nowNanos);
        if (!store.budget().take(RowStore.bytes(entry))) {
            return false;
        }
        entries.add(entry);
        queued[input]++;
        return true;
    }

    int size() {
        return entries.size();
    }

    long oldestNanos() {
        return entries.isEmpty() ? Long.MAX_VALUE : entries.peekFirst().atNanos();
    }

    /** Lets go of rows that came before an instant. */
    void evictBefore(long nanos) {
        while (!entries.isEmpty() && entries.peekFirst().atNanos() < nanos) {
            evict();
        }
    }

    void evict() {
        Entry oldest = entries.removeFirst();
        queued[oldest.input()]--;
        store.budget().give(RowStore.bytes(oldest));
        closing.left(oldest.input(), 1, oldest.used());
    }

    /** Puts out the rows from one instant to another, both included. */
    void fire(long fromNanos, long toNanos, long startNanos, long endNanos) {
        content.clear();
        for (Entry entry : entries) {
            if (entry.atNanos() >= fromNanos && entry.atNanos() <= toNanos) {
                entry.use();
                content.add(entry);
            }
        }
        if (!content.entries().isEmpty()) {
            closing.closed(content, startNanos, endNanos, endNanos);
        }
    }

    @Override
    public long queued(int input) {
        return queued[input];
    }

    @Override
    public void shift(long byNanos) {
        entries.forEach(entry -> entry.shift(byNanos));
    }

    @Override
    public void close(long nowNanos) {
        if (!entries.isEmpty()) {
            fire(Long.MIN_VALUE, Long.MAX_VALUE, oldestNanos(), nowNanos);
            evictBefore(Long.MAX_VALUE);
        }
    }

    @Override
    public void save(ByteOutput out) {
        out.putVarint(entries.size());
        entries.forEach(entry -> entry.save(out, store));
    }

    @Override
    public void load(ByteInput in) {
        for (int left = in.getCount(); left > 0; left--) {
            Entry entry = Entry.load(in, store);
            store.budget().add(RowStore.bytes(entry));
            entries.add(entry);
            queued[entry.input()]++;
        }
    }
}
