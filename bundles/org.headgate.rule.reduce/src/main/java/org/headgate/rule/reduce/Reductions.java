package org.headgate.rule.reduce;

import java.util.List;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Reduction;

/** The reducing conditions. */
public final class Reductions {
    private Reductions() {}

    /** deadband. */
    public static List<FunctionDefinition> all() {
        return List.of(new FunctionDefinition.Reducing("deadband", "deadband(x, d)", Reductions::deadband));
    }

    private static Reduction deadband(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 2, "deadband(x, d)");
        return new Deadband(FunctionDefinition.number(arguments, 0), FunctionDefinition.number(arguments, 1));
    }
}
