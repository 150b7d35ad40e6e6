package org.headgate.rule.aggregates;

import java.util.List;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Expression;

/** What calls of these functions have in common. */
final class Arguments {
    private Arguments() {}

    /** An argument that is true or false, or may turn out to be. */
    static Expression condition(List<Expression> arguments, int index) {
        Type type = arguments.get(index).type();
        if (type != Type.BOOLEAN && type != Type.ANY) {
            throw new ArgumentException(index, "true, false or a condition");
        }
        return arguments.get(index);
    }

    /** An argument that is an integer, or may turn out to be one. */
    static Expression whole(List<Expression> arguments, int index) {
        Type type = arguments.get(index).type();
        if (type != Type.LONG && type != Type.ANY) {
            throw new ArgumentException(index, "a whole number");
        }
        return arguments.get(index);
    }

    /** An argument, or {@code null} where there are not so many. */
    static Expression optional(List<Expression> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }
}
