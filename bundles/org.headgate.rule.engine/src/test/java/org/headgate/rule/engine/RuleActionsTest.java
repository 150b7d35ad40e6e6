package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
import org.headgate.rule.api.RuleStatus;
import org.headgate.stream.api.Publisher;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class RuleActionsTest {
    private static final Schema PANEL = Schema.of(Column.of("n", Type.LONG), Column.of("button", Type.BOOLEAN));
    private static final String SQL = "SELECT n, button AS light FROM panel";

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final FakeBus bus = new FakeBus(system);
    private final Publisher panel = bus.publisher("panel");
    private final List<String> written = new ArrayList<>();
    private final List<CompletableFuture<CommandResult>> unanswered = new ArrayList<>();
    private boolean answers = true;
    private int refusals;
    private final RuleEngine engine =
            new RuleEngine(bus, system, system, system, new MemoryStorage(), Recording.functions(), new Commands() {
                @Override
                public CompletionStage<CommandResult> submit(Command command) {
                    if (refusals > 0) {
                        refusals--;
                        return CompletableFuture.completedFuture(
                                CommandResult.refused(command, TOO_MANY + ": at most 10/s"));
                    }
                    written.add(command.origin() + " " + command.argument("device") + "/" + command.argument("channel")
                            + "=" + command.argument("value"));
                    CompletableFuture<CommandResult> answer = new CompletableFuture<>();
                    if (answers) {
                        answer.complete(CommandResult.done(command, ""));
                    } else {
                        unanswered.add(answer);
                    }
                    return answer;
                }

                @Override
                public List<String> names() {
                    return List.of("device.write");
                }
            });

    private ActiveRule rule(String... pairs) {
        Map<String, Object> properties = new HashMap<>(Map.of(Instance.NAME, "dusk", Instance.FILE, "f"));
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            keys.add(pairs[i]);
            properties.put(pairs[i], pairs[i + 1]);
        }
        properties.put(Instance.KEYS, keys.toArray(String[]::new));
        ActiveRule rule = ActiveRule.of(Instance.of(properties));
        engine.add(rule);
        return rule;
    }

    private void press(boolean button) {
        panel.publish(Row.builder(PANEL).set(0, 7L).set(1, button).build(system.epochNanos(), ClockState.SYNCED));
        system.run();
    }

    @Test
    void eachRowIsWrittenToItsDeviceUntilTheRuleGoes() {
        ActiveRule rule = rule("sql", SQL, "actions", "device:lamp/light, log");
        press(true);
        press(false);
        assertThat(written).containsExactly("rule:dusk lamp/light=true", "rule:dusk lamp/light=false");
        engine.remove(rule);
        press(true);
        assertThat(written).hasSize(2);
    }

    @Test
    void aRuleThatDoesNotRunActsOnNothing() {
        rule("sql", SQL, "actions", "device:lamp/light", "enabled", "false");
        rule("sql", "SELECT nonsense(", "actions", "device:lamp/light");
        rule("sql", SQL, "actions", "device:lamp/light, lamp");
        rule("sql", SQL);
        assertThat(bus.subscriptions("dusk")).isZero();
    }

    @Test
    void aRuleWhoseNameIsADevicesDoesNotActOnItsRows() {
        Publisher device = bus.publisher("dusk");
        rule("sql", SQL, "actions", "device:lamp/light");
        assertThat(engine.list().get(0).state()).isEqualTo(RuleStatus.State.INVALID);
        assertThat(bus.subscriptions("dusk")).isZero();
        device.close();
    }

    @Test
    void behindAWriteThatIsUnderWayOnlyTheNewestValueWaits() {
        rule("sql", SQL, "actions", "device:lamp/light");
        answers = false;
        for (int i = 0; i < 100; i++) {
            press(i % 2 == 1);
        }
        press(false);
        assertThat(written).containsExactly("rule:dusk lamp/light=false");
        answers = true;
        unanswered.get(0).complete(CommandResult.done(Command.of("x", Map.of(), null), ""));
        system.run();
        assertThat(written).hasSize(2).last().isEqualTo("rule:dusk lamp/light=false");
    }

    @Test
    void whatIsTooManyForNowIsWrittenALittleLater() {
        rule("sql", SQL, "actions", "device:lamp/light");
        refusals = 5;
        press(true);
        assertThat(written).isEmpty();
        system.advance(Duration.ofMillis(250));
        press(false);
        system.advance(Duration.ofSeconds(5));
        assertThat(written).containsExactly("rule:dusk lamp/light=false");
    }

    @Test
    void whatHasNoValueIsNotWrittenAndTheNextOneIs() {
        rule("sql", SQL, "actions", "device:lamp/light");
        panel.publish(Row.builder(PANEL).set(0, 7L).bad(1).build(system.epochNanos(), ClockState.SYNCED));
        system.run();
        assertThat(written).isEmpty();
        press(true);
        assertThat(written).hasSize(1);
    }

    @Test
    void oneActionThatCannotBeDoesNotStopTheOthers() {
        rule("sql", SQL, "actions", "device:bell/ring, device:lamp/light");
        press(true);
        assertThat(written).containsExactly("rule:dusk lamp/light=true");
    }

    @Test
    void theOnlyColumnNeedsNoName() {
        Action action = new Action("lamp", "bell");
        Schema one = Schema.of(Column.of("x", Type.DOUBLE));
        assertThat(action.write(Row.builder(one).set(0, 1.5).build(0, ClockState.SYNCED)))
                .containsEntry("value", "1.5");
        assertThatThrownBy(() ->
                        action.write(Row.builder(PANEL).set(0, 7L).set(1, true).build(0, ClockState.SYNCED)))
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
