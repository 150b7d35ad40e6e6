package org.headgate.commands.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.console.api.Dialogue;
import org.headgate.console.api.UsageException;
import org.headgate.console.api.kit.Console;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.api.RuleReader;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.RuleStatus.State;
import org.headgate.rule.api.Rules;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class RuleCommandsTest {
    private static final String HOT = "headgate.rule-hot.cfg";
    private static final String SQL = "SELECT t FROM boiler WHERE name = 'a  b'";
    private static final Schema SCHEMA = Schema.of(new Column("t", Type.DOUBLE, "Cel"));

    private final Console console = new Console();
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final MemoryConfigurations files = new MemoryConfigurations();
    private final FakeBus bus = new FakeBus();
    private final Rules rules = this::running;
    private final RuleReader reader = RuleCommandsTest::read;
    private final RuleEdits edits = new RuleEdits(files, rules, reader, system);
    private State state = State.RUNNING;

    /** An engine that runs what stands in the files. */
    private List<RuleStatus> running() {
        List<RuleStatus> all = new ArrayList<>();
        for (String name : edits().files().names()) {
            String sql = edits().files().value(name, "sql").orElse("");
            all.add(new RuleStatus(name, sql, edits().files().isEnabled(name) ? state : State.DISABLED, "", 7, 3, 0));
        }
        return all;
    }

    private RuleEdits edits() {
        return edits;
    }

    private static RuleReader.Reading read(String sql) {
        int from = sql.indexOf("FROM ");
        return from < 0
                ? new RuleReader.Reading(Optional.empty(), Optional.of("line 1, column 8: expected FROM"))
                : new RuleReader.Reading(Optional.of(sql.substring(from + 5).split("\\s")[0]), Optional.empty());
    }

    private RuleAddCommand add() {
        return new RuleAddCommand(edits, bus);
    }

    @Test
    void aRuleIsAddedWithItsTextAsTypedAndItsStateIsTold() throws Exception {
        assertThat(console.run(add(), "hot", SQL)).isEqualTo("rule hot is added (revision 1)\nhot: RUNNING\n");
        assertThat(files.values(HOT)).isEqualTo(Map.of("sql", SQL));
        assertThat(files.changes().get(0).by()).isEqualTo("admin");
        assertThat(add().verbatimFrom()).isEqualTo(1);
    }

    /** What a program hands over in one word or in several, and what a person puts into quotes of his own. */
    @Test
    void theTextMayComeInOneWordInSeveralOrInQuotes() throws Exception {
        console.run(add(), "one", "'" + SQL + "'");
        console.run(add(), "two", "SELECT", "t", "FROM", "boiler");
        assertThat(files.value("headgate.rule-one.cfg", "sql")).contains(SQL);
        assertThat(files.value("headgate.rule-two.cfg", "sql")).contains("SELECT t FROM boiler");
    }

    @Test
    void aRuleThatWaitsSaysForWhatAndOneThatIsSwitchedOffSaysSo() throws Exception {
        state = State.WAITING_FOR_STREAM;
        assertThat(console.run(add(), "hot", SQL))
                .endsWith("hot: WAITING_FOR_STREAM, until the first row of boiler comes\n");
        assertThat(console.run(add(), "cold", "--disabled", SQL)).endsWith("cold: DISABLED\n");
        assertThat(files.value("headgate.rule-cold.cfg", "enabled")).contains("false");
    }

    @Test
    void whatIsWrongIsRefusedBeforeAnythingIsWritten() throws Exception {
        assertThat(console.run(add(), "hot", "SELECT t FORM boiler"))
                .isEqualTo("error: line 1, column 8: expected FROM\n");
        assertThat(console.status()).isEqualTo(1);
        assertThatThrownBy(() -> console.run(add(), "Hot", SQL))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Hot cannot be a name (expected: a-z first");
        assertThatThrownBy(() -> console.run(add(), "hot")).hasMessageStartingWith("missing SQL");
        files.refuse(List.of("headgate.rule-hot.cfg: unknown stream"));
        assertThat(console.run(add(), "hot", SQL)).isEqualTo("error: headgate.rule-hot.cfg: unknown stream\n");
        files.refuse(List.of());
        console.run(add(), "hot", SQL);
        assertThat(console.run(add(), "hot", SQL))
                .startsWith("error: there is a rule hot already: rule:edit or rule:set");
        assertThat(files.changes()).hasSize(1);
    }

    @Test
    void setTakesKeysAndBehindSqlTheRestOfTheLine() throws Exception {
        console.run(add(), "hot", SQL);
        RuleSetCommand set = new RuleSetCommand(edits);
        console.run(set, "hot", "enabled=false sql=SELECT t FROM boiler WHERE a = 'x=y' AND b  > 1");
        assertThat(files.values(HOT))
                .isEqualTo(Map.of("sql", "SELECT t FROM boiler WHERE a = 'x=y' AND b  > 1", "enabled", "false"));
        console.run(set, "hot", "enabled=");
        assertThat(files.values(HOT)).containsOnlyKeys("sql");
        console.run(set, "hot", "state=checkpoint 10s actions='log, device:a/b'");
        assertThat(files.value(HOT, "state")).contains("checkpoint 10s");
        assertThat(files.value(HOT, "actions")).contains("log, device:a/b");
        console.run(set, "hot", "state= actions=");
        console.run(set, "hot", "sql=\"" + SQL + "\"");
        assertThat(files.value(HOT, "sql")).contains(SQL);
        assertThat(console.run(set, "hot", "sql=nonsense")).startsWith("error: line 1, column 8");
        assertThat(console.run(set, "hott", "enabled=true"))
                .isEqualTo("error: no rule hott; did you mean hot? rule:list shows them\n");
        assertThatThrownBy(() -> console.run(set, "hot", "fast")).hasMessage("fast (expected: key=value)");
    }

    @Test
    void aRuleIsSwitchedOffAndOnAndRemovedNamingItsReaders() throws Exception {
        console.run(add(), "hot", SQL);
        console.run(add(), "second", "SELECT t FROM hot");
        files.with("headgate.uplink-cloud.cfg", Map.of("streams", "x, h*"));
        assertThat(console.run(new RuleDisableCommand(edits), "hot"))
                .isEqualTo("rule hot is switched off (revision 3)\nhot: DISABLED\n");
        assertThat(console.run(new RuleEnableCommand(edits), "hot")).endsWith("hot: RUNNING\n");
        assertThat(console.run(new RuleRemoveCommand(files, edits), "hot", "--yes"))
                .isEqualTo("rule hot is removed; who reads it gets nothing any more: rule:second, uplink:cloud"
                        + " (revision 5)\n");
        assertThat(files.files()).doesNotContain(HOT);
        assertThat(console.run(new RuleRemoveCommand(files, edits), "hot"))
                .isEqualTo("error: no rule hot; rule:list shows them\n");
    }

    @Test
    void aRuleThatIsReadIsNotRemovedWhereNobodyAgrees() throws Exception {
        console.run(add(), "hot", SQL);
        console.run(add(), "second", "SELECT t FROM hot");
        RuleRemoveCommand remove = new RuleRemoveCommand(files, edits);
        assertThat(console.run(remove, "hot"))
                .isEqualTo("error: rule hot stays: rule:second reads the stream hot (expected: --yes)\n");
        assertThat(console.status()).isEqualTo(1);
        Person person = new Person();
        console.dialogue(person);
        person.answers.add("n");
        assertThat(console.run(remove, "hot")).isEqualTo("error: rule hot stays: nothing is changed\n");
        assertThat(person.asked)
                .containsExactly("rule:second reads the stream hot; remove rule hot all the same? (y/n) ");
        assertThat(files.files()).contains(HOT);
        person.answers.add("y");
        assertThat(console.run(remove, "hot")).startsWith("rule hot is removed");
        assertThat(console.run(remove, "second")).as("nobody reads it").startsWith("rule second is removed");
        assertThat(person.asked).hasSize(2);
    }

    @Test
    void infoAndStreamListTellWhatIsReadAndByWhom() throws Exception {
        console.run(add(), "hot", SQL);
        console.run(add(), "second", "SELECT t FROM hot");
        Row row = Row.builder(SCHEMA).set(0, 71.5).build(SimulatedSystem.START_NANOS, ClockState.SYNCED);
        bus.streams.put("hot", Optional.of(row));
        bus.streams.put("gateway-events", Optional.empty());
        RuleInfoCommand info = new RuleInfoCommand(rules, edits, reader, files, bus);
        assertThat(console.run(info, "hot"))
                .contains("sql           " + SQL)
                .contains("reads         boiler")
                .contains("read by       rule:second")
                .contains("rows          7 in, 3 out");
        assertThat(console.json(info, "hot", "--json").get("reads").asText()).isEqualTo("boiler");
        StreamListCommand list = new StreamListCommand(bus, new NoDevices(), rules, files, system);
        assertThat(console.run(list)).isEqualTo("""
            NAME            BY       ROWS    AGE  READERS      COLUMNS
            gateway-events  gateway     -      -
            hot             rule        3  0.0 s  rule:second  t Cel
            """);
        assertThat(console.json(list, "--json").get(1).at("/columns/0/unit").asText())
                .isEqualTo("Cel");
        assertThat(console.run(new RuleWatchCommand(edits, bus, system), "hot", "--count", "1"))
                .isEqualTo("07:00:00.000 hot t=71.5\n");
    }

    /** Whoever watches waits: for what, if nothing can come? */
    @Test
    void watchingARuleThatPutsOutNothingSaysWhy() throws Exception {
        console.run(add(), "cold", "--disabled", SQL);
        RuleWatchCommand watch = new RuleWatchCommand(edits, bus, system);
        assertThat(console.run(watch, "cold", "--for", "0s")).isEqualTo("error: cold: DISABLED\n");
        console.run(new RuleEnableCommand(edits), "cold");
        assertThat(console.run(watch, "cold", "--for", "0s")).isEmpty();
    }

    @Test
    void wordsAreCompleted() throws Exception {
        console.dialogue(Dialogue.NOBODY);
        console.run(add(), "hot", SQL);
        bus.streams.put("boiler-avg", Optional.empty());
        assertThat(add().complete(List.of("x", "SELECT", "a", "FROM"))).containsExactly("`boiler-avg`");
        assertThat(new RuleSetCommand(edits).complete(List.of("hot"))).contains("enabled=false", "sql=");
        assertThat(new RuleEditCommand(edits).complete(List.of())).containsExactly("hot");
    }
}
