package org.headgate.rule.window;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Aggregate;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/**
 * The groups of one open window. Its memory grows with the groups, never with the rows. An open-addressing table
 * finds a row's group without allocation; groups come out in the order in which they began.
 */
public final class Pane {
    private final List<Expression> dimensions;
    private final List<Aggregate> aggregates;
    private final int maxGroups;
    private final GroupKey key;
    private final List<Group> groups = new ArrayList<>();
    private Group[] table = new Group[16];
    private long rows;

    /**
     * An empty pane.
     *
     * @param maxGroups how many groups there may be; a row that would begin another one is refused
     */
    public Pane(List<Expression> dimensions, List<Aggregate> aggregates, int maxGroups) {
        this.dimensions = dimensions;
        this.aggregates = aggregates;
        this.maxGroups = maxGroups;
        this.key = new GroupKey(dimensions.size());
    }

    /** Takes in the row of the frame; false when the limit on groups forbids it. */
    public boolean add(Frame frame) {
        key.fill(dimensions, frame);
        int slot = slot(key);
        if (table[slot] == null) {
            if (groups.size() >= maxGroups) {
                return false;
            }
            Group group = new Group(key.copy(), frame.row(), accumulators());
            groups.add(group);
            table[slot] = group;
            group.add(frame);
            grow();
        } else {
            table[slot].add(frame);
        }
        rows++;
        return true;
    }

    /** How many rows were taken in. */
    public long rows() {
        return rows;
    }

    /** Shows every group, in the order in which they began. */
    public void forEach(Consumer<Group> consumer) {
        groups.forEach(consumer);
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
        if (groups.size() * 2 > table.length) {
            table = new Group[table.length * 2];
            for (Group group : groups) {
                table[slot(group.key())] = group;
            }
        }
    }
}
