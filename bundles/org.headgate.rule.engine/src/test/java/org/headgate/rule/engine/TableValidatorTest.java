package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.headgate.config.api.FileName;
import org.headgate.config.api.SetUp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableValidatorTest {
    private final SortedMap<String, SetUp.Contents> files = new TreeMap<>();

    @BeforeEach
    void devices() {
        put("device", "boiler", "driver", "simulator");
        put("rule", "hot", "sql", "SELECT * FROM boiler");
    }

    @Test
    void aTableOfAFileOrOfDevicesIsRight() {
        assertThat(problems("plants", "file", "plants.csv", "key", "id", "columns", "id:LONG, name:STRING"))
                .isEmpty();
        assertThat(problems("plants", "device", "boiler")).isEmpty();
        assertThat(problems("plants", "devices", "*")).isEmpty();
    }

    @Test
    void aNameThatAStreamHasIsWrong() {
        for (String taken : List.of("boiler", "hot")) {
            assertThat(problems(taken, "file", "plants.csv"))
                    .containsExactly("name: " + taken + " (expected: a name that no device or rule has)");
        }
    }

    @Test
    void aDeviceThatIsNotThereIsNamedWithTheNearest() {
        assertThat(problems("plants", "device", "boilr"))
                .containsExactly("device: boilr (expected: did you mean boiler?)");
    }

    @Test
    void settingsThatNobodyReadsOrThatDoNotFitAreWrong() {
        assertThat(problems("plants", "file", "plants.csv", "keys", "id"))
                .containsExactly("keys: id (expected: did you mean key?)");
        assertThat(problems("plants", "file", "plants.csv", "device", "boiler")).hasSize(1);
        assertThat(problems("plants", "file", "plants.csv", "columns", "id:LONG, id:STRING"))
                .hasSize(1);
    }

    @Test
    void aRuleDoesNotTakeATablesNameNorReadItAsAStream() {
        put("table", "plants", "file", "plants.csv");
        RuleValidator rules = new RuleValidator(new OneDevice(), Recording.functions());
        put("rule", "plants", "sql", "SELECT * FROM boiler");
        SetUp whole = new SetUp(files);
        assertThat(rules.problems(whole.instance("rule", "plants").orElseThrow(), whole))
                .containsExactly("name: plants (expected: a name that no table has)");
        files.remove(FileName.of("rule", "plants").file());
        put("rule", "reads", "sql", "SELECT * FROM plants");
        put("rule", "joins", "sql", "SELECT * FROM boiler LEFT JOIN plants ON boiler.id = plants.id");
        whole = new SetUp(files);
        assertThat(rules.problems(whole.instance("rule", "reads").orElseThrow(), whole))
                .containsExactly("line 1, column 15: expected a stream, found the table plants (write it behind JOIN)");
        assertThat(rules.problems(whole.instance("rule", "joins").orElseThrow(), whole))
                .isEmpty();
    }

    private List<String> problems(String name, String... keysAndValues) {
        put("table", name, keysAndValues);
        SetUp whole = new SetUp(files);
        return new TableValidator().problems(whole.instance("table", name).orElseThrow(), whole);
    }

    private void put(String kind, String name, String... keysAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        files.put(FileName.of(kind, name).file(), new SetUp.Contents(values, Optional.empty()));
    }
}
