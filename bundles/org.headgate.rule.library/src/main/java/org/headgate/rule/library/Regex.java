package org.headgate.rule.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * A regular expression that no text makes slow: all ways to match go on side by side, a character at a time (R. Cox, "Regular Expression
 * Matching: the Virtual Machine Approach", 2009), with the priorities that Go's and Java's engines have. The cost is the text's length times
 * the expression's at most, and both are bounded: a rule must not hang, whoever wrote its expressions or sends its texts.
 */
final class Regex {
    private static final int LONGEST = 1000;
    private static final int MOST_STEPS = 2000;
    private static final int ONE = 0;
    private static final int AT = 1;
    private static final int SPLIT = 2;
    private static final int SAVE = 3;
    private static final int MATCH = 4;
    private static final IntPredicate NONE = c -> false;

    private final List<int[]> steps = new ArrayList<>();
    private final List<IntPredicate> sets = new ArrayList<>();
    private final Map<String, Integer> names;
    private final int groups;

    private Regex(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("expected a regular expression of " + LONGEST + " characters at most");
        }
        RegexParser parser = new RegexParser(pattern);
        RegexNode all = parser.parse();
        names = parser.names;
        groups = parser.groups;
        compile(new RegexNode.Group(all, 0));
        add(MATCH, 0, 0, NONE);
    }

    /**
     * Compiles.
     *
     * @throws IllegalArgumentException with what was expected, on one line
     */
    static Regex of(String pattern) {
        return new Regex(pattern);
    }

    int groups() {
        return groups;
    }

    /** The number of a group by its number or name; -1 where there is none. */
    int group(String name) {
        return names.getOrDefault(name, -1);
    }

    /**
     * The first match from an index on: the begin and end of it and of each group, -1 where a group took no part; {@code null} without one.
     */
    int[] find(String text, int from, Budget budget) {
        Threads now = new Threads(steps.size());
        Threads next = new Threads(steps.size());
        int[] found = null;
        for (int at = from; at <= text.length(); ) {
            if (found == null) {
                int[] none = new int[2 * groups + 2];
                Arrays.fill(none, -1);
                follow(now, 0, none, text, at, budget);
            }
            int c = at < text.length() ? text.codePointAt(at) : -1;
            int after = at + (c < 0 ? 1 : Character.charCount(c));
            for (int i = 0; i < now.count; i++) {
                int step = now.steps[i];
                if (steps.get(step)[0] == MATCH) {
                    found = now.places[i];
                    break;
                }
                if (c >= 0 && sets.get(step).test(c)) {
                    follow(next, step + 1, now.places[i], text, after, budget);
                }
            }
            if (found != null && next.count == 0) {
                return found;
            }
            Threads done = now;
            now = next;
            next = done;
            next.clear();
            at = after;
        }
        return found;
    }

    /** Adds a way to match, followed to where it wants a character. */
    private void follow(Threads into, int first, int[] places, String text, int at, Budget budget) {
        into.push(first, places);
        while (into.waiting > 0) {
            into.waiting--;
            int step = into.stack[into.waiting];
            int[] saved = into.stacked[into.waiting];
            if (into.seen[step]) {
                continue;
            }
            into.seen[step] = true;
            budget.spend();
            int[] what = steps.get(step);
            switch (what[0]) {
                case AT -> {
                    if (RegexNode.Place.values()[what[1]].isAt(text, at)) {
                        into.push(step + 1, saved);
                    }
                }
                case SPLIT -> {
                    into.push(what[2], saved);
                    into.push(what[1], saved);
                }
                case SAVE -> {
                    int[] copy = saved.clone();
                    copy[what[1]] = at;
                    into.push(step + 1, copy);
                }
                default -> into.add(step, saved);
            }
        }
    }

    private int add(int kind, int x, int y, IntPredicate set) {
        if (steps.size() >= MOST_STEPS) {
            throw new IllegalArgumentException("expected a regular expression with fewer repetitions");
        }
        steps.add(new int[] {kind, x, y});
        sets.add(set);
        return steps.size() - 1;
    }

    private void compile(RegexNode node) {
        if (node instanceof RegexNode.One one) {
            add(ONE, 0, 0, one.set());
        } else if (node instanceof RegexNode.At at) {
            add(AT, at.place().ordinal(), 0, NONE);
        } else if (node instanceof RegexNode.Sequence sequence) {
            sequence.parts().forEach(this::compile);
        } else if (node instanceof RegexNode.Group group) {
            add(SAVE, 2 * group.number(), 0, NONE);
            compile(group.part());
            add(SAVE, 2 * group.number() + 1, 0, NONE);
        } else if (node instanceof RegexNode.Choice choice) {
            choice(choice.branches());
        } else {
            repeat((RegexNode.Repeat) node);
        }
    }

    private void choice(List<RegexNode> branches) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            boolean last = i == branches.size() - 1;
            int split = last ? -1 : add(SPLIT, steps.size() + 1, 0, NONE);
            compile(branches.get(i));
            if (!last) {
                ends.add(add(SPLIT, 0, 0, NONE));
                steps.get(split)[2] = steps.size();
            }
        }
        for (int end : ends) {
            steps.get(end)[1] = steps.size();
            steps.get(end)[2] = steps.size();
        }
    }

    private void repeat(RegexNode.Repeat repeat) {
        for (int i = 0; i < repeat.least(); i++) {
            compile(repeat.part());
        }
        if (repeat.most() < 0) {
            int split = add(SPLIT, 0, 0, NONE);
            compile(repeat.part());
            int back = add(SPLIT, split, split, NONE);
            branch(split, split + 1, back + 1, repeat.greedy());
            return;
        }
        List<Integer> splits = new ArrayList<>();
        for (int i = repeat.least(); i < repeat.most(); i++) {
            splits.add(add(SPLIT, 0, 0, NONE));
            compile(repeat.part());
        }
        for (int split : splits) {
            branch(split, split + 1, steps.size(), repeat.greedy());
        }
    }

    private void branch(int split, int again, int on, boolean greedy) {
        steps.get(split)[1] = greedy ? again : on;
        steps.get(split)[2] = greedy ? on : again;
    }

    /** How much a call may cost. */
    static final class Budget {
        private int left;

        Budget(int steps) {
            left = steps;
        }

        private void spend() {
            if (--left < 0) {
                throw new IllegalArgumentException("expected a shorter text, or a simpler regular expression");
            }
        }
    }

    /** Ways to match, the preferred first; each step once. */
    private static final class Threads {
        private final int[] steps;
        private final int[][] places;
        private final boolean[] seen;
        private final int[] stack;
        private final int[][] stacked;
        private int count;
        private int waiting;

        Threads(int size) {
            steps = new int[size];
            places = new int[size][];
            seen = new boolean[size];
            // Each step pushes two at most, and is followed once.
            stack = new int[2 * size + 2];
            stacked = new int[2 * size + 2][];
        }

        void push(int step, int[] saved) {
            stack[waiting] = step;
            stacked[waiting++] = saved;
        }

        void add(int step, int[] saved) {
            steps[count] = step;
            places[count++] = saved;
        }

        void clear() {
            count = 0;
            Arrays.fill(seen, false);
        }
    }
}
