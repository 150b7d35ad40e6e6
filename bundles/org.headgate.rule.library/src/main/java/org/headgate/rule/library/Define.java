package org.headgate.rule.library;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Signature;

/** Defines a function of boxed values: what it takes, what it makes of a null, what it computes. */
final class Define {
    private final Signature signature;
    private final List<Kind> kinds = new ArrayList<>();
    private int least;
    private boolean repeats;
    private boolean seesNulls;
    private Object ofNull;

    private Define(Signature signature) {
        this.signature = signature;
    }

    /** What a function computes from its converted arguments; {@code null} for null, which it may have {@link Frame#fail explained}. */
    @FunctionalInterface
    interface Body {
        Object apply(Frame frame, Object[] values);
    }

    /** A function whose example needs no columns. */
    static Define of(String usage, String summary, String example, String result) {
        return new Define(Signature.of(usage, summary, example, result));
    }

    /** A function with an example on rows. */
    static Define of(String usage, String summary, String example, String input, String result) {
        return new Define(Signature.of(usage, summary, example, input, result));
    }

    /** The same function under another name. */
    static FunctionDefinition alias(String name, FunctionDefinition original) {
        Signature of = original.signature();
        Signature signature = new Signature(
                name,
                of.usage().replaceFirst(of.name(), name),
                of.summary() + "; the same as " + of.name(),
                of.example().replace(of.name() + "(", name + "("),
                of.input(),
                of.result());
        return new FunctionDefinition.Scalar(signature, ((FunctionDefinition.Scalar) original).compiler());
    }

    /** Arguments that have to be there. */
    Define takes(Kind... more) {
        kinds.addAll(List.of(more));
        least = kinds.size();
        return this;
    }

    /** Arguments that may be left out. */
    Define optional(Kind... more) {
        kinds.addAll(List.of(more));
        return this;
    }

    /** Any number of further arguments, none included. */
    Define more(Kind kind) {
        kinds.add(kind);
        repeats = true;
        return this;
    }

    /** What comes out when an argument is null, instead of null. */
    Define ofNull(Object value) {
        ofNull = value;
        return this;
    }

    /** The body gets nulls and decides itself. */
    Define seesNulls() {
        seesNulls = true;
        return this;
    }

    FunctionDefinition text(Body body) {
        return text(() -> body);
    }

    /** A function that keeps something for each call in a rule, such as what it has compiled; used by one thread at a time. */
    FunctionDefinition text(Supplier<Body> bodies) {
        return scalar(arguments -> {
            Call call = call(arguments, bodies.get());
            return (Expression.OfText) frame -> (String) call.apply(frame);
        });
    }

    FunctionDefinition flag(Body body) {
        return flag(() -> body);
    }

    FunctionDefinition flag(Supplier<Body> bodies) {
        return scalar(arguments -> {
            Call call = call(arguments, bodies.get());
            return (Expression.OfBoolean) frame -> call.apply(frame) instanceof Boolean flag && flag;
        });
    }

    FunctionDefinition whole(Body body) {
        return scalar(arguments -> {
            Call call = call(arguments, body);
            return (Expression.OfLong) frame -> call.apply(frame) instanceof Number number ? number.longValue() : 0;
        });
    }

    FunctionDefinition number(Body body) {
        return scalar(arguments -> {
            Call call = call(arguments, body);
            return (Expression.OfDouble) frame -> call.apply(frame) instanceof Number number ? number.doubleValue() : 0;
        });
    }

    FunctionDefinition any(Body body) {
        return object(Type.ANY, body);
    }

    FunctionDefinition any(Supplier<Body> bodies) {
        return object(Type.ANY, bodies);
    }

    /** A function whose result is bytes, an array or a struct, or of any type. */
    FunctionDefinition object(Type type, Body body) {
        return object(type, () -> body);
    }

    FunctionDefinition object(Type type, Supplier<Body> bodies) {
        return scalar(arguments -> new Boxed(type, call(arguments, bodies.get())));
    }

    FunctionDefinition scalar(FunctionDefinition.ScalarCompiler compiler) {
        return new FunctionDefinition.Scalar(signature, compiler);
    }

    private Call call(List<Expression> arguments, Body body) {
        FunctionDefinition.count(arguments, least, repeats ? Integer.MAX_VALUE : kinds.size(), signature.usage());
        Kind[] each = new Kind[arguments.size()];
        for (int i = 0; i < each.length; i++) {
            each[i] = kinds.get(Math.min(i, kinds.size() - 1));
            if (!each[i].takes(arguments.get(i).type())) {
                throw new ArgumentException(i, each[i].words());
            }
        }
        return new Call(arguments.toArray(Expression[]::new), each, seesNulls, ofNull, body);
    }

    private record Call(Expression[] arguments, Kind[] kinds, boolean seesNulls, Object ofNull, Body body) {
        Object apply(Frame frame) {
            Object[] values = new Object[arguments.length];
            for (int i = 0; i < values.length; i++) {
                Object value = arguments[i].evalObject(frame);
                if (value != null) {
                    values[i] = kinds[i].convert(frame, value);
                    if (values[i] == null) {
                        return null;
                    }
                } else if (!seesNulls) {
                    frame.setNull(ofNull == null);
                    return ofNull;
                }
            }
            frame.setNull(false);
            Object result = body.apply(frame, values);
            if (result == null) {
                frame.setNull(true);
            }
            return frame.isNull() ? null : result;
        }
    }

    private record Boxed(Type type, Call call) implements Expression.OfObject {
        @Override
        public Object evalObject(Frame frame) {
            return call.apply(frame);
        }
    }
}
