package org.headgate.rule.language;

import java.util.List;
import java.util.Optional;

/** An expression as it is written. Each node knows its place in the text. */
public sealed interface Syntax {
    /** Where the node begins; for an operator, where the operator stands. */
    Position at();

    /** {@code temperature} or {@code boiler.temperature}. */
    record Column(Position at, Optional<String> stream, String name) implements Syntax {}

    /** A whole number. */
    record IntegerLiteral(Position at, long value) implements Syntax {}

    /** A number with a fraction or an exponent. */
    record DecimalLiteral(Position at, double value) implements Syntax {}

    /** A text, without its quotes. */
    record TextLiteral(Position at, String value) implements Syntax {}

    /** true or false. */
    record BooleanLiteral(Position at, boolean value) implements Syntax {}

    /** {@code -x}. */
    record Negation(Position at, Syntax operand) implements Syntax {}

    /** {@code NOT x}. */
    record Not(Position at, Syntax operand) implements Syntax {}

    /** {@code a + b}, {@code a >= b}, {@code a AND b}. */
    record Binary(Position at, Operator operator, Syntax left, Syntax right) implements Syntax {}

    /** {@code x BETWEEN low AND high}. */
    record Between(Position at, boolean not, Syntax value, Syntax low, Syntax high) implements Syntax {}

    /** {@code x IN (a, b)}. */
    record In(Position at, boolean not, Syntax value, List<Syntax> choices) implements Syntax {}

    /** {@code x LIKE pattern}. */
    record Like(Position at, boolean not, Syntax value, Syntax pattern) implements Syntax {}

    /** {@code x IS NULL}. */
    record NullTest(Position at, boolean not, Syntax value) implements Syntax {}

    /** {@code CASE subject WHEN a THEN b ELSE c END}; without a subject the WHENs are conditions. */
    record Case(Position at, Optional<Syntax> subject, List<When> whens, Optional<Syntax> otherwise)
            implements Syntax {}

    /** {@code name(arguments)}; {@code star} for {@code count(*)}. */
    record Call(Position at, String name, List<Syntax> arguments, boolean star) implements Syntax {}

    /** One branch of a CASE. */
    record When(Syntax condition, Syntax result) {}
}
