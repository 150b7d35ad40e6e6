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

/**
 * Rules at work in the time of what they are fed. Time is that of the rows, and never goes back: a row that is earlier than its predecessor
 * arrives at the latest time seen. At equal times timers fire before rows. What one rule puts out is fed at once to those that read its stream.
 * Rules with a cycle are refused by {@link RuleSet} before. One thread.
 */
public final class Player {
    private record Reader(PlayedRule rule, int source) {}

    private record Waiting(Reader reader, Row row, long atNanos) {}

    private final List<PlayedRule> rules = new ArrayList<>();
    private final Map<String, List<Reader>> readers = new HashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final PlayedRule.Emissions output;
    private long nowNanos = Long.MIN_VALUE;

    /** What an emission is told to. */
    @FunctionalInterface
    public interface Output {
        /** The results of one instant, in order; never empty. */
        void emission(String rule, long firingNanos, List<Row> rows);
    }

    /** Rules that have seen nothing yet. */
    public Player(RuleSet set, FunctionCatalog functions, Output output) {
        this.output = output::emission;
        for (ReplayRule rule : set.rules()) {
            PlayedRule played = new PlayedRule(rule, functions, this::emission);
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

    /** Lets time run on until every window that has an end in time and holds rows has closed. */
    public void finish() {
        while (rules.stream().anyMatch(PlayedRule::waits)) {
            long next = Long.MAX_VALUE;
            for (PlayedRule rule : rules) {
                next = rule.waits() ? Math.min(next, rule.deadlineNanos()) : next;
            }
            nowNanos = Math.max(nowNanos, next);
            for (PlayedRule rule : rules) {
                if (rule.waits() && rule.deadlineNanos() <= nowNanos) {
                    rule.advance(nowNanos);
                    handOn();
                }
            }
        }
    }

    /** The counters of each rule, in the order in which they work. */
    public List<FlowSnapshot> counters() {
        return rules.stream().map(PlayedRule::counters).toList();
    }

    /** What went wrong within the rules, a line for each; empty when nothing did. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        for (PlayedRule rule : rules) {
            String detail = rule.detail(nowNanos).isEmpty() ? "" : ": " + rule.detail(nowNanos);
            rule.counters()
                    .dropped()
                    .forEach((reason, rows) -> troubles.add(
                            "rule " + rule.name() + ": " + rows + " rows were dropped (" + reason + ")" + detail));
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
        }
    }

    private void emission(String rule, long firingNanos, List<Row> rows) {
        output.emission(rule, firingNanos, rows);
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
