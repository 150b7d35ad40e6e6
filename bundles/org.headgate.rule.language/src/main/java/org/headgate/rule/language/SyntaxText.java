package org.headgate.rule.language;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints an expression as it would be written: for the plan that is shown, and to recognise a call that is written twice. */
final class SyntaxText {
    private SyntaxText() {}

    static String of(Syntax node) {
        if (node instanceof Syntax.Column column) {
            return qualified(column.stream(), name(column.name()));
        }
        if (node instanceof Syntax.Star star) {
            return qualified(star.stream(), "*");
        }
        if (node instanceof Syntax.Member member) {
            return operand(member.value()) + "->" + name(member.name());
        }
        if (node instanceof Syntax.Element element) {
            return operand(element.value()) + "[" + of(element.index()) + "]";
        }
        if (node instanceof Syntax.Slice slice) {
            return operand(slice.value()) + "[" + optional(slice.from()) + ":" + optional(slice.to()) + "]";
        }
        if (node instanceof Syntax.Negation negation) {
            return "-" + operand(negation.operand());
        }
        if (node instanceof Syntax.Not not) {
            return "NOT " + operand(not.operand());
        }
        if (node instanceof Syntax.Binary binary) {
            return operand(binary.left()) + " " + binary.operator().symbol() + " " + operand(binary.right());
        }
        if (node instanceof Syntax.Case choice) {
            return choice(choice);
        }
        if (node instanceof Syntax.Call call) {
            return call(call);
        }
        return node.parts().isEmpty() ? literal(node) : test(node);
    }

    static String list(List<Syntax> nodes) {
        return nodes.stream().map(SyntaxText::of).collect(Collectors.joining(", "));
    }

    private static String literal(Syntax node) {
        if (node instanceof Syntax.TextLiteral text) {
            return "'" + text.value().replace("\\", "\\\\").replace("'", "\\'") + "'";
        }
        if (node instanceof Syntax.IntegerLiteral number) {
            return Long.toString(number.value());
        }
        if (node instanceof Syntax.DecimalLiteral number) {
            return Double.toString(number.value());
        }
        return node instanceof Syntax.BooleanLiteral flag ? Boolean.toString(flag.value()) : "NULL";
    }

    private static String test(Syntax node) {
        if (node instanceof Syntax.Between between) {
            return operand(between.value()) + not(between.not()) + " BETWEEN " + operand(between.low()) + " AND "
                    + operand(between.high());
        }
        if (node instanceof Syntax.In in) {
            return operand(in.value()) + not(in.not()) + " IN (" + list(in.choices()) + ")";
        }
        if (node instanceof Syntax.InArray in) {
            return operand(in.value()) + not(in.not()) + " IN " + of(in.array());
        }
        if (node instanceof Syntax.Like like) {
            return operand(like.value()) + not(like.not()) + " LIKE " + operand(like.pattern());
        }
        Syntax.NullTest test = (Syntax.NullTest) node;
        return operand(test.value()) + " IS" + not(test.not()) + " NULL";
    }

    private static String choice(Syntax.Case choice) {
        StringBuilder text = new StringBuilder("CASE");
        choice.subject().ifPresent(subject -> text.append(' ').append(of(subject)));
        choice.whens()
                .forEach(when -> text.append(" WHEN ")
                        .append(of(when.condition()))
                        .append(" THEN ")
                        .append(of(when.result())));
        choice.otherwise().ifPresent(otherwise -> text.append(" ELSE ").append(of(otherwise)));
        return text.append(" END").toString();
    }

    private static String call(Syntax.Call call) {
        StringBuilder text = new StringBuilder(call.name().toLowerCase(Locale.ROOT))
                .append('(')
                .append(list(call.arguments()))
                .append(')');
        call.filter()
                .ifPresent(filter ->
                        text.append(" FILTER (WHERE ").append(of(filter)).append(')'));
        call.over().ifPresent(over -> text.append(" OVER (").append(over(over)).append(')'));
        return text.toString();
    }

    private static String over(Syntax.Over over) {
        String partition = over.partition().isEmpty() ? "" : "PARTITION BY " + list(over.partition());
        String when = over.when().map(condition -> "WHEN " + of(condition)).orElse("");
        return partition + (partition.isEmpty() || when.isEmpty() ? "" : " ") + when;
    }

    /** What is made of several words stands in parentheses as soon as it is part of something else. */
    private static String operand(Syntax node) {
        boolean single = node.parts().isEmpty()
                || node instanceof Syntax.Call
                || node instanceof Syntax.Case
                || node instanceof Syntax.Member
                || node instanceof Syntax.Element
                || node instanceof Syntax.Slice;
        return single ? of(node) : "(" + of(node) + ")";
    }

    private static String optional(Optional<Syntax> node) {
        return node.map(SyntaxText::of).orElse("");
    }

    private static String not(boolean not) {
        return not ? " NOT" : "";
    }

    private static String qualified(Optional<String> stream, String what) {
        return stream.map(name -> name(name) + "." + what).orElse(what);
    }

    static String name(String name) {
        return name.matches("[\\p{L}_][\\p{L}\\p{N}_]*") ? name : "`" + name + "`";
    }
}
