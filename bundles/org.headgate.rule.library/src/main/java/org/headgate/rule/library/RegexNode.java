package org.headgate.rule.library;

import java.util.List;
import java.util.function.IntPredicate;

/** A part of a regular expression. */
sealed interface RegexNode {
    /** One character of a set. */
    record One(IntPredicate set) implements RegexNode {}

    /** A place between characters. */
    record At(Place place) implements RegexNode {}

    /** One after the other. */
    record Sequence(List<RegexNode> parts) implements RegexNode {}

    /** The first that leads to a match. */
    record Choice(List<RegexNode> branches) implements RegexNode {}

    /** Several times; {@code most} is -1 without a limit. */
    record Repeat(RegexNode part, int least, int most, boolean greedy) implements RegexNode {}

    /** A group whose text is remembered, counted from 1. */
    record Group(RegexNode part, int number) implements RegexNode {}

    /** Places. */
    enum Place {
        TEXT_BEGIN,
        TEXT_END,
        LINE_BEGIN,
        LINE_END,
        WORD_EDGE,
        NO_WORD_EDGE;

        boolean isAt(String text, int index) {
            boolean begin = index == 0;
            boolean end = index == text.length();
            return switch (this) {
                case TEXT_BEGIN -> begin;
                case TEXT_END -> end;
                case LINE_BEGIN -> begin || text.charAt(index - 1) == '\n';
                case LINE_END -> end || text.charAt(index) == '\n';
                case WORD_EDGE -> isEdge(text, index);
                case NO_WORD_EDGE -> !isEdge(text, index);
            };
        }

        private static boolean isEdge(String text, int index) {
            return (index > 0 && isWord(text.charAt(index - 1)))
                    != (index < text.length() && isWord(text.charAt(index)));
        }
    }

    /** What \w means: ASCII only, as in RE2. */
    static boolean isWord(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
