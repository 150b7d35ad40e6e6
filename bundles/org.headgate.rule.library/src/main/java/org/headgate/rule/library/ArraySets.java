package org.headgate.rule.library;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;

/** Arrays as sets: without duplicates, in the order in which elements come first. */
final class ArraySets {
    private static final String AB = "{\"a\": [3, 1, 3], \"b\": [3, 2]}";

    private ArraySets() {}

    static List<FunctionDefinition> all(RandomGenerator random) {
        return List.of(
                Define.of("array_distinct(a)", "an array without duplicates", "array_distinct(a)", AB, "[3,1]")
                        .takes(Kind.ARRAY)
                        .object(Type.ARRAY, (frame, v) -> added(new ArrayList<>(), new HashSet<>(), v[0])),
                Define.of("array_union(a, b)", "the elements of one of two arrays", "array_union(a, b)", AB, "[3,1,2]")
                        .takes(Kind.ARRAY, Kind.ARRAY)
                        .seesNulls()
                        .object(Type.ARRAY, ArraySets::union),
                Define.of("array_intersect(a, b)", "the elements of both arrays", "array_intersect(a, b)", AB, "[3]")
                        .takes(Kind.ARRAY, Kind.ARRAY)
                        .object(Type.ARRAY, (frame, v) -> {
                            Set<Object> other = keys(v[0]);
                            return chosen(v[1], key -> other.contains(key));
                        }),
                Define.of(
                                "array_except(a, b)",
                                "the elements of an array that another has not",
                                "array_except(a, b)",
                                AB,
                                "[1]")
                        .takes(Kind.ARRAY, Kind.ARRAY)
                        .object(Type.ARRAY, (frame, v) -> {
                            Set<Object> other = keys(v[1]);
                            return chosen(v[0], key -> !other.contains(key));
                        }),
                Define.of(
                                "array_contains_any(a, b)",
                                "whether two arrays have an element in common",
                                "array_contains_any(a, b)",
                                AB,
                                "true")
                        .takes(Kind.ARRAY, Kind.ARRAY)
                        .ofNull(false)
                        .flag((frame, v) -> {
                            Set<Object> other = keys(v[0]);
                            return ArrayFunctions.list(v[1]).stream().anyMatch(x -> other.contains(Values.key(x)));
                        }),
                Define.of("array_shuffle(a)", "an array in random order", "cardinality(array_shuffle(a))", AB, "3")
                        .takes(Kind.ARRAY)
                        .object(Type.ARRAY, (frame, v) -> shuffled(ArrayFunctions.list(v[0]), random)));
    }

    @FunctionalInterface
    private interface Choice {
        boolean takes(Object key);
    }

    private static Set<Object> keys(Object array) {
        Set<Object> keys = new HashSet<>();
        ArrayFunctions.list(array).forEach(element -> keys.add(Values.key(element)));
        return keys;
    }

    private static List<Object> added(List<Object> into, Set<Object> seen, Object array) {
        for (Object element : ArrayFunctions.list(array)) {
            if (seen.add(Values.key(element))) {
                into.add(element);
            }
        }
        return into;
    }

    private static Object union(Frame frame, Object[] v) {
        List<Object> all = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (Object array : v) {
            if (array != null) {
                added(all, seen, array);
            }
        }
        return ArrayFunctions.isSize(frame, all.size()) ? all : null;
    }

    private static List<Object> chosen(Object array, Choice choice) {
        List<Object> all = added(new ArrayList<>(), new HashSet<>(), array);
        all.removeIf(element -> !choice.takes(Values.key(element)));
        return all;
    }

    private static List<Object> shuffled(Collection<?> array, RandomGenerator random) {
        List<Object> all = new ArrayList<>(array);
        for (int i = all.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Object moved = all.get(i);
            all.set(i, all.get(other));
            all.set(other, moved);
        }
        return all;
    }
}
