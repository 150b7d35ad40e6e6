package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Commands;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.stream.api.Publisher;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class RuleActionsTest {
    private static final Schema LIGHT = Schema.of(Column.of("count", Type.LONG), Column.of("light", Type.BOOLEAN));

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final FakeBus bus = new FakeBus(system);
    private final List<String> written = new ArrayList<>();
    private final Publisher rule = bus.publisher("dusk");
    private final Commands commands = new Commands() {
        @Override
        public CompletionStage<CommandResult> submit(Command command) {
            written.add(command.origin() + " " + command.name() + " " + command.argument("device") + "/"
                    + command.argument("channel") + "=" + command.argument("value"));
            return CompletableFuture.completedFuture(CommandResult.done(command, ""));
        }

        @Override
        public List<String> names() {
            return List.of("device.write");
        }
    };

    private RuleActions actions(String... pairs) {
        Map<String, Object> properties = new HashMap<>(Map.of(Instance.NAME, "dusk", Instance.FILE, "f"));
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            keys.add(pairs[i]);
            properties.put(pairs[i], pairs[i + 1]);
        }
        properties.put(Instance.KEYS, keys.toArray(String[]::new));
        return new RuleActions(properties, bus, commands);
    }

    private void publish(boolean light) {
        rule.publish(Row.builder(LIGHT).set(0, 7L).set(1, light).build(0, ClockState.SYNCED));
        system.run();
    }

    @Test
    void eachRowIsWrittenToItsDeviceUntilTheRuleGoes() {
        RuleActions actions = actions("actions", "device:lamp/light, log");
        publish(true);
        publish(false);
        assertThat(written)
                .containsExactly("rule:dusk device.write lamp/light=true", "rule:dusk device.write lamp/light=false");
        actions.close();
        publish(true);
        assertThat(written).hasSize(2);
    }

    @Test
    void aRuleWithoutActionsOrSwitchedOffListensToNothing() {
        actions();
        actions("actions", "");
        actions("actions", "device:lamp/light", "enabled", "false");
        assertThat(bus.subscriptions("dusk")).isZero();
    }

    @Test
    void whatHasNoValueIsNotWritten() {
        actions("actions", "device:lamp/light");
        rule.publish(Row.builder(LIGHT).set(0, 7L).bad(1).build(0, ClockState.SYNCED));
        system.run();
        assertThat(written).isEmpty();
        publish(true);
        assertThat(written).hasSize(1);
    }

    @Test
    void theOnlyColumnNeedsNoName() {
        Action action = new Action("lamp", "bell");
        Schema one = Schema.of(Column.of("x", Type.DOUBLE));
        assertThat(action.write(Row.builder(one).set(0, 1.5).build(0, ClockState.SYNCED)))
                .containsEntry("value", "1.5");
        assertThatThrownBy(() ->
                        action.write(Row.builder(LIGHT).set(0, 7L).set(1, true).build(0, ClockState.SYNCED)))
                .hasMessage("device:lamp/bell: the rule has no column bell (name one: SELECT ... AS bell)");
    }

    @Test
    void wrongActionsAreNamed() {
        for (String wrong : List.of("lamp/light", "device:lamp", "device:/light", "device:lamp/", "logs")) {
            Settings settings = new Settings(Map.of("actions", "log," + wrong));
            assertThat(Action.of(settings)).hasSize(1);
            assertThat(settings.problems().get(0).toString())
                    .contains("expected: device:NAME/CHANNEL or log", "not " + wrong);
        }
    }
}
