package org.headgate.rule.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.history.api.History;
import org.headgate.history.api.HistoryConsumer;
import org.headgate.history.api.HistoryStatus;
import org.headgate.history.api.Reading;
import org.headgate.rule.api.Forecast;
import org.headgate.rule.api.Trial;
import org.headgate.rule.engine.BuiltIns;
import org.headgate.rule.functions.FunctionCatalog;
import org.junit.jupiter.api.Test;

class EngineTrialsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Schema SCHEMA =
            Schema.of(new Column("temperature", Type.DOUBLE, "Cel"), Column.of("count", Type.LONG));
    private static final FunctionCatalog FUNCTIONS =
            new FunctionCatalog(BuiltIns.all(ZoneOffset.UTC, new SplittableRandom(1)));

    private final MemoryConfigurations files = new MemoryConfigurations();
    private final List<Row> kept = new ArrayList<>();
    private final EngineTrials trials = new EngineTrials(files, new Kept(), () -> FUNCTIONS);

    /** A history of the stream boiler. */
    private final class Kept implements History {
        @Override
        public Reading read(String streams, long fromNanos, long toNanos, HistoryConsumer consumer) {
            long rows = 0;
            for (Row row : kept) {
                boolean inTime = row.timeNanos() >= fromNanos && row.timeNanos() < toNanos;
                if (inTime && (streams.equals("*") || streams.equals("boiler"))) {
                    rows++;
                    if (!consumer.row("boiler", row)) {
                        break;
                    }
                }
            }
            return new Reading(rows, 0);
        }

        @Override
        public HistoryStatus status() {
            return new HistoryStatus(List.of("*"), "", 0, 0, OptionalLong.empty(), OptionalLong.empty());
        }
    }

    private void rows(double... temperatures) {
        for (double temperature : temperatures) {
            kept.add(Row.builder(SCHEMA)
                    .set(0, temperature)
                    .set(1, (long) kept.size())
                    .build((kept.size() + 1) * SECOND, ClockState.SYNCED));
        }
    }

    private void rule(String sql) {
        files.with("headgate.rule-r.cfg", Map.of("sql", sql, "enabled", "false"));
    }

    @Test
    void aTextIsTriedOnARecording() throws IOException {
        byte[] recording = ("{\"stream\":\"boiler\",\"time\":1000,\"data\":{\"temperature\":71}}\n"
                        + "nonsense\n"
                        + "{\"stream\":\"boiler\",\"time\":2000,\"data\":{\"temperature\":91}}\n"
                        + "{\"stream\":\"boiler\",\"time\":3000,\"data\":{\"temperature\":92}}\n")
                .getBytes(StandardCharsets.UTF_8);
        Trial trial = trials.test(
                "SELECT temperature FROM boiler WHERE temperature > 90", () -> new ByteArrayInputStream(recording), 1);
        assertThat(trial.in()).isEqualTo(3);
        assertThat(trial.out()).isEqualTo(2);
        assertThat(trial.emissions()).isEqualTo(2);
        assertThat(trial.first()).containsExactly("{\"rule\":\"sql\",\"time\":2000,\"rows\":[{\"temperature\":91}]}");
        assertThat(trial.notes()).hasSize(2).first().asString().startsWith("line 2, column 1:");
        assertThatThrownBy(() -> trials.test("SELECT", () -> new ByteArrayInputStream(recording), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("sql: line 1");
    }

    @Test
    void aRuleThatIsSwitchedOffIsReplayedOverTheHistory() throws IOException {
        rows(70, 80, 90, 100);
        rule("SELECT max(temperature) AS max FROM boiler GROUP BY TUMBLINGWINDOW(ss, 2)");
        Trial trial = trials.replay("r", 2 * SECOND, Long.MAX_VALUE, 10);
        assertThat(trial.in()).isEqualTo(3);
        assertThat(trial.first())
                .containsExactly(
                        "{\"rule\":\"r\",\"time\":4000,\"rows\":[{\"max\":90}]}",
                        "{\"rule\":\"r\",\"time\":6000,\"rows\":[{\"max\":100}]}");
        assertThat(trial.notes()).isEmpty();
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        assertThatThrownBy(() -> trials.replay("r", 0, 1, 1)).hasMessage("no rule r; rule:list shows them");
        rule("SELECT nothing FROM boiler");
        rows(1, 2);
        Trial trial = trials.replay("r", 0, Long.MAX_VALUE, 1);
        assertThat(trial.out()).isZero();
        assertThat(trial.notes())
                .singleElement()
                .asString()
                .contains("2 rows were dropped (error)")
                .contains("nothing");
        rule("SELECT * FROM boiler");
        assertThat(trials.replay("r", 5 * SECOND, 6 * SECOND, 1).notes())
                .singleElement()
                .asString()
                .startsWith("the history has no rows of boiler");
    }

    @Test
    void anInterruptEndsIt() throws IOException {
        rows(new double[1000]);
        rule("SELECT * FROM boiler");
        Thread.currentThread().interrupt();
        try {
            assertThat(trials.replay("r", 0, Long.MAX_VALUE, 1).in()).isEqualTo(1);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aForecastCountsBytesAndTheErrorOfWhatIsLeft() throws IOException {
        rows(20, 20.2, 20.4, 21, 21.3, 21.1);
        rule("SELECT temperature FROM boiler WHERE deadband(temperature, 0.5)");
        Forecast forecast = trials.forecast("r", 0, Long.MAX_VALUE);
        assertThat(forecast.in()).isEqualTo(6);
        assertThat(forecast.out()).isEqualTo(2);
        assertThat(forecast.span()).isEqualTo(Duration.ofSeconds(5));
        String payload = "{\"time\":1000,\"temperature\":20},{\"time\":4000,\"temperature\":21},";
        assertThat(forecast.bytesOut()).isEqualTo(payload.length());
        assertThat(forecast.bytesIn()).isGreaterThan(3 * forecast.bytesOut());
        assertThat(forecast.bytesStored()).isBetween(20L, 50L);
        Forecast.Error error = forecast.errors().get(0);
        assertThat(error.column()).isEqualTo("temperature");
        assertThat(error.unit()).isEqualTo("Cel");
        // Held it is 0.4 off, by the line from (1 s, 20) to (4 s, 21) only 0.27, but behind the last row 0.3.
        assertThat(error.worst()).isCloseTo(0.3, within(1e-9));
        assertThat(error.linear()).isTrue();
    }

    @Test
    void aHeldValueIsToldByTheRowBefore() {
        ReductionError error = new ReductionError("t", "");
        double[] steps = {1, 1, 1, 5, 5, 5};
        for (int i = 0; i < steps.length; i++) {
            error.in(i, steps[i]);
            if (i == 0 || i == 3) {
                error.out(i, steps[i]);
            }
        }
        assertThat(error.end()).isEqualTo(new Forecast.Error("t", "", 0, false));
    }

    @Test
    void aRowThatIsPutOutLateBelongsToItsOwnTime() {
        ReductionError error = new ReductionError("t", "");
        error.in(0, 0);
        error.out(0, 0);
        for (int i = 1; i <= 10; i++) {
            error.in(i, i);
        }
        // The swinging door puts the ninth out when it has seen the tenth.
        error.out(9, 9);
        error.out(10, 10);
        assertThat(error.end()).isEqualTo(new Forecast.Error("t", "", 0, true));
    }

    @Test
    void aLongSilenceTakesBoundedMemory() {
        ReductionError error = new ReductionError("t", "");
        error.in(0, 0);
        error.out(0, 0);
        for (int i = 1; i <= 3 * ReductionError.MOST; i++) {
            error.in(i, i % 7);
        }
        assertThat(error.end()).isEqualTo(new Forecast.Error("t", "", 6, false));
    }
}
