package org.headgate.rule.reduce;

import java.util.List;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;

/** Rows with one number, and the arguments of a function over them. */
final class Series {
    static final Schema SCHEMA = Schema.of(new Column("x", Type.DOUBLE, ""), new Column("d", Type.DOUBLE, ""));
    static final Expression X = column(0);
    static final Expression D = column(1);

    private Series() {}

    private static Expression column(int index) {
        return (Expression.OfDouble) frame -> {
            frame.setNull(frame.row().isNull(index));
            return frame.row().asDouble(index);
        };
    }

    static Expression number(double value) {
        return (Expression.OfDouble) frame -> {
            frame.setNull(false);
            return value;
        };
    }

    static Expression whole(long value) {
        return (Expression.OfLong) frame -> {
            frame.setNull(false);
            return value;
        };
    }

    static Expression text(String value) {
        return (Expression.OfText) frame -> {
            frame.setNull(value == null);
            return value;
        };
    }

    static Expression flag() {
        return (Expression.OfBoolean) frame -> true;
    }

    static Row row(long nanos, Double... numbers) {
        RowBuilder row = Row.builder(SCHEMA);
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != null) {
                row.set(i, numbers[i].doubleValue());
            }
        }
        return row.build(nanos, ClockState.SYNCED);
    }

    /** Puts a row into the frame, which comes when it was made. */
    static Frame enter(Frame frame, Row row) {
        frame.enter(row);
        frame.now(row.timeNanos());
        return frame;
    }

    static FunctionDefinition function(String name) {
        return Reductions.all().stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Object compile(String name, Expression... arguments) {
        List<Expression> list = List.of(arguments);
        FunctionDefinition function = function(name);
        if (function instanceof FunctionDefinition.Reducing reducing) {
            return reducing.compiler().compile(list);
        }
        if (function instanceof FunctionDefinition.Delaying delaying) {
            return delaying.compiler().compile(list);
        }
        return ((FunctionDefinition.Analytic) function)
                .compiler()
                .compile(list)
                .trackers()
                .get();
    }
}
