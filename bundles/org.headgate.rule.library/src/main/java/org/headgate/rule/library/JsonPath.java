package org.headgate.rule.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * A JSON path (S. G&ouml;ssner, "JSONPath - XPath for JSON"): {@code $.a.b}, {@code ['a b']}, {@code [0]}, {@code [-1]}, {@code [1:3]}, {@code [0,2]},
 * {@code [*]}, {@code .*}, {@code ..a}, {@code [?(@.age > 30 && @.name != 'x')]}; the parentheses may be left out.
 */
final class JsonPath {
    private final String text;
    private final List<Step> steps;

    JsonPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = steps;
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException with what was expected, on one line
     */
    static JsonPath of(String text) {
        return new JsonPathParser(text).parse();
    }

    String text() {
        return text;
    }

    /** Whether it can find one value at most. */
    boolean isDefinite() {
        return steps.stream().allMatch(step -> step instanceof Name || step instanceof Index);
    }

    /**
     * What it finds, in order; null among it where the JSON has a null.
     *
     * @throws IllegalArgumentException when that is more than an array may hold
     */
    List<Object> find(Object root) {
        return find(root, root);
    }

    /** What it finds from a value on; {@code root} is what $ means inside of conditions. */
    List<Object> find(Object root, Object from) {
        List<Object> found = new ArrayList<>();
        found.add(from);
        for (Step step : steps) {
            List<Object> next = new ArrayList<>();
            for (Object value : found) {
                step.apply(root, value, next);
                if (next.size() > Values.MOST_ELEMENTS) {
                    throw new IllegalArgumentException(
                            "expected a JSON path that finds " + Values.MOST_ELEMENTS + " values at most");
                }
            }
            found = next;
        }
        return found;
    }

    /** From a value to values inside of it. */
    sealed interface Step {
        void apply(Object root, Object value, List<Object> into);
    }

    /** A struct's member. */
    record Name(String name) implements Step {
        @Override
        public void apply(Object root, Object value, List<Object> into) {
            if (value instanceof Map<?, ?> map && map.containsKey(name)) {
                into.add(map.get(name));
            }
        }
    }

    /** An array's element, from the end where the index is negative. */
    record Index(long index) implements Step {
        @Override
        public void apply(Object root, Object value, List<Object> into) {
            if (value instanceof List<?> list) {
                long at = index < 0 ? list.size() + index : index;
                if (at >= 0 && at < list.size()) {
                    into.add(list.get((int) at));
                }
            }
        }
    }

    /** Elements from an index to before another. */
    record Slice(long from, long to) implements Step {
        @Override
        public void apply(Object root, Object value, List<Object> into) {
            if (value instanceof List<?> list) {
                long end = Math.min(list.size(), to < 0 ? list.size() + to : to);
                for (long i = Math.max(0, from < 0 ? list.size() + from : from); i < end; i++) {
                    into.add(list.get((int) i));
                }
            }
        }
    }

    /** All elements or members. */
    record All() implements Step {
        @Override
        public void apply(Object root, Object value, List<Object> into) {
            into.addAll(JsonPath.inside(value));
        }
    }

    /** What several steps find, one after the other. */
    record Union(List<Step> steps) implements Step {
        @Override
        public void apply(Object root, Object value, List<Object> into) {
            steps.forEach(step -> step.apply(root, value, into));
        }
    }

    /** What a step finds in the value and in everything inside of it. */
    record Deep(Step step) implements Step {
        @Override
        public void apply(Object root, Object value, List<Object> into) {
            step.apply(root, value, into);
            if (into.size() <= Values.MOST_ELEMENTS) {
                JsonPath.inside(value).forEach(inner -> apply(root, inner, into));
            }
        }
    }

    /** Elements or members for which a condition of root and element is true. */
    record Filter(BiPredicate<Object, Object> condition) implements Step {
        @Override
        public void apply(Object root, Object value, List<Object> into) {
            for (Object inner : JsonPath.inside(value)) {
                if (condition.test(root, inner)) {
                    into.add(inner);
                }
            }
        }
    }

    private static List<?> inside(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        return value instanceof Map<?, ?> map ? new ArrayList<>(map.values()) : List.of();
    }
}
