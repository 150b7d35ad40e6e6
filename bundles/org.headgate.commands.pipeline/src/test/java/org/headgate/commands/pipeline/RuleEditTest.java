package org.headgate.commands.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Change;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.console.api.kit.Console;
import org.headgate.rule.api.RuleReader;
import org.headgate.rule.api.RuleStatus;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text that somebody typed is written, or kept: never lost, and never in place of what somebody else has written. */
class RuleEditTest {
    private static final String HOT = "headgate.rule-hot.cfg";
    private static final String SQL = "SELECT t FROM boiler WHERE t > 80";

    private final Console console = new Console();
    private final MemoryConfigurations files = new MemoryConfigurations();
    private final Person person = new Person();
    private final RuleEdits edits = new RuleEdits(files, this::running, RuleEditTest::read, new SimulatedSystem(1));
    private final RuleEditCommand edit = new RuleEditCommand(edits);

    @BeforeEach
    void aRule() {
        files.with(HOT, Map.of("sql", SQL));
    }

    private List<RuleStatus> running() {
        List<RuleStatus> all = new ArrayList<>();
        for (String file : files.files()) {
            String sql = files.value(file, "sql").orElse("");
            all.add(new RuleStatus("hot", sql, RuleStatus.State.RUNNING, "", 7, 3, 0));
        }
        return all;
    }

    private static RuleReader.Reading read(String sql) {
        return sql.contains("FROM ")
                ? new RuleReader.Reading(Optional.of("boiler"), Optional.empty())
                : new RuleReader.Reading(Optional.empty(), Optional.of("line 1, column 8: expected FROM"));
    }

    @Test
    void asksAgainWithTheTextAsItWasLeft() throws Exception {
        assertThat(console.run(edit, "hot")).contains("nobody is there to edit").contains("rule:set hot sql=");
        console.dialogue(person);
        person.saves.add(Optional.of("SELECT t\nFORM boiler\n"));
        person.saves.add(Optional.of("SELECT t -- the temperature\nFROM boiler\n"));
        person.saves.add(Optional.of("SELECT t\n  FROM boiler\n"));
        person.answers.addAll(List.of("y", "yes"));
        assertThat(console.run(edit, "hot")).isEqualTo("""
            error: line 1, column 8: expected FROM
            error: -- would hide what follows when the text stands on one line (expected: /* ... */)
            rule hot is changed (revision 1)
            hot: RUNNING
            """);
        assertThat(person.opened.get(0)).isEqualTo("hot.sql: " + SQL + "\n");
        assertThat(person.opened.get(1)).isEqualTo("hot.sql: SELECT t\nFORM boiler\n");
        assertThat(person.asked.get(0)).isEqualTo("edit again? (y/n) ");
        assertThat(files.value(HOT, "sql")).contains("SELECT t FROM boiler");
    }

    @Test
    void leavesEverythingAsItWasWhenItIsGivenUp() throws Exception {
        console.dialogue(person);
        person.saves.add(Optional.empty());
        assertThat(console.run(edit, "hot")).isEqualTo("left without saving: nothing is changed\n");
        assertThat(console.status()).isZero();
        assertThat(files.changes()).isEmpty();
    }

    @Test
    void aRefusedTextIsOfferedTheNextTimeUntilItIsWritten() throws Exception {
        console.dialogue(person);
        person.saves.add(Optional.of("nonsense"));
        person.answers.add("n");
        assertThat(console.run(edit, "hot"))
                .endsWith("error: nothing is changed; your text is kept, rule:edit hot offers it\n");
        assertThat(console.status()).isEqualTo(1);
        person.saves.add(Optional.of("SELECT t FROM boiler"));
        person.answers.add("y");
        console.run(edit, "hot");
        assertThat(person.asked)
                .last()
                .isEqualTo("a text of yours for rule hot was not written; go on with it? (y/n) ");
        assertThat(person.opened).last().isEqualTo("hot.sql: nonsense");
        person.saves.add(Optional.empty());
        console.run(edit, "hot");
        assertThat(person.asked).as("it is written").hasSize(2);
    }

    /** The terminal is gone, or somebody presses Ctrl-C. */
    @Test
    void aTextIsKeptWhenThePersonGoesInTheMiddle() throws Exception {
        console.dialogue(person);
        person.saves.add(Optional.of("nonsense"));
        console.run(edit, "hot");
        person.saves.add(Optional.empty());
        person.answers.add("y");
        console.run(edit, "hot");
        assertThat(person.opened).last().isEqualTo("hot.sql: nonsense");
    }

    @Test
    void whatSomebodyElseWroteMeanwhileStays() throws Exception {
        console.dialogue(person);
        person.meanwhile = () -> files.put(HOT, "sql", "SELECT other FROM boiler");
        person.saves.add(Optional.of("SELECT mine FROM boiler"));
        assertThat(console.run(edit, "hot")).isEqualTo("""
            error: rule hot was changed meanwhile (rule:info hot shows it): nothing is written
            error: your text is kept, rule:edit hot offers it
            """);
        assertThat(console.status()).isEqualTo(1);
        assertThat(files.value(HOT, "sql")).contains("SELECT other FROM boiler");
        assertThat(files.changes()).isEmpty();
        person.meanwhile = () -> {};
        person.answers.add("y");
        person.saves.add(Optional.of("SELECT mine, other FROM boiler"));
        assertThat(console.run(edit, "hot")).startsWith("rule hot is changed");
        assertThat(person.opened).last().isEqualTo("hot.sql: SELECT mine FROM boiler");
    }

    @Test
    void aRuleThatSomebodyRemovedMeanwhileDoesNotComeBack() throws Exception {
        console.dialogue(person);
        person.meanwhile = () -> {
            try {
                files.change(Change.by("other", "rule:remove hot").remove(HOT));
            } catch (IOException never) {
                throw new UncheckedIOException(never);
            }
        };
        person.saves.add(Optional.of("SELECT mine\nFROM boiler"));
        assertThat(console.run(edit, "hot"))
                .startsWith("rule:add hot SELECT mine FROM boiler\nerror: rule hot was removed meanwhile");
        assertThat(files.files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '|',
            value = {
                "^SELECT 'a -- b' AS t\nFROM boiler^ | false",
                "^SELECT 'a \\' -- b' AS t\nFROM boiler^ | false",
                "^SELECT \"a -- b\" AS t\nFROM boiler^ | false",
                "^SELECT `a--b`\nFROM boiler^ | false",
                "^SELECT t /* a\n-- b */\nFROM boiler^ | false",
                "^SELECT t\nFROM boiler -- all of it\n-- and no more\n^ | false",
                "^SELECT t -- it's\nFROM boiler^ | true",
                "^-- what is hot\nSELECT t FROM boiler^ | true",
                "^SELECT 'a' -- 'b\nFROM boiler^ | true",
            })
    void aCommentIsToldFromWhatLooksLikeOne(String text, boolean hides) {
        assertThat(RuleText.hides(text)).isEqualTo(hides);
    }
}
