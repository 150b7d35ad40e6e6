package org.headgate.rule.aggregates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples that users see give what they promise. */
class ExamplesTest {
    static List<Signature> examples() {
        return Stream.concat(Aggregates.all().stream(), Analytics.all().stream())
                .map(FunctionDefinition::signature)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachExampleGivesItsResult(Signature signature) {
        Sheet sheet = new Sheet(signature.example(), signature.input());
        assertThat(sheet.results()).isEqualTo(signature.result());
        assertThat(sheet.frame.failures()).isZero();
    }

    @Test
    void noNameIsTakenTwice() {
        assertThat(examples().stream().map(Signature::name)).doesNotHaveDuplicates();
    }
}
