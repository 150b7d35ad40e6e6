package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.rule.api.RuleStatus.State;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.RuleParser;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class StateLogTest {
    private static final long SECOND = 1_000_000_000L;
    private final List<String> lines = new ArrayList<>();

    @Test
    void everyChangeOfStateIsOneLineAndWarnsWhereTheRuleDoesNotRunAsItShould() throws Exception {
        RuleProgram rule = new RuleProgram(
                "r",
                RuleParser.parse("SELECT 1 / count AS x FROM boiler"),
                Recording.FUNCTIONS,
                Inputs.NONE,
                RuleOptions.DEFAULT,
                row -> {},
                source -> new RuleEdge(source, "r"),
                new StateLog(logger(), "r"));
        row(rule, 1, 0);
        row(rule, 2, 1);
        row(rule, 0, 2);
        row(rule, 0, 3);
        row(rule, 1, 62);
        row(rule, 1, 63);
        assertThat(lines.remove(2)).startsWith("warn r DEGRADED a division by zero at Row[");
        assertThat(lines).containsExactly("info r WAITING_FOR_STREAM", "info r RUNNING", "info r RUNNING");
    }

    @Test
    void aStateThatStaysIsNotRepeated() {
        StateLog log = new StateLog(logger(), "r");
        log.now(State.INVALID, "taken");
        log.now(State.INVALID, "still taken");
        assertThat(lines).containsExactly("warn r INVALID taken");
    }

    private static void row(RuleProgram rule, long count, long second) {
        rule.row(0, Row.builder(Recording.BOILER).set(1, count).build(0, ClockState.SYNCED), second * SECOND);
    }

    /** A logger that writes down the level and the arguments. */
    private Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    lines.add(Arrays.stream(arguments)
                            .skip(1)
                            .flatMap(each -> each instanceof Object[] many ? Arrays.stream(many) : Stream.of(each))
                            .map(String::valueOf)
                            .collect(Collectors.joining(" ", method.getName() + " ", "")));
                    return null;
                });
    }
}
