package org.headgate.rule.reduce;

import java.util.List;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Holding;
import org.headgate.rule.functions.Reduction;
import org.headgate.rule.functions.Signature;
import org.headgate.rule.functions.Tracking;

/** The functions that reduce a stream. */
public final class Reductions {
    private Reductions() {}

    /** deadband, heartbeat, swinging_door, hysteresis. */
    public static List<FunctionDefinition> all() {
        return List.of(
                new FunctionDefinition.Reducing(
                        Signature.of(
                                "deadband(x, d)",
                                "whether x differs by more than d from its value in the last row that was let through",
                                "deadband(x, 0.5)",
                                "{\"x\": 1} {\"x\": 1.4} {\"x\": 1.6}",
                                "1 1.6"),
                        Reductions::deadband),
                new FunctionDefinition.Reducing(
                        Signature.of(
                                "heartbeat(d)",
                                "whether no row went out for d ('60s' or milliseconds); a quiet stream repeats its newest row",
                                "heartbeat('1d')",
                                "{\"x\": 1} {\"x\": 2}",
                                "1"),
                        Reductions::heartbeat),
                new FunctionDefinition.Delaying(
                        Signature.of(
                                "swinging_door(x, d [, max_gap])",
                                "the rows between which straight lines are never more than d off; one in max_gap at least",
                                "swinging_door(x, 0.5)",
                                "{\"x\": 1} {\"x\": 1} {\"x\": 1} {\"x\": 9} {\"x\": 9}",
                                "1 1 9 9"),
                        Reductions::swingingDoor),
                new FunctionDefinition.Analytic(
                        Signature.of(
                                "hysteresis(x, low, high)",
                                "true from x > high on until x < low, false before",
                                "hysteresis(x, 5, 8)",
                                "{\"x\": 7} {\"x\": 9} {\"x\": 7} {\"x\": 4} {\"x\": 7}",
                                "false true true false false"),
                        Reductions::hysteresis));
    }

    private static Reduction deadband(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 2, "deadband(x, d)");
        return new Deadband(FunctionDefinition.number(arguments, 0), FunctionDefinition.number(arguments, 1));
    }

    private static Reduction heartbeat(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 1, "heartbeat(d)");
        return new Heartbeat(Span.argument(arguments, 0));
    }

    private static Holding swingingDoor(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 2, 3, "swinging_door(x, d [, max_gap])");
        Expression x = FunctionDefinition.number(arguments, 0);
        Expression d = FunctionDefinition.number(arguments, 1);
        return new SwingingDoor(x, d, arguments.size() > 2 ? Span.argument(arguments, 2) : null);
    }

    private static Tracking hysteresis(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 3, "hysteresis(x, low, high)");
        Expression x = FunctionDefinition.number(arguments, 0);
        Expression low = FunctionDefinition.number(arguments, 1);
        Expression high = FunctionDefinition.number(arguments, 2);
        return new Tracking(Type.BOOLEAN, false, () -> new Hysteresis(x, low, high));
    }
}
