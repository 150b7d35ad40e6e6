package org.headgate.driver.opcua;

import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.headgate.codec.JsonReader;

/** What is written as a value of the type that a node, or a method's argument, has: a server takes no other. */
final class Written {
    private static final BigDecimal ULONG_MAX =
            new BigDecimal(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));
    private static final String OUT_OF_RANGE = "out of range";
    private static final int UNKNOWN = -1;
    private static final int SBYTE_MIN = -0x80;
    private static final int BYTE_MAX = 0xFF;
    private static final int SHORT_MAX = 0xFFFF;

    private Written() {}

    /**
     * A value in a type; for an array the text of a JSON array, of arrays where it has more than one dimension.
     *
     * @param dimensions how many an array has; 0 for a single value
     * @param value a Boolean, Long, Double, String, byte[] or List
     * @throws IOException when it does not fit, with one line
     */
    static Variant as(OpcUaDataType type, int dimensions, Object value) throws IOException {
        if (dimensions == 0) {
            return new Variant(scalar(type, value));
        }
        Object parsed = value instanceof String text ? json(text) : value;
        int[] sizes = new int[dimensions];
        Arrays.fill(sizes, UNKNOWN);
        List<Object> elements = new ArrayList<>();
        flatten(parsed, sizes, 0, elements);
        Object all = Array.newInstance(type.getBackingClass(), elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(all, i, scalar(type, elements.get(i)));
        }
        for (int i = 0; i < dimensions; i++) {
            // Where there is no row nobody has said how long it is.
            sizes[i] = Math.max(0, sizes[i]);
        }
        return new Variant(dimensions == 1 ? all : new Matrix(all, sizes, type));
    }

    /** Row by row, as a matrix is sent (OPC 10000-6, 5.2.2.16); each row has as many elements as the first. */
    private static void flatten(Object value, int[] sizes, int dimension, List<Object> into) throws IOException {
        if (dimension == sizes.length) {
            into.add(value);
            return;
        }
        if (!(value instanceof List<?> elements)) {
            throw new IOException(
                    sizes.length == 1
                            ? "an array is wanted, written as [1, 2, 3]"
                            : "an array of " + sizes.length + " dimensions is wanted, written as [[1, 2], [3, 4]]");
        }
        if (sizes[dimension] == UNKNOWN) {
            sizes[dimension] = elements.size();
        } else if (elements.size() != sizes[dimension]) {
            throw new IOException("the rows of a matrix must have as many elements each");
        }
        for (Object element : elements) {
            flatten(element, sizes, dimension + 1, into);
        }
    }

    /** The value of a JSON text. */
    static Object json(String text) throws IOException {
        try {
            return JsonReader.read(text);
        } catch (IllegalArgumentException wrong) {
            throw new IOException("not JSON: " + wrong.getMessage());
        }
    }

    private static Object scalar(OpcUaDataType type, Object value) throws IOException {
        try {
            return switch (type) {
                case Boolean -> truth(value);
                case Float -> finite((float) real(value));
                case Double -> finite(real(value));
                case SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64 -> whole(type, value);
                case ByteString -> ByteString.of(value instanceof byte[] bytes ? bytes : no(type, value));
                case DateTime -> time(value);
                case StatusCode -> new StatusCode(new BigDecimal(value.toString()).longValueExact());
                default -> words(type, value);
            };
        } catch (ArithmeticException | IllegalArgumentException | DateTimeException unfit) {
            throw new IOException(Faults.line(value + " is no " + type.name()));
        }
    }

    private static Object words(OpcUaDataType type, Object value) {
        if (value instanceof byte[] || value instanceof List) {
            throw new IllegalArgumentException(type.name());
        }
        String text = String.valueOf(value);
        return switch (type) {
            case String -> text;
            case LocalizedText -> new LocalizedText(text);
            case QualifiedName -> QualifiedName.parse(text);
            case Guid -> UUID.fromString(text);
            case XmlElement -> new XmlElement(text);
            case NodeId -> NodeId.parse(text);
            case Variant -> new Variant(value);
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    private static byte[] no(OpcUaDataType type, Object value) {
        throw new IllegalArgumentException(value + " is no " + type.name());
    }

    private static Boolean truth(Object value) {
        return switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
            case "true", "1", "1.0" -> true;
            case "false", "0", "0.0" -> false;
            default -> throw new IllegalArgumentException("no truth value");
        };
    }

    private static double real(Object value) {
        return value instanceof Boolean flag ? flag ? 1.0 : 0.0 : Double.parseDouble(value.toString());
    }

    private static Float finite(float real) {
        if (!Float.isFinite(real)) {
            throw new ArithmeticException(OUT_OF_RANGE);
        }
        return real;
    }

    private static Double finite(double real) {
        if (!Double.isFinite(real)) {
            throw new ArithmeticException(OUT_OF_RANGE);
        }
        return real;
    }

    private static Object whole(OpcUaDataType type, Object value) {
        String text = value instanceof Boolean flag ? flag ? "1" : "0" : value.toString();
        BigDecimal exact = new BigDecimal(text);
        long number = type == OpcUaDataType.UInt64 ? 0 : exact.longValueExact();
        return switch (type) {
            case SByte -> (byte) within(number, SBYTE_MIN, Byte.MAX_VALUE);
            case Byte -> UByte.valueOf(within(number, 0, BYTE_MAX));
            case Int16 -> (short) within(number, Short.MIN_VALUE, Short.MAX_VALUE);
            case UInt16 -> UShort.valueOf((int) within(number, 0, SHORT_MAX));
            case Int32 -> (int) within(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case UInt32 -> UInteger.valueOf(within(number, 0, UInteger.MAX_VALUE));
            case Int64 -> number;
            default -> large(exact);
        };
    }

    /** Compared before its digits are written out, for {@code 1e99999999} has more than the heap holds. */
    private static ULong large(BigDecimal exact) {
        boolean fraction = exact.signum() != 0 && exact.compareTo(BigDecimal.ONE) < 0;
        if (fraction || exact.compareTo(ULONG_MAX) > 0) {
            throw new ArithmeticException(OUT_OF_RANGE);
        }
        return ULong.valueOf(exact.toBigIntegerExact());
    }

    private static long within(long number, long least, long most) {
        if (number < least || number > most) {
            throw new ArithmeticException(OUT_OF_RANGE);
        }
        return number;
    }

    /** Milliseconds since 1970, as they are read, or ISO 8601. */
    private static DateTime time(Object value) {
        return new DateTime(
                value instanceof Number number
                        ? Instant.ofEpochMilli(number.longValue())
                        : Instant.parse(String.valueOf(value)));
    }
}
