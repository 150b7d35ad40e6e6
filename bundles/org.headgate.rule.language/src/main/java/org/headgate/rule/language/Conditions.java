package org.headgate.rule.language;

import java.util.List;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.RowCondition;

/** What joins and extends comparisons: AND, OR, NOT, IN, LIKE, IS NULL. */
final class Conditions {
    private Conditions() {}

    /** Both; false beats null, null beats true. */
    static Expression and(Expression left, Expression right) {
        if (left instanceof RowCondition first && right instanceof RowCondition second) {
            return first.and(second);
        }
        return (Expression.OfBoolean) frame -> {
            boolean a = left.evalBoolean(frame);
            boolean aIsNull = frame.isNull();
            if (!a && !aIsNull) {
                return false;
            }
            boolean b = right.evalBoolean(frame);
            if (aIsNull && (b || frame.isNull())) {
                frame.setNull(true);
            }
            return b;
        };
    }

    /** At least one; true beats null, null beats false. */
    static Expression or(Expression left, Expression right) {
        return (Expression.OfBoolean) frame -> {
            boolean a = left.evalBoolean(frame);
            boolean aIsNull = frame.isNull();
            if (a && !aIsNull) {
                return true;
            }
            boolean b = right.evalBoolean(frame);
            if (aIsNull && (!b || frame.isNull())) {
                frame.setNull(true);
            }
            return b;
        };
    }

    static Expression not(Expression operand) {
        return (Expression.OfBoolean) frame -> !operand.evalBoolean(frame);
    }

    static Expression nullTest(boolean not, Expression value) {
        return (Expression.OfBoolean) frame -> {
            boolean isNull = value.isNull(frame);
            frame.setNull(false);
            return isNull != not;
        };
    }

    /** What the first test that is this says; else the opposite. Comparisons are never null. */
    static Expression firstThatIs(boolean decisive, List<Expression> tests) {
        Expression[] all = tests.toArray(Expression[]::new);
        return (Expression.OfBoolean) frame -> {
            for (Expression test : all) {
                if (test.evalBoolean(frame) == decisive) {
                    return decisive;
                }
            }
            return !decisive;
        };
    }

    static Expression like(boolean not, Expression value, Expression pattern) {
        return (Expression.OfBoolean) frame -> {
            Object text = value.evalObject(frame);
            if (frame.isNull()) {
                return Comparisons.isFalse(frame);
            }
            Object wanted = pattern.evalObject(frame);
            if (frame.isNull()) {
                return Comparisons.isFalse(frame);
            }
            if (text instanceof String left && wanted instanceof String right) {
                return matches(left, right) != not;
            }
            frame.fail("expected a text beside LIKE, found " + (text instanceof String ? wanted : text));
            return Comparisons.isFalse(frame);
        };
    }

    /**
     * Whether a text matches a LIKE pattern: {@code %} is any text, {@code _} any character, a backslash makes the next
     * character literal. Going back only to the last {@code %} keeps the cost at length times length, whatever the
     * pattern; a regular expression would not.
     */
    static boolean matches(String text, String pattern) {
        int t = 0;
        int p = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            boolean escaped = p + 1 < pattern.length() && pattern.charAt(p) == '\\';
            char wanted = p >= pattern.length() ? 0 : pattern.charAt(escaped ? p + 1 : p);
            if (p < pattern.length() && !escaped && wanted == '%') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && (!escaped && wanted == '_' || wanted == text.charAt(t))) {
                // A character may be two chars of Java's.
                t += !escaped && wanted == '_' ? Character.charCount(text.codePointAt(t)) : 1;
                p += escaped ? 2 : 1;
            } else if (star >= 0) {
                p = star + 1;
                mark += Character.charCount(text.codePointAt(mark));
                t = mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '%') {
            p++;
        }
        return p == pattern.length();
    }
}
