package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.language.Predicate;

/**
 * Which of many rules on one stream may let a row through, by one part of each one's WHERE. What it leaves out is certain; what it names is asked. The cost of a
 * row grows with the rules that it names, and with the logarithm of the others.
 */
final class PredicateIndex {
    private static final int[] NONE = {};
    private final Map<Integer, Part> building = new TreeMap<>();
    private final Schema schema;
    private Part[] parts = {};

    PredicateIndex(Schema schema) {
        this.schema = schema;
    }

    /** Adds a rule by the part of its WHERE that selects best; false when none of them can be indexed. */
    boolean add(int number, List<Predicate> predicates) {
        Predicate best = null;
        for (Predicate part : predicates) {
            Predicate predicate = narrowed(part, predicates);
            if (isIndexable(predicate) && (best == null || rank(predicate) > rank(best))) {
                best = predicate;
            }
        }
        if (best == null) {
            return false;
        }
        building.computeIfAbsent(best.column(), column -> new Part(column, schema.type(column)))
                .add(number, best);
        return true;
    }

    /** From now on it is only asked. */
    PredicateIndex built() {
        parts = building.values().toArray(Part[]::new);
        for (Part part : parts) {
            part.build();
        }
        return this;
    }

    /** Adds the rules that may let a row through. */
    void find(Row row, Candidates found) {
        for (Part part : parts) {
            part.find(row, found);
        }
    }

    /** A range with the bounds of all ranges of its column: {@code x > 1 AND x < 2} is as good as BETWEEN. Whether a bound belongs to it is not looked at. */
    private Predicate narrowed(Predicate part, List<Predicate> all) {
        if (!(part instanceof Predicate.Range) || !isIndexable(part)) {
            return part;
        }
        Double low = null;
        Double high = null;
        for (Predicate each : all) {
            if (each instanceof Predicate.Range range && range.column() == part.column()) {
                if (range.low() instanceof Double bound) {
                    low = low == null ? bound : Math.max(low, bound);
                }
                if (range.high() instanceof Double bound) {
                    high = high == null ? bound : Math.min(high, bound);
                }
            }
        }
        return new Predicate.Range(part.column(), low, true, high, true);
    }

    private boolean isIndexable(Predicate predicate) {
        Type type = schema.type(predicate.column());
        return predicate instanceof Predicate.In
                ? type.isNumeric() || type == Type.STRING
                : type == Type.LONG || type == Type.DOUBLE;
    }

    /** Single values select best, then ranges with two ends, then those with one. */
    private static int rank(Predicate predicate) {
        if (predicate instanceof Predicate.In in) {
            return 1_000 - Math.min(in.values().size(), 900);
        }
        Predicate.Range range = (Predicate.Range) predicate;
        return range.low() != null && range.high() != null ? 2 : 1;
    }

    private static final class Part {
        private final int column;
        private final Type type;
        private final ValueTable values = new ValueTable();
        private final Map<String, List<Integer>> texts = new HashMap<>();
        private final Map<String, int[]> builtTexts = new HashMap<>();
        private final List<IntervalTree.Interval> intervals = new ArrayList<>();
        private boolean hasValues;
        private IntervalGrid grid;
        private IntervalTree tree;

        Part(int column, Type type) {
            this.column = column;
            this.type = type;
        }

        void add(int number, Predicate predicate) {
            if (predicate instanceof Predicate.In in) {
                in.values().forEach(value -> add(number, value));
                return;
            }
            Predicate.Range range = (Predicate.Range) predicate;
            double low = range.low() == null ? Double.NEGATIVE_INFINITY : (Double) range.low();
            double high = range.high() == null ? Double.POSITIVE_INFINITY : (Double) range.high();
            // A LONG is rounded when it is looked for: an end that is one step further out cannot miss it.
            boolean rounds = type == Type.LONG;
            intervals.add(new IntervalTree.Interval(
                    rounds ? Math.nextDown(low) : low, rounds ? Math.nextUp(high) : high, number));
        }

        private void add(int number, Object value) {
            if (value instanceof String text) {
                texts.computeIfAbsent(text, any -> new ArrayList<>()).add(number);
                return;
            }
            hasValues = true;
            values.add(bits(value), number);
        }

        private static long bits(Object value) {
            if (value instanceof Boolean flag) {
                return flag ? 1 : 0;
            }
            return value instanceof Double number ? Double.doubleToLongBits(number + 0.0) : (Long) value;
        }

        void build() {
            grid = IntervalGrid.of(intervals).orElse(null);
            tree = intervals.isEmpty() || grid != null ? null : new IntervalTree(intervals);
            intervals.clear();
            texts.forEach((text, numbers) -> builtTexts.put(
                    text, numbers.stream().mapToInt(Integer::intValue).toArray()));
        }

        void find(Row row, Candidates found) {
            if (row.isNull(column)) {
                return;
            }
            if (type == Type.STRING) {
                found.addAll(builtTexts.getOrDefault(row.asString(column), NONE));
                return;
            }
            if (hasValues) {
                long bits = row.bits(column);
                found.addAll(values.get(
                        type == Type.DOUBLE ? Double.doubleToLongBits(Double.longBitsToDouble(bits) + 0.0) : bits));
            }
            if (grid != null) {
                grid.find(row.asDouble(column), found);
            } else if (tree != null) {
                tree.find(row.asDouble(column), found);
            }
        }
    }
}
