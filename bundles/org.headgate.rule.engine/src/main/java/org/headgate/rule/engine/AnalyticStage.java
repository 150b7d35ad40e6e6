package org.headgate.rule.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.rule.functions.Checkpointed;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;
import org.headgate.rule.functions.Tracker;
import org.headgate.rule.language.Plan;
import org.headgate.rule.window.StateBudget;

/** The analytic functions of a rule: each row steps them before anything else is asked. */
final class AnalyticStage implements Checkpointed {
    /** What a partition takes, estimated: its key, its tracker, its place. */
    private static final int PARTITION = 160;

    private final Call[] calls;
    private final Result[] results;

    /**
     * Without memories.
     *
     * @param maxPartitions how many partitions one call may have; a row that would begin another one has null for it
     */
    AnalyticStage(List<Plan.Analytic> analytics, int maxPartitions, StateBudget budget) {
        calls = analytics.stream()
                .map(call -> new Call(call, maxPartitions, budget))
                .toArray(Call[]::new);
        results = new Result[calls.length];
    }

    /** Steps every call with the row of the frame, and shows the values. */
    void step(Frame frame) {
        for (int i = 0; i < calls.length; i++) {
            // A call may use the value of one before it.
            frame.track(results);
            results[i] = calls[i].step(frame);
        }
        frame.track(results);
    }

    /** How many values the calls are partitioned by. */
    long partitions() {
        long partitions = 0;
        for (Call call : calls) {
            partitions += call.trackers.size();
        }
        return partitions;
    }

    @Override
    public void save(ByteOutput out) {
        for (Call call : calls) {
            call.save(out);
        }
    }

    @Override
    public void load(ByteInput in) {
        for (Call call : calls) {
            call.load(in);
        }
    }

    private static final class Call implements Checkpointed {
        private static final Result NULL = (Result.OfObject) frame -> {
            frame.setNull(true);
            return null;
        };
        private final Plan.Analytic call;
        private final int maxPartitions;
        private final StateBudget budget;
        private final Expression[] partition;
        private final Expression when;
        private final Map<Object, Tracker> trackers = new HashMap<>();
        private final Function<Object, Tracker> make;
        private Tracker only;

        Call(Plan.Analytic call, int maxPartitions, StateBudget budget) {
            this.budget = budget;
            this.call = call;
            this.maxPartitions = maxPartitions;
            this.partition = call.partition().toArray(Expression[]::new);
            this.when = call.when().orElse(null);
            this.make = key -> call.tracking().trackers().get();
        }

        Result step(Frame frame) {
            Tracker tracker = tracker(frame);
            if (tracker == null) {
                frame.fail("more than " + maxPartitions + " partitions of an analytic function, or than max-state");
                return NULL;
            }
            if (when == null || when.evalBoolean(frame) && !frame.isNull()) {
                tracker.step(frame);
            } else {
                tracker.skip(frame);
            }
            return tracker;
        }

        private Tracker tracker(Frame frame) {
            if (partition.length == 0) {
                if (only == null) {
                    only = call.tracking().trackers().get();
                }
                return only;
            }
            Object key = key(frame);
            Tracker known = trackers.get(key);
            if (known != null || trackers.size() >= maxPartitions || !budget.take(PARTITION)) {
                return known;
            }
            return trackers.computeIfAbsent(key, make);
        }

        private Object key(Frame frame) {
            if (partition.length == 1) {
                return partition[0].evalObject(frame);
            }
            Object[] values = new Object[partition.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = partition[i].evalObject(frame);
            }
            return Arrays.asList(values);
        }

        @Override
        public void save(ByteOutput out) {
            out.putByte(only == null ? 0 : 1);
            if (only != null) {
                only.save(out);
            }
            out.putVarint(trackers.size());
            trackers.forEach((key, tracker) -> {
                RowCodec.putValue(out, key);
                tracker.save(out);
            });
        }

        @Override
        public void load(ByteInput in) {
            if (in.getByte() != 0) {
                only = call.tracking().trackers().get();
                only.load(in);
            }
            for (int left = in.getCount(); left > 0; left--) {
                budget.add(PARTITION);
                trackers.computeIfAbsent(RowCodec.getValue(in), make).load(in);
            }
        }
    }
}
