package org.headgate.rule.aggregates;

import java.util.List;
import java.util.Map;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/** A place for one value or null. Numbers and booleans are not boxed; it is used again for each row. */
final class Cell implements Result.OfObject {
    private final Type type;
    private boolean isNull = true;
    private long bits;
    private Object object;

    Cell(Type type) {
        this.type = type;
    }

    /** The type of a place for values of either expression; the second may be missing. */
    static Type common(Expression x, List<Expression> arguments, int index) {
        if (index >= arguments.size()) {
            return x.type();
        }
        Type other = arguments.get(index).type();
        boolean isEither = other == Type.ANY || x.type() == Type.ANY || other == x.type();
        if (!isEither && x.type() == Type.LONG && other == Type.DOUBLE) {
            return Type.DOUBLE;
        }
        if (!isEither && !(x.type() == Type.DOUBLE && other == Type.LONG)) {
            throw new ArgumentException(index, "a value of the same type as the others, " + x.type());
        }
        return x.type();
    }

    Type type() {
        return type;
    }

    boolean isNull() {
        return isNull;
    }

    void clear() {
        isNull = true;
        object = null;
    }

    /** Takes over what the expression gives for the row of the frame. */
    void read(Expression from, Frame frame) {
        switch (type) {
            case BOOLEAN -> bits = from.evalBoolean(frame) ? 1 : 0;
            case LONG -> bits = from.evalLong(frame);
            case DOUBLE -> bits = Double.doubleToRawLongBits(from.evalDouble(frame));
            default -> object = from.evalObject(frame);
        }
        isNull = frame.isNull() || !type.isNumeric() && object == null;
        if (isNull) {
            object = null;
        } else if (!fits()) {
            frame.fail("expected " + type + ", found " + object);
            clear();
        }
    }

    void copy(Cell other) {
        isNull = other.isNull;
        bits = other.bits;
        object = other.object;
    }

    /** Whether both hold the same, as {@code =} has it; null is the same as null. */
    boolean same(Cell other) {
        if (isNull || other.isNull) {
            return isNull == other.isNull;
        }
        if (type == Type.DOUBLE) {
            return Double.longBitsToDouble(bits) == Double.longBitsToDouble(other.bits);
        }
        return type.isNumeric() ? bits == other.bits : Values.same(object, other.object);
    }

    @Override
    public boolean asBoolean(Frame frame) {
        if (type != Type.BOOLEAN) {
            return Result.OfObject.super.asBoolean(frame);
        }
        frame.setNull(isNull);
        return bits != 0;
    }

    @Override
    public long asLong(Frame frame) {
        if (type != Type.LONG) {
            return type == Type.DOUBLE ? (long) asDouble(frame) : Result.OfObject.super.asLong(frame);
        }
        frame.setNull(isNull);
        return bits;
    }

    @Override
    public double asDouble(Frame frame) {
        if (type != Type.LONG && type != Type.DOUBLE) {
            return Result.OfObject.super.asDouble(frame);
        }
        frame.setNull(isNull);
        return type == Type.LONG ? bits : Double.longBitsToDouble(bits);
    }

    @Override
    public Object asObject(Frame frame) {
        frame.setNull(isNull);
        if (isNull) {
            return null;
        }
        return switch (type) {
            case BOOLEAN -> (Object) (bits != 0);
            case LONG -> (Object) bits;
            case DOUBLE -> (Object) Double.longBitsToDouble(bits);
            default -> object;
        };
    }

    void save(ByteOutput out) {
        Values.flag(out, isNull);
        if (!isNull) {
            switch (type) {
                case BOOLEAN, LONG -> out.putZigzag(bits);
                case DOUBLE -> out.putDouble(Double.longBitsToDouble(bits));
                default -> Values.save(out, object);
            }
        }
    }

    void load(ByteInput in) {
        clear();
        isNull = Values.flag(in);
        if (isNull) {
            return;
        }
        switch (type) {
            case BOOLEAN, LONG -> bits = in.getZigzag();
            case DOUBLE -> bits = Double.doubleToRawLongBits(in.getDouble());
            default -> object = Values.load(in);
        }
        isNull = !type.isNumeric() && object == null;
        if (!isNull && !fits()) {
            throw new IllegalArgumentException("expected " + type + ", found " + object);
        }
    }

    private boolean fits() {
        return switch (type) {
            case STRING -> object instanceof String;
            case BYTES -> object instanceof byte[];
            case ARRAY -> object instanceof List;
            case STRUCT -> object instanceof Map;
            default -> true;
        };
    }
}
