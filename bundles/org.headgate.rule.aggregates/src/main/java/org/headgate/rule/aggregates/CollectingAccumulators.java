package org.headgate.rule.aggregates;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/** Aggregates that keep values as they are. Each keeps {@link Values#MAX} at most; every further one is a failure, and left out. */
final class CollectingAccumulators {
    private CollectingAccumulators() {}

    /** All values of an expression, or all rows, as an array. */
    static final class Collect implements Accumulator, Result.OfObject {
        private final Expression argument;
        private final boolean keepsNulls;
        private final Set<Object> seen;
        private Collected values = new Collected();
        private boolean full;

        /** Without an argument it collects the rows. */
        Collect(Expression argument, boolean keepsNulls, boolean distinct) {
            this.argument = argument;
            this.keepsNulls = keepsNulls;
            this.seen = distinct ? new HashSet<>() : null;
        }

        @Override
        public void add(Frame frame) {
            Object value = argument == null ? Values.struct(frame) : argument.evalObject(frame);
            boolean isNull = argument != null && frame.isNull();
            if (!take(isNull ? null : value)) {
                frame.fail(full("collect"));
            }
        }

        private boolean take(Object value) {
            if (value == null && !keepsNulls || seen != null && seen.contains(Values.key(value))) {
                return true;
            }
            if (!values.add(value)) {
                full = true;
                return false;
            }
            return seen == null || seen.add(Values.key(value));
        }

        @Override
        public Object asObject(Frame frame) {
            frame.setNull(false);
            return values.view();
        }

        @Override
        public boolean grows() {
            return true;
        }

        @Override
        public long grownBytes() {
            return values.bytes() * (seen == null ? 1 : 2);
        }

        @Override
        public void merge(Accumulator newer) {
            Collected others = ((Collect) newer).values;
            for (int i = 0; i < others.size(); i++) {
                take(others.get(i));
            }
            full |= ((Collect) newer).full;
        }

        @Override
        public void save(ByteOutput out) {
            Values.flag(out, full);
            values.save(out);
        }

        @Override
        public void load(ByteInput in) {
            full = Values.flag(in);
            Collected loaded = new Collected();
            loaded.load(in);
            values = new Collected();
            for (int i = 0; i < loaded.size(); i++) {
                take(loaded.get(i));
            }
        }
    }

    /** The union of objects; of two fields with one name the later value counts. What is no object is left out. */
    static final class MergedStructs implements Accumulator, Result.OfObject {
        private final Expression argument;
        private final Map<String, Object> fields = new LinkedHashMap<>();

        MergedStructs(Expression argument) {
            this.argument = argument;
        }

        @Override
        public void add(Frame frame) {
            Object value = argument == null ? Values.struct(frame) : argument.evalObject(frame);
            if (value instanceof Map<?, ?> struct && !take(struct)) {
                frame.fail(full("merge_agg"));
            }
        }

        private boolean take(Map<?, ?> struct) {
            boolean all = true;
            for (Map.Entry<?, ?> field : struct.entrySet()) {
                String name = String.valueOf(field.getKey());
                boolean fits = fields.size() < Values.MAX || fields.containsKey(name);
                if (fits) {
                    fields.put(name, field.getValue());
                }
                all &= fits;
            }
            return all;
        }

        @Override
        public Object asObject(Frame frame) {
            frame.setNull(fields.isEmpty());
            return fields.isEmpty() ? null : new LinkedHashMap<>(fields);
        }

        @Override
        public void merge(Accumulator newer) {
            take(((MergedStructs) newer).fields);
        }

        @Override
        public void save(ByteOutput out) {
            out.putVarint(fields.size());
            fields.forEach((name, value) -> {
                out.putText(name);
                Values.save(out, value);
            });
        }

        @Override
        public void load(ByteInput in) {
            fields.clear();
            for (int left = Values.count(in); left > 0; left--) {
                fields.put(in.getText(), Values.load(in));
            }
        }
    }

    /** What a function with a bound says when it is reached. */
    static String full(String function) {
        return function + ": expected " + Values.MAX + " values at most in a group: use a shorter window";
    }
}
