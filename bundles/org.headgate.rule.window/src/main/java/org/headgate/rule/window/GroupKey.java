package org.headgate.rule.window;

import java.util.Arrays;
import java.util.List;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/**
 * The values of a row's dimensions. One mutable key is filled anew for each row, and copied only when it begins a new
 * group, so that finding a group allocates nothing. A null is a value of its own, as in SQL's GROUP BY.
 */
final class GroupKey {
    /** A null: as a value that is saved and read again it must have the same hash. */
    private static final Object NULL = new Object() {
        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    };

    private final Object[] objects;
    private final long[] bits;
    private int hash;

    GroupKey(int dimensions) {
        this(new Object[dimensions], new long[dimensions], 0);
    }

    private GroupKey(Object[] objects, long[] bits, int hash) {
        this.objects = objects;
        this.bits = bits;
        this.hash = hash;
    }

    void fill(List<Expression> dimensions, Frame frame) {
        for (int i = 0; i < bits.length; i++) {
            read(dimensions.get(i), frame, i);
            if (frame.isNull()) {
                bits[i] = 0;
                objects[i] = NULL;
            }
        }
        hash = hashed();
    }

    void set(GroupKey other) {
        System.arraycopy(other.objects, 0, objects, 0, objects.length);
        System.arraycopy(other.bits, 0, bits, 0, bits.length);
        hash = other.hash;
    }

    void save(ByteOutput out) {
        for (int i = 0; i < bits.length; i++) {
            out.putByte(objects[i] == NULL ? 1 : 0);
            RowCodec.putValue(out, objects[i] == NULL ? null : objects[i]);
            out.putZigzag(bits[i]);
        }
    }

    void load(ByteInput in) {
        for (int i = 0; i < bits.length; i++) {
            boolean isNull = in.getByte() != 0;
            Object value = RowCodec.getValue(in);
            objects[i] = isNull ? NULL : value;
            bits[i] = in.getZigzag();
        }
        hash = hashed();
    }

    private int hashed() {
        int newHash = 1;
        for (int i = 0; i < bits.length; i++) {
            newHash = 31 * newHash + Long.hashCode(bits[i]);
            newHash = 31 * newHash + (objects[i] == null ? 0 : objects[i].hashCode());
        }
        return newHash ^ newHash >>> 16;
    }

    /** The hash of a key that is one number. */
    static int hash(long number) {
        int newHash = 31 * (31 + Long.hashCode(number));
        return newHash ^ newHash >>> 16;
    }

    /** Whether the only dimension is this number. */
    boolean isNumber(long number) {
        return bits[0] == number && objects[0] == null;
    }

    GroupKey copy() {
        return new GroupKey(objects.clone(), bits.clone(), hash);
    }

    int hash() {
        return hash;
    }

    boolean sameAs(GroupKey other) {
        return hash == other.hash && Arrays.equals(bits, other.bits) && Arrays.equals(objects, other.objects);
    }

    private void read(Expression dimension, Frame frame, int index) {
        bits[index] = 0;
        objects[index] = null;
        switch (dimension.type()) {
            case BOOLEAN -> bits[index] = dimension.evalBoolean(frame) ? 1 : 0;
            case LONG -> bits[index] = dimension.evalLong(frame);
            // + 0.0 makes -0.0 and 0.0 one group.
            case DOUBLE -> bits[index] = Double.doubleToLongBits(dimension.evalDouble(frame) + 0.0);
            default -> objects[index] = dimension.evalObject(frame);
        }
    }
}
