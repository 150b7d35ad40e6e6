package org.headgate.rule.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Frame;

/** The rows of a window, for a rule that wants more of them than aggregates. */
public final class Rows implements Content {
    private final RowStore store;
    private final int maxRows;
    private final List<Entry> entries = new ArrayList<>();
    private final long[] rows;

    /**
     * No rows.
     *
     * @param maxRows how many rows there may be; a further one is refused
     */
    public Rows(RowStore store, int maxRows) {
        this.store = store;
        this.maxRows = maxRows;
        this.rows = new long[store.inputs()];
    }

    @Override
    public boolean add(Frame frame, int input, long atNanos) {
        return add(Entry.of(frame, input, atNanos));
    }

    boolean add(Entry entry) {
        if (entries.size() >= maxRows || !store.budget().take(RowStore.bytes(entry))) {
            return false;
        }
        put(entry);
        return true;
    }

    private void put(Entry entry) {
        entries.add(entry);
        rows[entry.input()]++;
    }

    /** The rows, in the order in which they came. */
    public List<Entry> entries() {
        return entries;
    }

    @Override
    public long rows(int input) {
        return rows[input];
    }

    @Override
    public void clear() {
        for (int i = 0; i < entries.size(); i++) {
            store.budget().give(RowStore.bytes(entries.get(i)));
        }
        entries.clear();
        Arrays.fill(rows, 0);
    }

    @Override
    public void save(ByteOutput out) {
        out.putVarint(entries.size());
        entries.forEach(entry -> entry.save(out, store));
    }

    @Override
    public void load(ByteInput in) {
        clear();
        for (int left = in.getCount(); left > 0; left--) {
            Entry entry = Entry.load(in, store);
            store.budget().add(RowStore.bytes(entry));
            put(entry);
        }
    }
}
