package org.headgate.rule.library;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Reads a regular expression in the syntax of RE2 (github.com/google/re2, "Syntax"), which has neither back references nor look-around. */
final class RegexParser {
    private static final int DEEPEST = 50;
    private static final int MOST_REPEATS = 1000;
    private static final int INSENSITIVE = 1;
    private static final int LINES = 2;
    private static final int DOT_IS_ALL = 4;
    private static final int LAZY = 8;

    final Map<String, Integer> names = new LinkedHashMap<>();
    int groups;
    private final RegexText text;
    private int flags;
    private int depth;

    RegexParser(String pattern) {
        text = new RegexText(pattern);
    }

    /** The whole expression. */
    RegexNode parse() {
        RegexNode all = choice();
        if (!text.isEnd()) {
            throw text.wrong("no ) without a (");
        }
        return all;
    }

    private RegexNode choice() {
        if (++depth > DEEPEST) {
            throw text.wrong("at most " + DEEPEST + " groups in each other");
        }
        List<RegexNode> branches = new ArrayList<>();
        do {
            List<RegexNode> parts = new ArrayList<>();
            while (!text.isEnd() && text.peek() != '|' && text.peek() != ')') {
                if (text.skip("\\Q")) {
                    while (!text.isEnd() && !text.skip("\\E")) {
                        parts.add(literal(text.next()));
                    }
                } else {
                    parts.add(repeated(atom()));
                }
            }
            branches.add(new RegexNode.Sequence(List.copyOf(parts)));
        } while (text.skip("|"));
        depth--;
        return branches.size() == 1 ? branches.get(0) : new RegexNode.Choice(List.copyOf(branches));
    }

    private RegexNode repeated(RegexNode part) {
        RegexNode all = part;
        for (int times = 0; !text.isEnd(); times++) {
            int least;
            int most;
            if (text.skip("*")) {
                least = 0;
                most = -1;
            } else if (text.skip("+")) {
                least = 1;
                most = -1;
            } else if (text.skip("?")) {
                least = 0;
                most = 1;
            } else if (text.isCount()) {
                text.skip("{");
                least = text.number(MOST_REPEATS);
                most = least;
                if (text.skip(",")) {
                    most = text.peek() == '}' ? -1 : text.number(MOST_REPEATS);
                }
                text.expect("}");
                if (most >= 0 && most < least) {
                    throw text.wrong("a greater number behind the comma");
                }
            } else {
                return all;
            }
            if (times > 0) {
                throw text.wrong("one of * + ? {n} only");
            }
            all = new RegexNode.Repeat(all, least, most, text.skip("?") == has(LAZY));
        }
        return all;
    }

    private RegexNode atom() {
        if (text.skip("(")) {
            return group();
        }
        if (text.skip("[")) {
            return one(new RegexClass(text).parse());
        }
        if (text.skip(".")) {
            return has(DOT_IS_ALL) ? new RegexNode.One(c -> true) : new RegexNode.One(c -> c != '\n');
        }
        if (text.skip("^")) {
            return new RegexNode.At(has(LINES) ? RegexNode.Place.LINE_BEGIN : RegexNode.Place.TEXT_BEGIN);
        }
        if (text.skip("$")) {
            return new RegexNode.At(has(LINES) ? RegexNode.Place.LINE_END : RegexNode.Place.TEXT_END);
        }
        if ("*+?".indexOf(text.peek()) >= 0) {
            throw text.wrong("something to repeat");
        }
        if (text.skip("\\A")) {
            return new RegexNode.At(RegexNode.Place.TEXT_BEGIN);
        }
        if (text.skip("\\z")) {
            return new RegexNode.At(RegexNode.Place.TEXT_END);
        }
        if (text.skip("\\b")) {
            return new RegexNode.At(RegexNode.Place.WORD_EDGE);
        }
        if (text.skip("\\B")) {
            return new RegexNode.At(RegexNode.Place.NO_WORD_EDGE);
        }
        if (text.skip("\\")) {
            IntPredicate set = RegexClass.escapedSet(text);
            return set == null ? literal(RegexClass.escapedCharacter(text)) : one(set);
        }
        return literal(text.next());
    }

    private RegexNode group() {
        int before = flags;
        if (!text.skip("?")) {
            return closed(++groups, before);
        }
        if (text.skip("P<") || text.skip("<")) {
            String name = text.until('>');
            if (!name.matches("\\w{1,63}") || names.putIfAbsent(name, groups + 1) != null) {
                throw text.wrong("a name of a group that is not there yet");
            }
            return closed(++groups, before);
        }
        boolean on = true;
        while (!text.isEnd()) {
            int c = text.next();
            switch (c) {
                case '-' -> on = false;
                case 'i' -> set(INSENSITIVE, on);
                case 'm' -> set(LINES, on);
                case 's' -> set(DOT_IS_ALL, on);
                case 'U' -> set(LAZY, on);
                case ':' -> {
                    return closed(0, before);
                }
                case ')' -> {
                    // Flags without a colon count until the group around them ends.
                    return new RegexNode.Sequence(List.of());
                }
                default -> throw text.wrong("a group of RE2's: (?: (?P<name> (?i)");
            }
        }
        throw text.wrong(")");
    }

    private RegexNode closed(int number, int flagsBefore) {
        RegexNode part = choice();
        text.expect(")");
        flags = flagsBefore;
        return number == 0 ? part : new RegexNode.Group(part, number);
    }

    private RegexNode literal(int c) {
        return one(x -> x == c);
    }

    private RegexNode one(IntPredicate set) {
        return new RegexNode.One(
                has(INSENSITIVE)
                        ? c -> set.test(c) || set.test(Character.toLowerCase(c)) || set.test(Character.toUpperCase(c))
                        : set);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private void set(int flag, boolean on) {
        flags = on ? flags | flag : flags & ~flag;
    }
}
