package org.headgate.commands.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.console.api.UsageException;
import org.headgate.console.api.kit.Console;
import org.headgate.rule.api.Forecast;
import org.headgate.rule.api.RuleReader;
import org.headgate.rule.api.RuleTrials;
import org.headgate.rule.api.Trial;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleTrialCommandsTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    @TempDir
    Path home;

    private final Console console = new Console();
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final MemoryConfigurations files = new MemoryConfigurations();
    private final RuleEdits edits = new RuleEdits(
            files, List::of, sql -> new RuleReader.Reading(Optional.of("boiler"), Optional.empty()), system);
    private final List<String> asked = new ArrayList<>();
    private Forecast forecast = new Forecast(
            86_400,
            1_000,
            4_100_000,
            62_000,
            20_000,
            Duration.ofDays(1),
            List.of(new Forecast.Error("t", "Cel", 0.1, true)),
            List.of());

    private final RuleTrials trials = new RuleTrials() {
        @Override
        public Trial test(String sql, Recording recording, int lines) throws IOException {
            asked.add(sql);
            String content = new String(recording.open().readAllBytes(), StandardCharsets.UTF_8);
            return new Trial(3, 2, 2, List.of(content), List.of("something"));
        }

        @Override
        public Trial replay(String rule, long fromNanos, long toNanos, int lines) {
            asked.add(rule + " " + (fromNanos - SimulatedSystem.START_NANOS) / HOUR + " "
                    + (toNanos == Long.MAX_VALUE ? "now" : (toNanos - SimulatedSystem.START_NANOS) / HOUR) + " "
                    + lines);
            return new Trial(3, 2, 2, List.of("{\"rule\":\"r\",\"time\":1,\"rows\":[]}"), List.of());
        }

        @Override
        public Forecast forecast(String rule, long fromNanos, long toNanos) {
            if (rule.equals("bad")) {
                throw new IllegalArgumentException("bad: line 1, column 1: wrong");
            }
            return forecast;
        }
    };

    @BeforeEach
    void rules() throws IOException {
        files.with("headgate.rule-r.cfg", Map.of("sql", "SELECT * FROM boiler"));
        files.with("headgate.rule-bad.cfg", Map.of("sql", "SELECT"));
        Files.createDirectories(home.resolve("files"));
        Files.writeString(home.resolve("files/a.jsonl"), "{\"a\":1}");
    }

    private RuleTestCommand test() {
        return new RuleTestCommand(trials, new HomeFiles(home));
    }

    private RuleReplayCommand replay() {
        return new RuleReplayCommand(trials, edits, system);
    }

    private RuleForecastCommand forecast() {
        return new RuleForecastCommand(trials, edits, files, system);
    }

    @Test
    void aTextIsWhatStandsBeforeItsInput() throws Exception {
        String shown = "{\"a\":1}\n... and 1 more\n3 rows in, 2 out in 2 emissions\nnote: something\n";
        assertThat(console.run(test(), "SELECT a  FROM b WHERE c = 'x input=y' input=a.jsonl rows=1"))
                .isEqualTo(shown);
        console.run(test(), "\"SELECT a FROM b\" rows=1 input=a.jsonl");
        console.run(test(), "SELECT", "a", "FROM", "b", "input=a.jsonl");
        assertThat(asked)
                .containsExactly("SELECT a  FROM b WHERE c = 'x input=y'", "SELECT a FROM b", "SELECT a FROM b");
        assertThat(test().verbatimFrom()).isZero();
        assertThat(console.json(test(), "SELECT a FROM b input=a.jsonl", "--json")
                        .toString())
                .isEqualTo("{\"in\":3,\"out\":2,\"emissions\":2,\"first\":[{\"a\":1}],\"notes\":[\"something\"]}");
    }

    @Test
    void aTextWithoutInputOrWithAFileElsewhereIsRefused() throws Exception {
        assertThatThrownBy(() -> console.run(test(), "SELECT a FROM b"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("missing input=");
        assertThatThrownBy(() -> console.run(test())).hasMessageStartingWith("missing SQL");
        assertThat(console.run(test(), "SELECT a FROM b input=../../etc/passwd"))
                .startsWith("error: ");
        assertThat(console.status()).isEqualTo(1);
        assertThat(console.run(test(), "SELECT a FROM b input=none.jsonl")).startsWith("error: ");
    }

    @Test
    void aTimeIsADurationAgoOrAnInstant() throws Exception {
        console.run(replay(), "r", "from=24h", "to=1h", "rows=3");
        console.run(replay(), "r", "from=2024-11-21T06:00:00Z");
        assertThat(asked).containsExactly("r -24 -1 3", "r -1 now 10");
        assertThatThrownBy(() -> console.run(replay(), "r")).hasMessageStartingWith("missing from=");
        assertThatThrownBy(() -> console.run(replay(), "r", "from=soon"))
                .hasMessageStartingWith("from=soon (expected: ");
        assertThatThrownBy(() -> console.run(replay(), "r", "from=1h", "to=2h"))
                .hasMessage("to=2h (expected: later than from)");
        assertThatThrownBy(() -> console.run(replay(), "r", "from=1h", "row=2"))
                .hasMessageStartingWith("row= (expected:");
        assertThat(console.run(replay(), "rr", "from=1h")).startsWith("error: no rule rr; did you mean r?");
    }

    @Test
    void aForecastSaysItInOneLineAndThenHow() throws Exception {
        files.with("headgate.uplink-cloud.cfg", Map.of("streams", "r*", "outbox.max-bytes", "1MB"));
        assertThat(console.run(forecast(), "r", "from=24h"))
                .startsWith("125 MB -> 1.9 MB a month, max error 0.1 Cel, the outbox lasts 50 days\n")
                .contains("86400 in, 1000 out, in 24 hours")
                .contains("0.1 Cel off at most, told by lines between rows")
                .contains("cloud lasts 50 days");
        assertThat(console.json(forecast(), "r", "from=24h", "--json")
                        .get("outboxSeconds")
                        .get("cloud")
                        .asDouble())
                .isEqualTo(4_320_000);
    }

    @Test
    void anOutboxLastsAsTheLogOfItsPriorityDoes() throws Exception {
        // 20,000 bytes a day.
        assertThat(console.run(forecast(), "r", "from=24h")).contains("of 16").contains("lasts 839 days");
        files.with("headgate.uplink-a.cfg", Map.of("streams", "*"));
        files.with("headgate.uplink-b.cfg", Map.of("streams", "*", "priority.low", "r"));
        files.with("headgate.uplink-c.cfg", Map.of("priority.high", "r", "outbox.max-bytes", "1MB"));
        files.with(
                "headgate.uplink-d.cfg",
                Map.of("priority.high", "r", "outbox.max-bytes", "1MB", "outbox.high.max-bytes", "2MB"));
        files.with("headgate.uplink-e.cfg", Map.of("streams", "*, !r"));
        assertThat(console.run(forecast(), "r", "from=24h"))
                .contains("a lasts 839 days")
                .contains("b lasts 210 days")
                .contains("c lasts 50 days")
                .contains("d lasts 100 days")
                .doesNotContain("e lasts");
    }

    @Test
    void withoutRowsThereIsNoForecast() throws Exception {
        forecast = new Forecast(0, 0, 0, 0, 0, Duration.ZERO, List.of(), List.of("nothing is kept"));
        assertThat(console.run(forecast(), "r", "from=24h"))
                .isEqualTo("note: nothing is kept\nerror: too few rows for a forecast: 0\n");
        assertThat(console.run(forecast(), "bad", "from=24h")).isEqualTo("error: bad: line 1, column 1: wrong\n");
    }

    @Test
    void sizesAndTimesAreShort() {
        assertThat(RuleForecastCommand.size(0)).isEqualTo("0 B");
        assertThat(RuleForecastCommand.size(999.6)).isEqualTo("1.0 kB");
        assertThat(RuleForecastCommand.size(62e6)).isEqualTo("62 MB");
        assertThat(RuleForecastCommand.size(4.1e9)).isEqualTo("4.1 GB");
        assertThat(RuleForecastCommand.time(Double.POSITIVE_INFINITY)).isEqualTo("over 10 years");
        assertThat(RuleForecastCommand.time(19 * 86_400)).isEqualTo("19 days");
        assertThat(RuleForecastCommand.time(90)).isEqualTo("90 seconds");
    }
}
