package org.headgate.rule.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;

/** Arrays, element by element. Equal numbers are the same element, be they integers or not. Indexes begin with 0. */
final class ArrayFunctions {
    /** Longer than any array, and an integer. */
    private static final double LONG = 1e18;

    private static final String XS = "{\"a\": [3, 1, 3]}";

    private ArrayFunctions() {}

    static List<FunctionDefinition> all() {
        return List.of(
                Define.of(
                                "cardinality(a)",
                                "the number of an array's elements; 0 for what is none",
                                "cardinality(a)",
                                XS,
                                "3")
                        .takes(Kind.ANY)
                        .ofNull(0L)
                        .whole((frame, v) -> v[0] instanceof List<?> list ? (long) list.size() : 0L),
                Define.of(
                                "array_cardinality(a)",
                                "the number of an array's elements that are not null",
                                "array_cardinality(a)",
                                "{\"a\": [3, null, 3]}",
                                "2")
                        .takes(Kind.ARRAY)
                        .ofNull(0L)
                        .whole((frame, v) ->
                                list(v[0]).stream().filter(Objects::nonNull).count()),
                Define.of(
                                "array_create(x, y, ...)",
                                "an array of values; nulls are left out",
                                "array_create(1, 'b')",
                                "[1,\"b\"]")
                        .more(Kind.ANY)
                        .seesNulls()
                        .object(Type.ARRAY, ArrayFunctions::create),
                Define.of(
                                "element_at(a, index)",
                                "an array's element, from the end with -1; or a struct's member",
                                "element_at(a, -2)",
                                XS,
                                "1")
                        .takes(Kind.ANY, Kind.ANY)
                        .any(ArrayFunctions::elementAt),
                Define.of(
                                "array_position(a, x)",
                                "where an array first has a value, -1 if nowhere",
                                "array_position(a, 3)",
                                XS,
                                "0")
                        .takes(Kind.ARRAY, Kind.ANY)
                        .seesNulls()
                        .whole((frame, v) -> (long) position(v, false)),
                Define.of(
                                "array_last_position(a, x)",
                                "where an array last has a value, -1 if nowhere",
                                "array_last_position(a, 3)",
                                XS,
                                "2")
                        .takes(Kind.ARRAY, Kind.ANY)
                        .seesNulls()
                        .whole((frame, v) -> (long) position(v, true)),
                Define.of("array_contains(a, x)", "whether an array has a value", "array_contains(a, 1)", XS, "true")
                        .takes(Kind.ARRAY, Kind.ANY)
                        .ofNull(false)
                        .flag((frame, v) -> position(v, false) >= 0),
                Define.of("array_remove(a, x)", "an array without a value", "array_remove(a, 3)", XS, "[1]")
                        .takes(Kind.ARRAY, Kind.ANY)
                        .object(
                                Type.ARRAY,
                                (frame, v) -> list(v[0]).stream()
                                        .filter(element -> !Values.same(element, v[1]))
                                        .collect(Collectors.toCollection(ArrayList::new))),
                Define.of("array_max(a)", "an array's greatest element; nulls are left out", "array_max(a)", XS, "3")
                        .takes(Kind.ARRAY)
                        .any((frame, v) -> extreme(frame, list(v[0]), 1)),
                Define.of("array_min(a)", "an array's smallest element; nulls are left out", "array_min(a)", XS, "1")
                        .takes(Kind.ARRAY)
                        .any((frame, v) -> extreme(frame, list(v[0]), -1)),
                Define.of(
                                "array_avg(a)",
                                "the average of an array's numbers",
                                "array_avg(a)",
                                "{\"a\": [1, null, 2]}",
                                "1.5")
                        .takes(Kind.ARRAY)
                        .number((frame, v) -> average(list(v[0]))),
                Define.of(
                                "array_sort(a)",
                                "an array in ascending order: numbers, then texts, then everything else as it is written",
                                "array_sort(a)",
                                "{\"a\": [30, 4, \"b\", \"a\"]}",
                                "[4,30,\"a\",\"b\"]")
                        .takes(Kind.ARRAY)
                        .object(Type.ARRAY, (frame, v) -> sorted(list(v[0]))),
                Define.of(
                                "array_join(a, separator [, ofNull])",
                                "an array's elements as a text; nulls are left out or written as ofNull",
                                "array_join(a, '-', '?')",
                                "{\"a\": [3, null, \"x\"]}",
                                "\"3-?-x\"")
                        .takes(Kind.ARRAY, Kind.TEXT)
                        .optional(Kind.TEXT)
                        .text(ArrayFunctions::join),
                Define.of(
                                "array_flatten(a)",
                                "an array of arrays as one",
                                "array_flatten(a)",
                                "{\"a\": [[1, 4], [2, 3]]}",
                                "[1,4,2,3]")
                        .takes(Kind.ARRAY)
                        .object(Type.ARRAY, ArrayFunctions::flatten),
                Define.of(
                                "array_concat(a, b, ...)",
                                "arrays one after the other; a null adds nothing",
                                "array_concat(a, a)",
                                XS,
                                "[3,1,3,3,1,3]")
                        .takes(Kind.ARRAY)
                        .more(Kind.ARRAY)
                        .seesNulls()
                        .object(Type.ARRAY, ArrayFunctions::concat),
                Define.of("repeat(x, n)", "an array of n times x", "repeat('a', 3)", "[\"a\",\"a\",\"a\"]")
                        .takes(Kind.ANY, Kind.WHOLE)
                        .object(
                                Type.ARRAY,
                                (frame, v) -> isSize(frame, (Long) v[1])
                                        ? new ArrayList<>(Collections.nCopies(((Long) v[1]).intValue(), v[0]))
                                        : null),
                Define.of(
                                "sequence(first, last [, step])",
                                "the integers from first to last, by steps of 1 or -1 if not given",
                                "sequence(10, 1, -4)",
                                "[10,6,2]")
                        .takes(Kind.WHOLE, Kind.WHOLE)
                        .optional(Kind.WHOLE)
                        .object(Type.ARRAY, ArrayFunctions::sequence));
    }

