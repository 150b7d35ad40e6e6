package org.headgate.rule.language;

import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;

/** A compiled expression with what only the compiler wants to know: its unit, where it begins, what it is called. */
record Typed(Expression expression, String unit, Position at, String label) {
    Typed(Expression expression, Position at) {
        this(expression, "", at, "");
    }

    Type type() {
        return expression.type();
    }

    boolean isNumber() {
        return type() == Type.LONG || type() == Type.DOUBLE;
    }

    /** Whether only the value itself can tell its type. */
    boolean isAny() {
        return type() == Type.ANY;
    }

    Expression number() throws RuleException {
        return isNumber() || isAny() ? expression : complain("a number");
    }

    Expression whole() throws RuleException {
        return type() == Type.LONG || isAny() ? expression : complain("a whole number");
    }

    Expression text() throws RuleException {
        return type() == Type.STRING || isAny() ? expression : complain("a text");
    }

    Expression condition() throws RuleException {
        return type() == Type.BOOLEAN || isAny() ? expression : complain("a condition");
    }

    Expression array() throws RuleException {
        return type() == Type.ARRAY || isAny() ? expression : complain("an array");
    }

    Expression struct() throws RuleException {
        return type() == Type.STRUCT || isAny() ? expression : complain("a struct");
    }

    Expression complain(String expected) throws RuleException {
        throw new RuleException(at, "expected " + expected + ", found " + words());
    }

    /** How a message names it: {@code name (STRING)}. */
    String words() {
        return label.isEmpty() ? type().toString() : label + " (" + type() + ")";
    }
}
