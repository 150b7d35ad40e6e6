package org.headgate.rule.aggregates;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/**
 * Values in the order in which they came, {@link Values#MAX} at most. A view of them costs nothing however many there are, and stays as it
 * is while more are added, so it can go out with a row.
 */
final class Collected {
    private Object[] items = new Object[8];
    private int size;
    private long bytes;

    /** Adds a value; false when there is no room. */
    boolean add(Object value) {
        if (size >= Values.MAX) {
            return false;
        }
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = value;
        bytes += Values.bytes(value);
        return true;
    }

    /** What the values take, estimated. */
    long bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    Object get(int index) {
        return items[index];
    }

    List<Object> view() {
        return new View(items, size);
    }

    void save(ByteOutput out) {
        out.putVarint(size);
        for (int i = 0; i < size; i++) {
            Values.save(out, items[i]);
        }
    }

    void load(ByteInput in) {
        items = new Object[8];
        size = 0;
        bytes = 0;
        for (int left = Values.count(in); left > 0; left--) {
            add(Values.load(in));
        }
    }

    /** The first so many items of an array whose first so many items never change. */
    private static final class View extends AbstractList<Object> implements RandomAccess {
        private final Object[] items;
        private final int size;

        View(Object[] items, int size) {
            this.items = items;
            this.size = size;
        }

        @Override
        public Object get(int index) {
            if (index >= size) {
                throw new IndexOutOfBoundsException(index);
            }
            return items[index];
        }

        @Override
        public int size() {
            return size;
        }
    }
}
