package org.headgate.rule.reduce;

import java.util.List;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Reduction;
import org.headgate.rule.functions.Signature;

/** The reducing conditions. */
public final class Reductions {
    private Reductions() {}

    /** deadband. */
    public static List<FunctionDefinition> all() {
        return List.of(new FunctionDefinition.Reducing(
                Signature.of(
                        "deadband(x, d)",
                        "whether x differs by more than d from its value in the last row that was let through",
                        "deadband(x, 0.5)",
                        "{\"x\": 1} {\"x\": 1.4} {\"x\": 1.6}",
                        "1 1.6"),
                Reductions::deadband));
    }

    private static Reduction deadband(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 2, "deadband(x, d)");
        return new Deadband(FunctionDefinition.number(arguments, 0), FunctionDefinition.number(arguments, 1));
    }
}
