package org.headgate.rule.language;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An expression as it is written. Each node knows its place in the text, and prints itself as it would be written. */
public sealed interface Syntax {
    /** Where the node begins; for an operator, where the operator stands. */
    Position at();

    /** The expressions it is made of, in the order of the text. */
    default List<Syntax> parts() {
        return List.of();
    }

    /** The text, with one spacing and all parentheses that are needed, whatever the original looked like. */
    default String text() {
        return SyntaxText.of(this);
    }

    /** {@code temperature} or {@code boiler.temperature}. */
    record Column(Position at, Optional<String> stream, String name) implements Syntax {}

    /** {@code *} or {@code boiler.*}, as an argument. */
    record Star(Position at, Optional<String> stream) implements Syntax {}

    /** A whole number. */
    record IntegerLiteral(Position at, long value) implements Syntax {}

    /** A number with a fraction or an exponent. */
    record DecimalLiteral(Position at, double value) implements Syntax {}

    /** A text, without its quotes. */
    record TextLiteral(Position at, String value) implements Syntax {}

    /** true or false. */
    record BooleanLiteral(Position at, boolean value) implements Syntax {}

    /** NULL. */
    record NullLiteral(Position at) implements Syntax {}

    /** {@code a->b}: a field of a struct. */
    record Member(Position at, Syntax value, String name) implements Syntax {
        @Override
        public List<Syntax> parts() {
            return List.of(value);
        }
    }

    /** {@code a[i]}: an element of an array; from 0, or from -1 backwards. */
    record Element(Position at, Syntax value, Syntax index) implements Syntax {
        @Override
        public List<Syntax> parts() {
            return List.of(value, index);
        }
    }

    /** {@code a[from:to]}: a part of an array, {@code to} left out. */
    record Slice(Position at, Syntax value, Optional<Syntax> from, Optional<Syntax> to) implements Syntax {
        @Override
        public List<Syntax> parts() {
            return Stream.of(Stream.of(value), from.stream(), to.stream())
                    .flatMap(part -> part)
                    .toList();
        }
    }

    /** {@code -x}. */
    record Negation(Position at, Syntax operand) implements Syntax {
        @Override
        public List<Syntax> parts() {
            return List.of(operand);
        }
    }

    /** {@code NOT x}. */
    record Not(Position at, Syntax operand) implements Syntax {
        @Override
        public List<Syntax> parts() {
            return List.of(operand);
        }
    }

    /** {@code a + b}, {@code a >= b}, {@code a AND b}. */
    record Binary(Position at, Operator operator, Syntax left, Syntax right) implements Syntax {
        @Override
        public List<Syntax> parts() {
            return List.of(left, right);
        }
    }

    /** {@code x BETWEEN low AND high}. */
    record Between(Position at, boolean not, Syntax value, Syntax low, Syntax high) implements Syntax {
        @Override
        public List<Syntax> parts() {
            return List.of(value, low, high);
        }
    }

    /** {@code x IN (a, b)}. */
    record In(Position at, boolean not, Syntax value, List<Syntax> choices) implements Syntax {
        @Override
        public List<Syntax> parts() {
            return Stream.concat(Stream.of(value), choices.stream()).toList();
        }
    }

    /** {@code x IN a}, where {@code a} is an array. */
    record InArray(Position at, boolean not, Syntax value, Syntax array) implements Syntax {
        @Override
        public List<Syntax> parts() {
            return List.of(value, array);
        }
    }

    /** {@code x LIKE pattern}. */
    record Like(Position at, boolean not, Syntax value, Syntax pattern) implements Syntax {
        @Override
        public List<Syntax> parts() {
            return List.of(value, pattern);
        }
    }

    /** {@code x IS NULL}. */
    record NullTest(Position at, boolean not, Syntax value) implements Syntax {
        @Override
        public List<Syntax> parts() {
            return List.of(value);
        }
    }

    /** {@code CASE subject WHEN a THEN b ELSE c END}; without a subject the WHENs are conditions. */
    record Case(Position at, Optional<Syntax> subject, List<When> whens, Optional<Syntax> otherwise) implements Syntax {
        @Override
        public List<Syntax> parts() {
            return Stream.of(
                            subject.stream(),
                            whens.stream().flatMap(when -> Stream.of(when.condition(), when.result())),
                            otherwise.stream())
                    .flatMap(part -> part)
                    .toList();
        }
    }

    /**
     * {@code name(arguments) FILTER (WHERE filter) OVER (PARTITION BY ... WHEN ...)}.
     *
     * @param filter which rows an aggregate takes in
     * @param over what an analytic function goes over
     */
    record Call(Position at, String name, List<Syntax> arguments, Optional<Syntax> filter, Optional<Over> over)
            implements Syntax {
        @Override
        public List<Syntax> parts() {
            return Stream.of(
                            arguments.stream(),
                            filter.stream(),
                            over.stream().flatMap(clause -> clause.partition().stream()),
                            over.stream().flatMap(clause -> clause.when().stream()))
                    .flatMap(part -> part)
                    .toList();
        }
    }

    /** {@code OVER (PARTITION BY a, b WHEN c)}. */
    record Over(Position at, List<Syntax> partition, Optional<Syntax> when) {}

    /** One branch of a CASE. */
    record When(Syntax condition, Syntax result) {}
}
