package org.headgate.rule.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;

/** {@code array_map}: a function applied to each element. */
final class ArrayMap {
    private ArrayMap() {}

    static FunctionDefinition of(List<FunctionDefinition> functions) {
        return Define.of(
                        "array_map(function, a)",
                        "an array of what a function of one value makes of each element",
                        "array_map('abs', a)",
                        "{\"a\": [3, -1]}",
                        "[3,1]")
                .takes(Kind.TEXT, Kind.ARRAY)
                .object(Type.ARRAY, () -> {
                    Element element = new Element();
                    Applied applied = new Applied();
                    return (frame, v) -> {
                        Expression function = applied.of(frame, functions, (String) v[0], element);
                        return function == null ? null : mapped(frame, function, element, ArrayFunctions.list(v[1]));
                    };
                });
    }

    private static Object mapped(Frame frame, Expression function, Element element, List<?> array) {
        List<Object> all = new ArrayList<>();
        long failures = frame.failures();
        for (Object value : array) {
            element.value = value;
            all.add(function.evalObject(frame));
            if (frame.failures() != failures) {
                return null;
            }
        }
        frame.setNull(false);
        return all;
    }

    /** The function of a call, compiled again when another name comes, which a literal's does not. */
    private static final class Applied {
        private String name = "";
        private Expression compiled;

        Expression of(Frame frame, List<FunctionDefinition> functions, String wanted, Element element) {
            if (compiled == null || !wanted.equals(name)) {
                name = wanted;
                compiled = compile(frame, functions, wanted.toLowerCase(Locale.ROOT), element);
            }
            return compiled;
        }

        private static Expression compile(
                Frame frame, List<FunctionDefinition> functions, String wanted, Element element) {
            for (FunctionDefinition function : functions) {
                if (function.name().equals(wanted) && function instanceof FunctionDefinition.Scalar scalar) {
                    try {
                        return scalar.compiler().compile(List.of(element));
                    } catch (ArgumentException wrong) {
                        return Values.wrong(frame, "a function of one value", wanted);
                    }
                }
            }
            return Values.wrong(frame, "a function of one value", wanted);
        }
    }

    /** The element that is looked at. */
    private static final class Element implements Expression.OfAny {
        private Object value;

        @Override
        public Object evalObject(Frame frame) {
            frame.setNull(value == null);
            return value;
        }
    }
}
