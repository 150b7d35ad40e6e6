package org.headgate.rule.engine;

import java.util.List;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Checkpointed;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.language.Plan;
import org.headgate.rule.language.Predicate;
import org.headgate.rule.window.RowStore;
import org.headgate.rule.window.StateBudget;

/** A rule that is compiled: rows go into its pipeline as they come, or in event time in the order of their own times. Counts what its limits refuse. */
final class LinkedRule implements Checkpointed {
    private final RuleOptions options;
    private final Frame frame;
    private final RuleEdge[] edges;
    private final Health health;
    private final Pipeline pipeline;
    private final Sorter sorter;
    private final RowStore store;
    private final StateBudget budget;
    private final Plan plan;
    private final Straight straight;

    LinkedRule(Plan plan, RuleOptions options, Frame frame, RuleEdge[] edges, RuleOutput output, Health health) {
        this.plan = plan;
        this.options = options;
        this.frame = frame;
        this.edges = edges;
        this.health = health;
        this.budget = new StateBudget(options.maxState());
        this.store = new RowStore(plan.inputs().stream().map(Plan.Input::schema).toList(), budget);
        this.pipeline = new Pipeline(plan, options, store, frame, edges, output, health::defect, health::trouble);
        this.straight = options.eventTime()
                ? null
                : Straight.of(plan, pipeline, edges[0], health, this::tooMuch).orElse(null);
        this.sorter = options.eventTime() ? new Sorter(plan.inputs(), options, budget, new InOrder()) : null;
    }

    /** Takes a row that has been counted in. */
    void row(int input, Row row, long nowNanos) {
        long failures = frame.failures();
        if (sorter == null) {
            process(input, row, nowNanos);
        } else {
            sort(input, row);
        }
        look(failures);
    }

    /** Whether rows of one schema can be taken many at a time. */
    boolean isStraight() {
        return straight != null;
    }

    /** Takes rows that have not been counted in, up to the first with another schema; the index behind the last that was taken. */
    int straight(Row[] rows, int from, int to, long nowNanos) {
        long failures = frame.failures();
        int end = straight.rows(rows, from, to, nowNanos);
        look(failures);
        return end;
    }

    /** Does what is due. In event time only rows make time pass. */
    void advance(long nowNanos) {
        if (sorter == null) {
            due(() -> pipeline.advance(nowNanos));
        }
    }

    /** No row comes any more: rows that wait for the watermark go on, and time runs until every window that knows its end has closed. */
    void finish() {
        if (sorter != null) {
            sorter.finish();
        }
        due(pipeline::finish);
    }

    /** Puts out what is open, for what comes from now on is of another kind. */
    void close(long nowNanos) {
        if (sorter != null) {
            sorter.finish();
        } else {
            advance(nowNanos);
        }
        due(() -> pipeline.close(sorter == null ? nowNanos : frame.nowNanos()));
    }

    /** Puts out the row that is held: it was let through, only not yet. */
    void release(long nowNanos) {
        due(() -> pipeline.release(sorter == null ? nowNanos : frame.nowNanos()));
    }

    /** The clock was stepped. The times of rows were not. */
    void shift(long byNanos) {
        if (sorter == null) {
            pipeline.shift(byNanos);
        }
    }

    /**
     * What an index may use to keep rows from the rule: none where a row changes something though WHERE does not let it through, as an analytic function, a
     * row that makes the bounds of a window, or one that is put out again when nothing comes.
     */
    List<Predicate> predicates() {
        boolean seesEveryRow = sorter != null
                || !plan.analytics().isEmpty()
                || !plan.reductions().isEmpty()
                || !plan.whereBeforeWindow();
        return seesEveryRow ? List.of() : plan.predicates();
    }

    /** Whether it ever wants to know that time has passed. */
    boolean hasTimers() {
        return plan.window().isPresent()
                || plan.holding().isPresent()
                || !plan.reductions().isEmpty();
    }

    long deadlineNanos() {
        return sorter == null ? pipeline.deadlineNanos() : Long.MAX_VALUE;
    }

    /** The rows that are held come from a state that was restored. */
    void recovered() {
        for (int input = 0; input < edges.length; input++) {
            edges[input].flow().recovered(queued(input));
        }
    }

    Plan plan() {
        return plan;
    }

    /** The groups that are open, and the partitions of analytic functions. */
    long groups() {
        return pipeline.groups();
    }

    /** What the state takes, estimated. */
    long bytes() {
        return budget.used();
    }

    /** The rows of an input that are held. */
    long queued(int input) {
        return pipeline.queued(input) + (sorter == null ? 0 : sorter.queued(input));
    }

    @Override
    public void save(ByteOutput out) {
        if (sorter != null) {
            sorter.save(out, store);
        }
        pipeline.save(out);
    }

    @Override
    public void load(ByteInput in) {
        if (sorter != null) {
            sorter.load(in, store);
        }
        // It ends with what the frame counts: a state that cannot be read leaves that as it is.
        pipeline.load(in);
    }

    private void process(int input, Row row, long nowNanos) {
        try {
            if (!pipeline.row(input, row, nowNanos)) {
                edges[input].flow().dropped(DropReason.LIMIT, 1);
                health.trouble(tooMuch());
            }
        } catch (RuntimeException defect) {
            if (!pipeline.counted()) {
                edges[input].flow().dropped(DropReason.ERROR, 1);
            }
            health.defect(defect);
        }
    }

    private String tooMuch() {
        return limit("more than " + options.maxGroups() + " groups or " + options.maxRows() + " rows in one window");
    }

    private void sort(int input, Row row) {
        switch (sorter.offer(input, row)) {
            case LATE -> edges[input].flow().dropped(DropReason.LATE, 1);
            case FULL -> {
                edges[input].flow().dropped(DropReason.LIMIT, 1);
                health.trouble(limit("more than " + options.maxRows() + " rows wait for the watermark"));
            }
            case TAKEN -> {}
        }
    }

    /** Which limit has refused a row. */
    private String limit(String other) {
        return budget.refused()
                ? "its state would take more than max-state = " + budget.most() + " bytes (estimated)"
                : other;
    }

    private void due(Runnable work) {
        long failures = frame.failures();
        try {
            work.run();
        } catch (RuntimeException defect) {
            health.defect(defect);
        }
        look(failures);
    }

    private void look(long failuresBefore) {
        if (frame.failures() != failuresBefore) {
            health.trouble(frame.firstFailure());
        }
    }

    /** Rows of event time, in their order. */
    private final class InOrder implements Sorter.Target {
        @Override
        public void row(int input, Row row) {
            process(input, row, row.timeNanos());
        }

        @Override
        public void watermark(long nanos) {
            due(() -> pipeline.complete(nanos));
        }
    }
}
