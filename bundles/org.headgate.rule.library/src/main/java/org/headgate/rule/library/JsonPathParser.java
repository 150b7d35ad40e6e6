package org.headgate.rule.library;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/** Reads JSON paths. */
final class JsonPathParser {
    private static final int LONGEST = 1000;
    private static final int DEEPEST = 20;

    private final String text;
    private int at;
    private int depth;

    JsonPathParser(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("expected a JSON path of " + LONGEST + " characters at most");
        }
        this.text = text;
    }

    JsonPath parse() {
        expect("$");
        JsonPath path = path();
        if (at < text.length()) {
            throw wrong(". or [");
        }
        return path;
    }

    /** What stands behind $ or @. */
    private JsonPath path() {
        int start = at;
        List<JsonPath.Step> steps = new ArrayList<>();
        while (true) {
            if (skip("..")) {
                steps.add(new JsonPath.Deep(skip("[") ? brackets() : named()));
            } else if (skip(".")) {
                steps.add(named());
            } else if (skip("[")) {
                steps.add(brackets());
            } else {
                return new JsonPath(start <= 1 ? text : text.substring(start, at), List.copyOf(steps));
            }
        }
    }

    private JsonPath.Step named() {
        if (skip("*")) {
            return new JsonPath.All();
        }
        String name = word();
        if (name.isEmpty()) {
            throw wrong("a name");
        }
        return new JsonPath.Name(name);
    }

    private JsonPath.Step brackets() {
        if (++depth > DEEPEST) {
            throw wrong("at most " + DEEPEST + " brackets in each other");
        }
        blanks();
        JsonPath.Step step;
        if (skip("?")) {
            blanks();
            step = new JsonPath.Filter(either());
        } else {
            List<JsonPath.Step> steps = new ArrayList<>();
            do {
                steps.add(selected());
                blanks();
            } while (skip(","));
            step = steps.size() == 1 ? steps.get(0) : new JsonPath.Union(List.copyOf(steps));
        }
        blanks();
        expect("]");
        depth--;
        return step;
    }

    private JsonPath.Step selected() {
        blanks();
        if (skip("*")) {
            return new JsonPath.All();
        }
        char c = peek();
        if (c == '\'' || c == '"') {
            return new JsonPath.Name(quoted());
        }
        if (c == ':' || c == '-' || isDigit(c)) {
            long from = c == ':' ? 0 : number();
            blanks();
            if (!skip(":")) {
                return new JsonPath.Index(from);
            }
            blanks();
            return new JsonPath.Slice(from, peek() == '-' || isDigit(peek()) ? number() : Long.MAX_VALUE);
        }
        return named();
    }

    private BiPredicate<Object, Object> either() {
        BiPredicate<Object, Object> condition = both();
        while (skip("||")) {
            condition = condition.or(both());
        }
        return condition;
    }

    private BiPredicate<Object, Object> both() {
        BiPredicate<Object, Object> condition = single();
        while (skip("&&")) {
            condition = condition.and(single());
        }
        return condition;
    }

    private BiPredicate<Object, Object> single() {
        if (++depth > DEEPEST) {
            throw wrong("at most " + DEEPEST + " brackets in each other");
        }
        blanks();
        BiPredicate<Object, Object> condition;
        if (text.startsWith("!", at) && !text.startsWith("!=", at)) {
            at++;
            condition = single().negate();
        } else if (skip("(")) {
            condition = either();
            expect(")");
        } else {
            condition = comparison();
        }
        blanks();
        depth--;
        return condition;
    }

    private BiPredicate<Object, Object> comparison() {
        BiFunction<Object, Object, List<Object>> left = operand();
        blanks();
        for (String operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (skip(operator)) {
                blanks();
                BiFunction<Object, Object, List<Object>> right = operand();
                return (root, value) -> compare(operator, left.apply(root, value), right.apply(root, value));
            }
        }
        return (root, value) -> !left.apply(root, value).isEmpty();
    }

    /** True where both exist and compare; numbers with numbers, texts with texts. */
    private static boolean compare(String operator, List<Object> left, List<Object> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return operator.equals("!=") && left.isEmpty() != right.isEmpty();
        }
        Object a = left.get(0);
        Object b = right.get(0);
        if (operator.equals("==") || operator.equals("!=")) {
            return Values.same(a, b) == operator.equals("==");
        }
        boolean comparable = a instanceof Number && b instanceof Number || a instanceof String && b instanceof String;
        int order = comparable ? Values.ORDER.compare(a, b) : 0;
        return comparable
                && switch (operator) {
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    default -> order >= 0;
                };
    }

    private BiFunction<Object, Object, List<Object>> operand() {
        if (skip("@")) {
            JsonPath path = path();
            return path::find;
        }
        if (skip("$")) {
            JsonPath path = path();
            return (root, value) -> path.find(root, root);
        }
        char c = peek();
        if (c == '\'' || c == '"') {
            String constant = quoted();
            return (root, value) -> List.of(constant);
        }
        String word = word();
        return switch (word) {
            case "true" -> (root, value) -> List.of(true);
            case "false" -> (root, value) -> List.of(false);
            case "null" -> (root, value) -> Collections.singletonList(null);
            default -> {
                at -= word.length();
                double constant = decimal();
                yield (root, value) -> List.of(constant);
            }
        };
    }

    private double decimal() {
        int start = at;
        while (isDigit(peek()) || "+-.eE".indexOf(peek()) >= 0) {
            at++;
        }
        try {
            return Double.parseDouble(text.substring(start, at));
        } catch (NumberFormatException notOne) {
            throw wrong("@, $, a number, a text, true, false or null");
        }
    }

    private long number() {
        int start = at++;
        while (isDigit(peek())) {
            at++;
        }
        try {
            return Long.parseLong(text.substring(start, at));
        } catch (NumberFormatException notOne) {
            throw wrong("an index");
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '-')) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder name = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
            name.append(text.charAt(at++));
        }
        expect(String.valueOf(quote));
        return name.toString();
    }

    private void blanks() {
        while (peek() == ' ') {
            at++;
        }
    }

    /** The next character; 0 at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean skip(String wanted) {
        if (!text.startsWith(wanted, at)) {
            return false;
        }
        at += wanted.length();
        return true;
    }

    private void expect(String wanted) {
        if (!skip(wanted)) {
            throw wrong(wanted);
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("expected " + expected + " at character " + (at + 1) + " of the JSON path");
    }
}
