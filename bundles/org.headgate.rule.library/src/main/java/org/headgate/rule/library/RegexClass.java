package org.headgate.rule.library;

import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Sets of characters: {@code [a-z\d]}, {@code \w}, {@code \p{L}}, {@code [[:alpha:]]}. */
final class RegexClass {
    private static final Map<String, IntPredicate> POSIX = Map.ofEntries(
            Map.entry("alnum", c -> RegexNode.isWord(c) && c != '_'),
            Map.entry("alpha", c -> RegexNode.isWord(c) && c != '_' && !isDigit(c)),
            Map.entry("ascii", c -> c < 128),
            Map.entry("blank", c -> c == ' ' || c == '\t'),
            Map.entry("cntrl", c -> c < ' ' || c == 127),
            Map.entry("digit", RegexClass::isDigit),
            Map.entry("graph", c -> c > ' ' && c < 127),
            Map.entry("lower", c -> c >= 'a' && c <= 'z'),
            Map.entry("print", c -> c >= ' ' && c < 127),
            Map.entry("punct", c -> c > ' ' && c < 127 && (!RegexNode.isWord(c) || c == '_')),
            Map.entry("space", c -> isSpace(c) || c == 11),
            Map.entry("upper", c -> c >= 'A' && c <= 'Z'),
            Map.entry("word", RegexNode::isWord),
            Map.entry("xdigit", c -> Character.digit(c, 16) >= 0 && c < 128));

    private final RegexText text;

    RegexClass(RegexText text) {
        this.text = text;
    }

    /** What stands behind the opening bracket, to behind the closing one. */
    IntPredicate parse() {
        boolean negated = text.skip("^");
        IntPredicate set = c -> false;
        for (boolean first = true; first || !text.skip("]"); first = false) {
            if (text.isEnd()) {
                throw text.wrong("]");
            }
            set = set.or(item());
        }
        return negated ? set.negate() : set;
    }

    private IntPredicate item() {
        if (text.skip("[:")) {
            boolean negated = text.skip("^");
            String name = text.until(':');
            text.expect("]");
            IntPredicate known = POSIX.get(name);
            if (known == null) {
                throw text.wrong("a class such as [:alpha:] before");
            }
            return negated ? known.negate() : known;
        }
        int low;
        if (text.skip("\\")) {
            IntPredicate set = escapedSet(text);
            if (set != null) {
                return set;
            }
            low = escapedCharacter(text);
        } else {
            low = text.next();
        }
        if (!text.skip("-")) {
            return c -> c == low;
        }
        if (text.peek() == ']') {
            return c -> c == low || c == '-';
        }
        int high = text.skip("\\") ? escapedCharacter(text) : text.next();
        if (high < low) {
            throw text.wrong("a range that ascends before");
        }
        return c -> c >= low && c <= high;
    }

    /** The set that follows a backslash, or {@code null} where a single character does. */
    static IntPredicate escapedSet(RegexText text) {
        int c = text.peek();
        IntPredicate set = switch (c) {
            case 'd', 'D' -> RegexClass::isDigit;
            case 's', 'S' -> RegexClass::isSpace;
            case 'w', 'W' -> RegexNode::isWord;
            case 'p', 'P' -> x -> false;
            default -> null;
        };
        if (set == null) {
            return null;
        }
        text.next();
        if (c == 'p' || c == 'P') {
            set = unicode(text);
        }
        return Character.isUpperCase(c) ? set.negate() : set;
    }

    /** The character that is meant by what follows a backslash. */
    static int escapedCharacter(RegexText text) {
        int c = text.next();
        switch (c) {
            case 'a':
                return 7;
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return 11;
            case 'x':
                return hexadecimal(text);
            default:
                if (RegexNode.isWord(c)) {
                    throw text.wrong("an escape of RE2's before");
                }
                return c;
        }
    }

    private static int hexadecimal(RegexText text) {
        String digits = text.skip("{") ? text.until('}') : "" + (char) text.next() + (char) text.next();
        try {
            int c = Integer.parseInt(digits, 16);
            if (Character.isValidCodePoint(c)) {
                return c;
            }
        } catch (NumberFormatException notOne) {
            // The same complaint as for a number that is too large.
        }
        throw text.wrong("hexadecimal digits of a character before");
    }

    /** Categories and scripts by the JDK's tables, one character at a time. */
    private static IntPredicate unicode(RegexText text) {
        String name = text.skip("{") ? text.until('}') : Character.toString(text.next());
        boolean negated = name.startsWith("^");
        String wanted = negated ? name.substring(1) : name;
        if (!wanted.matches("[A-Za-z_]{1,40}")) {
            throw text.wrong("a category or script such as \\p{L} before");
        }
        String java = wanted.length() <= 2 ? wanted : "Is" + wanted;
        Pattern one;
        try {
            one = Pattern.compile("\\p{" + java + "}");
        } catch (PatternSyntaxException unknown) {
            throw text.wrong("a category or script such as \\p{L} before");
        }
        return c -> one.matcher(Character.toString(c)).matches() != negated;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }
}
