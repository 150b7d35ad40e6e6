package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;

/** Finds the parts of WHERE that compare a column with constants. */
final class Predicates {
    private final Schema schema;
    private final String label;

    private Predicates(Schema schema, String label) {
        this.schema = schema;
        this.label = label;
    }

    /** The predicates of a rule on one stream. */
    static List<Predicate> of(Query query, Schema schema) {
        if (query.where().isEmpty() || !query.joins().isEmpty()) {
            return List.of();
        }
        Predicates finder = new Predicates(schema, query.from().label());
        return Where.parts(query.where().get()).stream()
                .map(finder::predicate)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Predicate> predicate(Syntax part) {
        if (part instanceof Syntax.Binary binary) {
            return comparison(binary);
        }
        if (part instanceof Syntax.Between between && !between.not()) {
            int column = column(between.value());
            Comparable<?> low = bound(column, between.low());
            Comparable<?> high = bound(column, between.high());
            return low == null || high == null
                    ? Optional.empty()
                    : Optional.of(new Predicate.Range(column, low, true, high, true));
        }
        if (part instanceof Syntax.In in && !in.not()) {
            return in(column(in.value()), in.choices());
        }
        int column = column(part);
        return column >= 0 && schema.type(column) == Type.BOOLEAN
                ? Optional.of(new Predicate.In(column, List.of(true)))
                : Optional.empty();
    }

    private Optional<Predicate> comparison(Syntax.Binary binary) {
        int column = column(binary.left());
        Syntax constant = binary.right();
        Operator operator = binary.operator();
        if (column < 0) {
            column = column(binary.right());
            constant = binary.left();
            operator = mirrored(operator);
        }
        if (operator == Operator.EQUAL) {
            return in(column, List.of(constant));
        }
        Comparable<?> bound = bound(column, constant);
        if (bound == null) {
            return Optional.empty();
        }
        return switch (operator) {
            case LESS -> Optional.of(new Predicate.Range(column, null, false, bound, false));
            case AT_MOST -> Optional.of(new Predicate.Range(column, null, false, bound, true));
            case GREATER -> Optional.of(new Predicate.Range(column, bound, false, null, false));
            case AT_LEAST -> Optional.of(new Predicate.Range(column, bound, true, null, false));
            default -> Optional.empty();
        };
    }

    private static Operator mirrored(Operator operator) {
        return switch (operator) {
            case LESS -> Operator.GREATER;
            case AT_MOST -> Operator.AT_LEAST;
            case GREATER -> Operator.LESS;
            case AT_LEAST -> Operator.AT_MOST;
            default -> operator;
        };
    }

    private Optional<Predicate> in(int column, List<Syntax> constants) {
        if (column < 0) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        for (Syntax constant : constants) {
            Object value = constant(constant);
            if (value == null) {
                return Optional.empty();
            }
            Type type = schema.type(column);
            Optional<Object> own = ofColumn(type, value);
            boolean never = type == Type.LONG && value instanceof Double fraction && isExact(fraction);
            if (own.isEmpty() && !never) {
                return Optional.empty();
            }
            own.filter(known -> !values.contains(known)).ifPresent(values::add);
        }
        return Optional.of(new Predicate.In(column, List.copyOf(values)));
    }

    /** A constant as a value of the column; empty where the column cannot have it. */
    private static Optional<Object> ofColumn(Type type, Object constant) {
        return switch (type) {
            case LONG -> whole(constant);
            // A zero is found whatever its sign.
            case DOUBLE ->
                constant instanceof Number number ? Optional.of(number.doubleValue() + 0.0) : Optional.empty();
            case STRING -> constant instanceof String ? Optional.of(constant) : Optional.empty();
            case BOOLEAN -> constant instanceof Boolean ? Optional.of(constant) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Object> whole(Object constant) {
        if (constant instanceof Double number) {
            return isExact(number) && number == Math.rint(number) ? Optional.of(number.longValue()) : Optional.empty();
        }
        return constant instanceof Long ? Optional.of(constant) : Optional.empty();
    }

    /** Whether a LONG can be compared with this number as doubles: beyond, neighbours are equal. */
    private static boolean isExact(double number) {
        return Math.abs(number) < 1L << 53;
    }

    private Comparable<?> bound(int column, Syntax node) {
        Object constant = column < 0 ? null : constant(node);
        Type type = column < 0 ? Type.ANY : schema.type(column);
        if (constant instanceof Number number
                && (type == Type.DOUBLE || type == Type.LONG && isExact(number.doubleValue()))) {
            return number.doubleValue() + 0.0;
        }
        return constant instanceof String text && type == Type.STRING ? text : null;
    }

    private static Object constant(Syntax node) {
        if (node instanceof Syntax.IntegerLiteral literal) {
            return literal.value();
        }
        if (node instanceof Syntax.DecimalLiteral literal) {
            return literal.value();
        }
        if (node instanceof Syntax.TextLiteral literal) {
            return literal.value();
        }
        return node instanceof Syntax.BooleanLiteral literal ? (Object) literal.value() : null;
    }

    /** The index of a column of the stream; in WHERE a column hides an alias of its name. */
    private int column(Syntax node) {
        return node instanceof Syntax.Column column
                        && column.stream().map(label::equals).orElse(true)
                ? schema.indexOf(column.name())
                : -1;
    }
}
