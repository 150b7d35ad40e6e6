package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.headgate.rule.api.FunctionHelp;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.FunctionProvider;
import org.headgate.rule.functions.Signature;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    private final Functions functions = new Functions(new SimulatedSystem(7));
    private final List<String> changes = new ArrayList<>();

    @Test
    void whatABundleBringsIsThereUntilItGoes() {
        functions.onChange(() -> changes.add("changed"));
        FunctionProvider provider = () -> List.of(constant("answer()", 42));
        functions.bind(provider);
        assertThat(functions.catalog().find("ANSWER")).isPresent();
        assertThat(functions.functions())
                .anySatisfy(help -> assertThat(help)
                        .isEqualTo(new FunctionHelp(
                                "answer", FunctionHelp.Kind.SCALAR, "answer()", "a number", "answer()", "", "42")));
        functions.unbind(provider);
        assertThat(functions.catalog().find("answer")).isEmpty();
        assertThat(changes).hasSize(2);
    }

    @Test
    void aBuiltInFunctionIsNeverReplaced() {
        FunctionDefinition before = functions.catalog().find("abs").orElseThrow();
        functions.bind(() -> List.of(constant("abs(x)", 1)));
        assertThat(functions.catalog().find("abs")).containsSame(before);
    }

    @Test
    void aProviderThatThrowsChangesNothing() {
        functions.onChange(() -> changes.add("changed"));
        int before = functions.functions().size();
        FunctionProvider broken = () -> {
            throw new IllegalStateException("broken");
        };
        functions.bind(broken);
        functions.unbind(broken);
        assertThat(functions.functions()).hasSize(before);
        assertThat(changes).isEmpty();
    }

    @Test
    void everyKindIsNamed() {
        assertThat(functions.functions())
                .extracting(FunctionHelp::kind)
                .contains(FunctionHelp.Kind.values())
                .doesNotContainNull();
        assertThat(functions.functions()).extracting(FunctionHelp::name).isSorted();
    }

    private static FunctionDefinition constant(String usage, long value) {
        return new FunctionDefinition.Scalar(
                Signature.of(usage, "a number", usage, String.valueOf(value)),
                arguments -> (Expression.OfLong) frame -> {
                    frame.setNull(false);
                    return value;
                });
    }
}
