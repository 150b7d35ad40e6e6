package org.headgate.rule.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Aggregate;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/**
 * The groups of one open window. Its memory grows with the groups, never with the rows. An open-addressing table
 * finds a row's group without allocation; groups come out in the order in which they began. Groups and their aggregates are
 * used again after {@link #clear}, so that a window that closes often makes no garbage either.
 */
public final class Pane implements Content {
    private final List<Expression> dimensions;
    private final List<Aggregate> aggregates;
    private final RowStore store;
    private final int maxGroups;
    private final GroupKey key;
    /** The only dimension, where it is an integer: found without a key. */
    private final Expression number;

    private final byte[] blank;
    /** Whether a group takes more with each row, as one that collects them. */
    private final boolean grows;
    /** Groups in use come first; those behind {@link #size} wait to be used again. */
    private final List<Group> groups = new ArrayList<>();

    /** What this pane has taken from the budget. */
    private long taken;

    private int size;
    private Group[] table = new Group[16];
    private long rows;

    /**
     * An empty pane, for the rows of one input or of a join.
     *
     * @param maxGroups how many groups there may be; a row that would begin another one is refused
     */
    public Pane(List<Expression> dimensions, List<Aggregate> aggregates, RowStore store, int maxGroups) {
        this.dimensions = dimensions;
        this.aggregates = aggregates;
        this.store = store;
        this.maxGroups = maxGroups;
        this.key = new GroupKey(dimensions.size());
        this.number = dimensions.size() == 1 && dimensions.get(0).type() == Type.LONG ? dimensions.get(0) : null;
        ByteOutput empty = new ByteOutput(64);
        for (Accumulator accumulator : accumulators()) {
            accumulator.save(empty);
        }
        this.blank = empty.bytes();
        this.grows = Arrays.stream(accumulators()).anyMatch(Accumulator::grows);
    }

    @Override
    public boolean add(Frame frame, int input, long atNanos) {
        return add(frame, clock(frame));
    }

    /** Takes in the row of the frame, or the rows of a join; false when the limit on groups forbids it. */
    public boolean add(Frame frame, ClockState clock) {
        Group group = number == null ? null : numbered(frame);
        if (group == null) {
            group = keyed(frame);
            if (group == null) {
                return false;
            }
        }
        if (grows) {
            if (store.budget().isFull()) {
                return false;
            }
            long before = group.grown();
            group.add(frame, clock);
            account(group.grown() - before);
        } else {
            group.add(frame, clock);
        }
        rows++;
        return true;
    }

    private void account(long bytes) {
        taken += bytes;
        store.budget().add(bytes);
    }

    /** The group of the row's number; {@code null} where there is none yet, or where the number is null. */
    private Group numbered(Frame frame) {
        long bits = number.evalLong(frame);
        if (frame.isNull()) {
            return null;
        }
        int mask = table.length - 1;
        int slot = GroupKey.hash(bits) & mask;
        Group group = table[slot];
        while (group != null && !group.key().isNumber(bits)) {
            slot = slot + 1 & mask;
            group = table[slot];
        }
        return group;
    }

    /** The group of the row's dimensions; {@code null} where it would be one too many. */
    private Group keyed(Frame frame) {
        key.fill(dimensions, frame);
        int slot = slot(key);
        Group group = table[slot];
        if (group != null) {
            return group;
        }
        long needed = Group.bytes(frame, dimensions.size(), aggregates.size());
        if (size >= maxGroups || !store.budget().take(needed)) {
            return null;
        }
        taken += needed;
        group = begin(key, slot);
        group.begin(frame);
        return group;
    }

    /** Takes in all that a later pane has taken in; groups beyond the limit are left out, and false is returned. */
    boolean merge(Pane newer) {
        boolean complete = true;
        for (int i = 0; i < newer.size; i++) {
            Group added = newer.groups.get(i);
            int slot = slot(added.key());
            if (table[slot] == null && size >= maxGroups) {
                complete = false;
            } else {
                if (table[slot] == null) {
                    begin(added.key(), slot).begin(added);
                    slot = slot(added.key());
                }
                table[slot].merge(added);
            }
        }
        rows += newer.rows;
        return complete;
    }

    @Override
    public long rows(int input) {
        return input == 0 ? rows : 0;
    }

    /** How many groups there are. */
    public int size() {
        return size;
    }

    /** Shows every group, in the order in which they began. */
    public void forEach(Consumer<Group> consumer) {
        for (int i = 0; i < size; i++) {
            consumer.accept(groups.get(i));
        }
    }

    @Override
    public void clear() {
        store.budget().give(taken);
        taken = 0;
        size = 0;
        rows = 0;
        Arrays.fill(table, null);
    }

    @Override
    public void save(ByteOutput out) {
        out.putVarint(rows);
        out.putVarint(size);
        for (int i = 0; i < size; i++) {
            groups.get(i).key().save(out);
            groups.get(i).save(out, store, 0);
        }
    }

    @Override
    public void load(ByteInput in) {
        clear();
        rows = in.getVarint();
        for (int left = in.getCount(); left > 0; left--) {
            key.load(in);
            Group group = begin(key, slot(key));
            group.load(in, store);
            account(group.bytes(dimensions.size()) + (grows ? group.grown() : 0));
        }
    }

    private static ClockState clock(Frame frame) {
        Row row = frame.row();
        return row == null ? ClockState.SYNCED : row.clock();
    }

    private Group begin(GroupKey wanted, int slot) {
        if (size == groups.size()) {
            groups.add(new Group(wanted.copy(), accumulators()));
        }
        Group group = groups.get(size++);
        group.reset(wanted, blank);
        table[slot] = group;
        grow();
        return group;
    }

    private Accumulator[] accumulators() {
        Accumulator[] made = new Accumulator[aggregates.size()];
        for (int i = 0; i < made.length; i++) {
            made[i] = aggregates.get(i).accumulators().get();
        }
        return made;
    }

    private int slot(GroupKey wanted) {
        int mask = table.length - 1;
        int slot = wanted.hash() & mask;
        while (table[slot] != null && !table[slot].key().sameAs(wanted)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        if (size * 2 > table.length) {
            table = new Group[table.length * 2];
            for (int i = 0; i < size; i++) {
                table[slot(groups.get(i).key())] = groups.get(i);
            }
        }
    }
}
