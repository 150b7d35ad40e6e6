package org.headgate.rule.library;

import java.util.Optional;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** Arguments that are known before there is a row. */
final class Constant {
    private Constant() {}

    /** The text of a literal; empty for what depends on a row, which has none here to ask. */
    static Optional<String> text(Expression expression) {
        try {
            return expression.evalObject(new Frame()) instanceof String text ? Optional.of(text) : Optional.empty();
        } catch (RuntimeException wantsRow) {
            return Optional.empty();
        }
    }
}
