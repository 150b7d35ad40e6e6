package org.headgate.rule.functions;

import java.util.function.Predicate;
import org.headgate.data.api.Row;

/**
 * A condition that the row alone decides, that never fails and is never null, such as a column beside a constant. Who only wants to know
 * that asks {@link #test}, and most rows of most rules need no frame at all.
 */
public record RowCondition(Predicate<Row> test) implements Expression.OfBoolean {
    @Override
    public boolean evalBoolean(Frame frame) {
        frame.setNull(false);
        return test.test(frame.row());
    }

    /** Both. */
    public RowCondition and(RowCondition other) {
        Predicate<Row> left = test;
        Predicate<Row> right = other.test;
        return new RowCondition(row -> left.test(row) && right.test(row));
    }
}
