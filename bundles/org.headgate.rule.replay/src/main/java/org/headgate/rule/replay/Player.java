package org.headgate.rule.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.Inputs;

/**
 * Rules at work in the time of what they are fed. Time is that of the rows, and never goes back: a row that is earlier than its predecessor
 * arrives at the latest time seen. At equal times timers fire before rows. What one rule puts out is fed at once to those that read its stream.
 * One thread.
 */
public final class Player {
    /** What emissions are told to. */
    @FunctionalInterface
    public interface Output {
        /** The results of one instant, in order; never empty. */
        void emission(String rule, long firingNanos, List<Row> rows);
    }

    private record Reader(PlayedRule rule, int source) {}

    private record Waiting(Reader reader, Row row, long atNanos) {}

    private record Held(String rule, long firingNanos, List<Row> rows) {}

    private final List<PlayedRule> rules = new ArrayList<>();
    private final Map<String, List<Reader>> readers = new HashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    /** What the rules put out at the end, each for itself. */
    private final Map<String, Deque<Held>> last = new HashMap<>();

    private final Output output;
    private boolean finishing;
    private long nowNanos = Long.MIN_VALUE;

    /**
     * Rules that have seen nothing yet.
     *
     * @param known what is known of the streams before their first row, as {@link RuleSet#check} gives it
     */
    public Player(RuleSet set, FunctionCatalog functions, Inputs known, Output output) {
        this.output = output;
        for (ReplayRule rule : set.rules()) {
            PlayedRule played = new PlayedRule(rule, functions, known, this::emission);
            rules.add(played);
            List<String> sources = played.sources();
            for (int i = 0; i < sources.size(); i++) {
                readers.computeIfAbsent(sources.get(i), stream -> new ArrayList<>())
                        .add(new Reader(played, i));
            }
        }
    }

    /** Takes a row of a stream that arrived at this instant. */
    public void row(String stream, Row row, long atNanos) {
        nowNanos = Math.max(nowNanos, atNanos);
        fireUntil(nowNanos);
        for (Reader reader : readers.getOrDefault(stream, List.of())) {
            reader.rule.row(reader.source, row, nowNanos);
            handOn();
        }
    }

    /** No row comes any more: time runs on until every window that has an end in time and holds rows has closed. */
    public void finish() {
        // One rule's end goes through all of its time at once; told in the order of time, it mixes with that of its
        // readers.
        finishing = rules.size() > 1;
        for (PlayedRule rule : rules) {
            rule.finish();
            handOn();
        }
        while (finishing) {
            Held next = null;
            for (PlayedRule rule : rules) {
                Held head = last.getOrDefault(rule.name(), new ArrayDeque<>()).peek();
                next = head != null && (next == null || head.firingNanos < next.firingNanos) ? head : next;
            }
            finishing = next != null;
            if (finishing) {
                last.get(next.rule).remove();
                output.emission(next.rule, next.firingNanos, next.rows);
            }
        }
    }

    /** The counters of each edge, in the order in which the rules work. */
    public List<FlowSnapshot> counters() {
        List<FlowSnapshot> all = new ArrayList<>();
        for (PlayedRule rule : rules) {
            for (int i = 0; i < rule.sources().size(); i++) {
                all.add(rule.counters(i));
            }
        }
        return all;
    }

    /** What went wrong within the rules, a line for each; empty when nothing did. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        for (PlayedRule rule : rules) {
            String detail = rule.detail(nowNanos).isEmpty() ? "" : ": " + rule.detail(nowNanos);
            for (int i = 0; i < rule.sources().size(); i++) {
                String from = "rule " + rule.name() + ": ";
                rule.counters(i)
                        .dropped()
                        .forEach((reason, rows) ->
                                troubles.add(from + rows + " rows were dropped (" + reason + ")" + detail));
            }
            if (rule.errors() > 0) {
                troubles.add("rule " + rule.name() + ": expressions failed " + rule.errors() + " times" + detail);
            }
        }
        return troubles;
    }

    private void fireUntil(long untilNanos) {
        while (true) {
            PlayedRule first = null;
            long due = Long.MAX_VALUE;
            for (PlayedRule rule : rules) {
                long deadline = rule.deadlineNanos();
                if (deadline < due) {
                    due = deadline;
                    first = rule;
                }
            }
            if (first == null || due > untilNanos) {
                return;
            }
            first.advance(due);
            handOn();
            if (first.deadlineNanos() <= due) {
                // It would never end: a defect of the rule, which the next row may get over.
                return;
            }
        }
    }

    private void emission(String rule, long firingNanos, List<Row> rows) {
        if (finishing) {
            last.computeIfAbsent(rule, any -> new ArrayDeque<>()).add(new Held(rule, firingNanos, rows));
        } else {
            output.emission(rule, firingNanos, rows);
        }
        for (Reader reader : readers.getOrDefault(rule, List.of())) {
            rows.forEach(row -> waiting.add(new Waiting(reader, row, firingNanos)));
        }
    }

    /** A queue instead of a call from within: the emissions of one rule are complete before those that they cause. */
    private void handOn() {
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            next.reader.rule.row(next.reader.source, next.row, next.atNanos);
        }
    }
}