    static List<?> list(Object value) {
        return (List<?>) value;
    }

    static boolean isSize(Frame frame, long size) {
        if (size < 0 || size > Values.MOST_ELEMENTS) {
            Values.wrong(frame, "an array of 0 to " + Values.MOST_ELEMENTS + " elements", size);
            return false;
        }
        return true;
    }

    private static Object create(Frame frame, Object[] v) {
        List<Object> elements = new ArrayList<>(Arrays.asList(v));
        elements.removeIf(Objects::isNull);
        return elements.isEmpty() ? null : elements;
    }

    private static Object elementAt(Frame frame, Object[] v) {
        if (v[0] instanceof Map<?, ?> map) {
            return v[1] instanceof String ? map.get(v[1]) : Values.wrong(frame, "a name", v[1]);
        }
        Long index = Values.whole(v[1]);
        if (!(v[0] instanceof List<?> list)) {
            return Values.wrong(frame, "an array or a struct", v[0]);
        }
        if (index == null) {
            return Values.wrong(frame, "an index", v[1]);
        }
        long at = index < 0 ? list.size() + index : index;
        return at >= 0 && at < list.size()
                ? list.get((int) at)
                : Values.wrong(frame, "an index of " + list.size() + " elements", index);
    }

    private static int position(Object[] v, boolean last) {
        List<?> list = v[0] == null ? List.of() : list(v[0]);
        int found = -1;
        for (int i = 0; i < list.size() && (last || found < 0); i++) {
            found = Values.same(list.get(i), v[1]) ? i : found;
        }
        return found;
    }

    private static Object extreme(Frame frame, List<?> list, int sign) {
        Object extreme = null;
        for (Object element : list) {
            if (element != null && !(element instanceof Number) && !(element instanceof String)) {
                return Values.wrong(frame, "an array of numbers or of texts", list);
            }
            if (extreme != null && element != null && extreme instanceof Number != element instanceof Number) {
                return Values.wrong(frame, "an array of numbers or of texts", list);
            }
            if (element != null && (extreme == null || sign * Values.ORDER.compare(element, extreme) > 0)) {
                extreme = element;
            }
        }
        return extreme;
    }

    private static Object average(List<?> list) {
        double sum = 0;
        int count = 0;
        for (Object element : list) {
            if (element instanceof Number number) {
                sum += number.doubleValue();
                count++;
            }
        }
        return count == 0 || !Double.isFinite(sum) ? null : (Object) (sum / count);
    }

    private static Object sorted(List<?> list) {
        List<Object> sorted = new ArrayList<>(list);
        sorted.sort(Values.ORDER);
        return sorted;
    }

    private static Object join(Frame frame, Object[] v) {
        String ofNull = v.length > 2 ? (String) v[2] : "";
        String joined = list(v[0]).stream()
                .filter(element -> element != null || !ofNull.isEmpty())
                .map(element -> element == null ? ofNull : Values.text(element))
                .collect(Collectors.joining((String) v[1]));
        return TextFunctions.bounded(frame, joined);
    }

    private static Object flatten(Frame frame, Object[] v) {
        for (Object element : list(v[0])) {
            if (!(element instanceof List)) {
                return Values.wrong(frame, "an array of arrays", v[0]);
            }
        }
        return concat(frame, list(v[0]).toArray());
    }

    static Object concat(Frame frame, Object[] arrays) {
        List<Object> all = new ArrayList<>();
        for (Object array : arrays) {
            if (array instanceof List<?> list) {
                if (!isSize(frame, (long) all.size() + list.size())) {
                    return null;
                }
                all.addAll(list);
            } else if (array != null) {
                return Values.wrong(frame, Kind.ARRAY.words(), array);
            }
        }
        return all;
    }

    private static Object sequence(Frame frame, Object[] v) {
        long first = (Long) v[0];
        long last = (Long) v[1];
        long step = v.length > 2 ? (Long) v[2] : first < last ? 1 : -1;
        if (step == 0) {
            return Values.wrong(frame, "a step", step);
        }
        double steps = Math.floor(((double) last - first) / step);
        if (steps < 0) {
            return Values.wrong(frame, "a step towards " + last, step);
        }
        if (!isSize(frame, (long) Math.min(steps, LONG) + 1)) {
            return null;
        }
        List<Object> all = new ArrayList<>();
        for (long i = 0; i <= (long) steps; i++) {
            all.add(first + i * step);
        }
        return all;
    }
}
