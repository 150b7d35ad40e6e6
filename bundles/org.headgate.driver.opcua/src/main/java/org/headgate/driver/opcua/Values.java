package org.headgate.driver.opcua;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.headgate.codec.JsonWriter;
import org.headgate.data.api.Type;
import org.headgate.device.api.Readings;

/** Values of OPC UA (OPC 10000-6, 5.1.2) to readings. */
final class Values {
    private static final int BAD = 2;
    private static final int SHIFT_OF_SEVERITY = 30;
    private static final int MOST_DIMENSIONS = 16;

    private Values() {}

    /** Sets a value, with its quality from the two upper bits of its status code (OPC 10000-4, 7.39.1). */
    static void set(Plan plan, DataValue from, int index, Readings into) {
        StatusCode status = from.statusCode();
        long severity = status.value() >>> SHIFT_OF_SEVERITY;
        if (severity >= BAD) {
            into.bad(index, Faults.text(status));
            return;
        }
        try {
            set(plan.channel().type(), element(plan, from.value().value()), index, into);
            if (severity > 0) {
                into.uncertain(index, Faults.text(status));
            }
        } catch (IllegalArgumentException unfit) {
            into.bad(index, unfit.getMessage());
        } catch (RuntimeException damaged) {
            // What one variable holds must not end the connection, and with it all others.
            into.bad(index, "a damaged value: " + Faults.line(String.valueOf(damaged.getMessage())));
        }
    }

    /** A server answers a range with an array, one element long for an index alone. */
    private static Object element(Plan plan, Object value) {
        if (plan.isElement() && value != null) {
            Object elements = value instanceof Matrix matrix ? matrix.getElements() : value;
            if (elements instanceof Object[] array && array.length == 1) {
                return array[0];
            }
        }
        return value;
    }

    private static void set(Type type, Object value, int index, Readings into) {
        if (value == null) {
            throw new IllegalArgumentException("the variable has no value");
        }
        switch (type) {
            case BOOLEAN, LONG, DOUBLE -> number(type, value, index, into);
            case STRING -> into.set(index, (Object) text(value));
            case BYTES -> into.set(index, (Object) bytes(value));
            case ARRAY -> into.set(index, (Object) list(value));
            default -> into.set(index, plain(value));
        }
    }

    /** Numbers are not boxed anew: this is what comes a thousand times a second. */
    private static void number(Type type, Object value, int index, Readings into) {
        if (value instanceof Boolean flag) {
            into.set(index, flag.booleanValue());
        } else if (value instanceof Double || value instanceof Float) {
            double real = ((Number) value).doubleValue();
            if (type == Type.LONG && !(Math.abs(real) < 0x1p63)) {
                throw new IllegalArgumentException(real + " is no whole number of 64 bits");
            }
            into.set(index, real);
        } else if (value instanceof ULong large && large.longValue() < 0) {
            if (type == Type.LONG) {
                throw new IllegalArgumentException(
                        large + " is more than 64 bits with a sign hold: read it as a double or a string");
            }
            into.set(index, large.toBigInteger().doubleValue());
        } else if (value instanceof Number number) {
            into.set(index, number.longValue());
        } else if (value instanceof DateTime time) {
            into.set(index, time.getJavaTime());
        } else if (value instanceof StatusCode code) {
            into.set(index, code.value());
        } else {
            throw new IllegalArgumentException(kind(value) + ", not a number");
        }
    }

    private static String text(Object value) {
        Object plain = plain(value);
        if (plain instanceof String text) {
            return text;
        }
        return plain instanceof List || plain instanceof byte[]
                ? new JsonWriter().value(plain).toString()
                : plain.toString();
    }

    private static byte[] bytes(Object value) {
        if (value instanceof ByteString bytes) {
            return bytes.bytesOrEmpty();
        }
        if (value instanceof UByte[] || value instanceof Byte[]) {
            Number[] numbers = (Number[]) value;
            byte[] bytes = new byte[numbers.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = numbers[i].byteValue();
            }
            return bytes;
        }
        throw new IllegalArgumentException(kind(value) + ", not bytes");
    }

    private static List<?> list(Object value) {
        if (plain(value) instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(kind(value) + ", not an array");
    }

    /** Any value as Boolean, Long, Double, String, byte[] or a list of those. */
    static Object plain(Object value) {
        if (value instanceof Object[] array) {
            List<Object> list = new ArrayList<>(array.length);
            for (Object element : array) {
                list.add(element == null ? "" : plain(element));
            }
            return list;
        }
        if (value instanceof Matrix matrix) {
            return plain(rows(matrix));
        }
        if (value instanceof Variant variant) {
            return variant.value() == null ? "" : plain(variant.value());
        }
        return scalar(value);
    }

    /** Java makes arrays as large as the dimensions say, whatever the elements are. */
    private static Object rows(Matrix matrix) {
        if (!(matrix.getElements() instanceof Object[] elements) || matrix.getDimensions().length > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("a damaged matrix");
        }
        long places = 1;
        for (int dimension : matrix.getDimensions()) {
            places = dimension < 0 || places > elements.length ? -1 : places * dimension;
        }
        if (places != elements.length) {
            throw new IllegalArgumentException("a damaged matrix");
        }
        return places == 0 ? elements : matrix.nestedArrayValue();
    }

    private static Object scalar(Object value) {
        if (value instanceof Boolean || value instanceof String || value instanceof Double || value instanceof Long) {
            return value;
        }
        if (value instanceof Float real) {
            return (double) real;
        }
        if (value instanceof ULong large && large.longValue() < 0) {
            BigInteger exact = large.toBigInteger();
            return exact.toString();
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        return words(value);
    }

    private static Object words(Object value) {
        if (value instanceof DateTime time) {
            return time.getJavaInstant().toString();
        }
        if (value instanceof LocalizedText text) {
            return text.text() == null ? "" : text.text();
        }
        if (value instanceof ByteString bytes) {
            return bytes.bytesOrEmpty();
        }
        if (value instanceof UUID guid) {
            return guid.toString();
        }
        if (value instanceof StatusCode code) {
            return Faults.name(code);
        }
        if (value instanceof XmlElement xml) {
            return xml.getFragment() == null ? "" : xml.getFragment();
        }
        if (value instanceof NodeId node) {
            return node.toParseableString();
        }
        if (value instanceof ExpandedNodeId node) {
            return node.toParseableString();
        }
        if (value instanceof QualifiedName name) {
            return name.toParseableString();
        }
        throw new IllegalArgumentException(kind(value) + ": read the variables below it instead");
    }

    private static String kind(Object value) {
        if (value instanceof ExtensionObject structure) {
            return "a structure (" + Faults.line(structure.getEncodingOrTypeId().toParseableString()) + ")";
        }
        if (value instanceof Object[] || value instanceof Matrix) {
            return "an array: index=0 is its first element";
        }
        String name = value.getClass().getSimpleName();
        return "a value of the type " + name;
    }
}
