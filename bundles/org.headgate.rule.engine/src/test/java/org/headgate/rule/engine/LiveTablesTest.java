package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Instance;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.doctor.api.Finding;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.TableStatus;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTablesTest {
    private static final Schema BOILER = Schema.of(Column.of("id", Type.LONG), Column.of("t", Type.DOUBLE));

    @TempDir
    Path home;

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final FakeBus bus = new FakeBus(system);
    private final LiveTables tables = new LiveTables(system, system, system, bus);
    private final RuleEngine engine =
            new RuleEngine(bus, system, system, system, new MemoryStorage(), Recording.functions(), tables, null);
    private final Publisher boiler = bus.publisher("boiler");
    private final OneDevice devices = new OneDevice();
    private final MemoryConfigurations configurations = new MemoryConfigurations();
    private final List<String> seen = new ArrayList<>();

    @BeforeEach
    void folder() throws IOException {
        Files.createDirectory(home.resolve("files"));
        bus.subscribe(
                "watch",
                List.of("named"),
                10,
                OverflowPolicy.DROP_OLDEST,
                (name, row) -> seen.add(row.isNull(0) ? "null" : row.object(0).toString()));
    }

    @AfterEach
    void close() {
        engine.close();
        tables.close();
    }

    @Test
    void aRuleJoinsAFileAndSeesItsEdits() throws IOException {
        write("plants.csv", "id,name\n1,north\n2,south\n");
        table("plants", "file", "plants.csv", "key", "id");
        rule("SELECT p.name AS name FROM boiler LEFT JOIN plants AS p ON boiler.id = p.id");
        wait(1);
        publish(1, 3);
        assertThat(seen).containsExactly("north", "null");
        write("plants.csv", "id,name\n1,north\n3,third\n");
        wait(3);
        publish(3, 2);
        assertThat(seen).containsExactly("north", "null", "third", "null");
        assertThat(engine.flows()).singleElement().satisfies(edge -> {
            assertThat(edge.in()).isEqualTo(4);
            assertThat(edge.imbalance()).isZero();
        });
    }

    @Test
    void aFileThatIsBeingWrittenIsNotRead() throws IOException {
        write("plants.csv", "id,name\n1,north\n");
        table("plants", "file", "plants.csv");
        wait(1);
        write("plants.csv", "id,name\n1,nor");
        wait(1);
        write("plants.csv", "id,name\n1,north-east\n2,x\n");
        wait(1);
        assertThat(tables.list().get(0).rows()).isEqualTo(1);
        wait(1);
        assertThat(tables.list().get(0).rows()).isEqualTo(2);
    }

    @Test
    void theWindowOfARuleGoesOnWhenTheTableChanges() throws IOException {
        write("plants.csv", "id,name\n1,north\n");
        table("plants", "file", "plants.csv");
        rule("SELECT count(*) AS n FROM boiler INNER JOIN plants ON boiler.id = plants.id GROUP BY COUNTWINDOW(4)");
        wait(1);
        publish(1, 2);
        write("plants.csv", "id,name\n1,north\n2,south\n");
        wait(3);
        publish(1, 2);
        assertThat(seen).containsExactly("4");
        assertThat(engine.flows()).singleElement().satisfies(edge -> {
            assertThat(edge.recovered()).isEqualTo(2);
            assertThat(edge.dropped()).containsExactly(Map.entry("stopped", 2L));
            assertThat(edge.aggregated()).isEqualTo(4);
            assertThat(edge.imbalance()).isZero();
        });
    }

    @Test
    void aWrongFileMakesTheTableAndItsRulesInvalidUntilItIsMended() throws IOException {
        table("plants", "file", "plants.csv");
        rule("SELECT count(*) AS n FROM boiler" + " LEFT JOIN plants ON boiler.id = plants.id GROUP BY COUNTWINDOW(3)");
        wait(1);
        String missing = "plants.csv: there is no such file in " + home.resolve("files");
        assertThat(status().detail()).isEqualTo("table plants: " + missing);
        assertThat(status().state()).isEqualTo(RuleStatus.State.INVALID);
        assertThat(tables.list())
                .extracting(TableStatus::name, TableStatus::source, TableStatus::state, TableStatus::detail)
                .containsExactly(tuple("plants", "file plants.csv", TableStatus.State.INVALID, missing));
        assertThat(new TablesCheck(tables).check())
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Finding.Level.FAIL));

        write("plants.csv", "id,name\n1,north\n");
        wait(3);
        assertThat(status().state()).isEqualTo(RuleStatus.State.WAITING_FOR_STREAM);
        publish(1, 2);
        write("plants.csv", "id,name\n1\n");
        wait(3);
        assertThat(status().detail()).isEqualTo("table plants: plants.csv: line 2: 1 cells (expected: 2)");
        Files.delete(home.resolve("files/plants.csv"));
        wait(3);
        assertThat(status().detail()).isEqualTo("table plants: " + missing);
        write("plants.csv", "id,name\n1,north\n2,x\n");
        wait(3);
        publish(1);
        assertThat(seen).as("the rows from before are still there").containsExactly("3");
        assertThat(new TablesCheck(tables).check()).containsExactly(Finding.ok("", "1 of 1 are there"));
    }

    @Test
    void attributesOfDevicesAreATable() {
        devices.run("boiler");
        configurations.with("headgate.device-boiler.cfg", Map.of("driver", "x", "attribute.limit", "90"));
        table("one", "device", "boiler");
        table("all", "devices", "*");
        table("none", "device", "kettle");
        rule("SELECT d.limit AS l FROM boiler LEFT JOIN all AS d ON meta(stream) = d.name");
        wait(1);
        assertThat(tables.list())
                .extracting(TableStatus::name, TableStatus::columns, TableStatus::rows, TableStatus::detail)
                .containsExactly(
                        tuple(
                                "all",
                                List.of(
                                        "name STRING",
                                        "driver STRING",
                                        "address STRING",
                                        "simulated BOOLEAN",
                                        "limit LONG"),
                                1,
                                ""),
                        tuple("none", List.of(), 0, "device: kettle (expected: the name of a device)"),
                        tuple(
                                "one",
                                List.of(
                                        "name STRING",
                                        "driver STRING",
                                        "address STRING",
                                        "simulated BOOLEAN",
                                        "limit LONG"),
                                1,
                                ""));
        publish(1);
        configurations.put("headgate.device-boiler.cfg", "attribute.limit", "80.5");
        wait(3);
        publish(1);
        assertThat(seen).containsExactly("90", "80.5");
    }

    @Test
    void aTableAndAStreamDoNotHaveOneName() throws IOException {
        write("plants.csv", "id\n1\n");
        table("boiler", "file", "plants.csv");
        ConfiguredTable named = table("named", "file", "plants.csv");
        rule("SELECT id FROM boiler");
        wait(1);
        assertThat(tables.list())
                .extracting(TableStatus::name, TableStatus::detail)
                .containsExactly(
                        tuple("boiler", "name: boiler (expected: a name that no device or rule has)"),
                        tuple("named", ""));
        assertThat(status().detail()).isEqualTo("name: named (expected: a name that no table has)");
        named.close();
        wait(1);
        publish(7);
        assertThat(seen).containsExactly("7");
    }

    @Test
    void wrongSettingsAreAStatus() {
        table("a");
        table("b", "file", "x.txt");
        table("c", "file", "x.csv", "columns", "id:NUMBER");
        table("d", "devices", "boiler");
        table("e", "device", "boiler", "key", "id");
        assertThat(tables.list())
                .extracting(TableStatus::detail)
                .containsExactly(
                        "file: missing (expected: one of file = NAME.csv, file = NAME.json, device = NAME and devices = *)",
                        "file: x.txt (expected: a file in HOME/files whose name ends in .csv or .json)",
                        "columns: id:NUMBER (expected: names and types such as id:LONG, name:STRING; each name once, types: "
                                + "BOOLEAN, LONG, DOUBLE, STRING, BYTES, ARRAY, STRUCT, ANY)",
                        "devices: boiler (expected: *, or device = NAME for one)",
                        "key: id (expected: nothing: this key is for files)");
    }

    private RuleStatus status() {
        return engine.list().get(0);
    }

    private void wait(int seconds) {
        system.advance(Duration.ofSeconds(seconds));
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(home.resolve("files").resolve(file), content);
    }

    private ConfiguredTable table(String name, String... keysAndValues) {
        return new ConfiguredTable(
                properties(name, keysAndValues), tables, new HomeFiles(home), devices, configurations);
    }

    private void rule(String sql) {
        new ConfiguredRule(properties("named", "sql", sql), engine);
    }

    private static Map<String, Object> properties(String name, String... keysAndValues) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.add(keysAndValues[i]);
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        properties.put(Instance.KEYS, keys.toArray(String[]::new));
        properties.put(Instance.NAME, name);
        return properties;
    }

    private void publish(long... ids) {
        for (long id : ids) {
            boiler.publish(Row.builder(BOILER).set(0, id).set(1, 1.0).build(system.epochNanos(), ClockState.SYNCED));
            system.run();
        }
    }
}
