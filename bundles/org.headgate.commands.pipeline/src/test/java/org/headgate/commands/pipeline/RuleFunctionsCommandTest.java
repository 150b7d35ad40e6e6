package org.headgate.commands.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.headgate.console.api.kit.Console;
import org.headgate.rule.api.FunctionHelp;
import org.junit.jupiter.api.Test;

class RuleFunctionsCommandTest {
    private final Console console = new Console();
    private final RuleFunctionsCommand command = new RuleFunctionsCommand(() -> List.of(
            new FunctionHelp(
                    "avg", FunctionHelp.Kind.AGGREGATE, "avg(x)", "the average", "avg(x)", "{\"x\": 1} {}", "1"),
            new FunctionHelp(
                    "round", FunctionHelp.Kind.SCALAR, "round(x [, n])", "the nearest", "round(2.5)", "", "3")));

    @Test
    void listsAllOrThoseThatContainAPartOfAName() throws Exception {
        assertThat(console.run(command)).isEqualTo("""
                        FUNCTION        KIND       WHAT IT GIVES
                        avg(x)          AGGREGATE  the average
                        round(x [, n])  SCALAR     the nearest
                        """);
        assertThat(console.run(command, "oun").lines()).hasSize(2);
        assertThat(console.json(command, "--json")).hasSize(2);
    }

    @Test
    void showsOneWithItsExampleInAnyCase() throws Exception {
        assertThat(console.run(command, "AVG")).isEqualTo("""
                        function      avg(x)
                        kind          AGGREGATE
                        gives         the average
                        example       avg(x)
                        on rows       {"x": 1} {}
                        result        1
                        """);
        assertThat(console.json(command, "round", "--json").get("result").asText())
                .isEqualTo("3");
    }

    @Test
    void namesTheNearestOneOfAnUnknownName() throws Exception {
        assertThat(console.run(command, "rouned"))
                .isEqualTo("error: no function rouned; did you mean round? rule:functions shows them\n");
    }
}
