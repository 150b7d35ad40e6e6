package org.headgate.device.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportFilterTest {
    private static final String BAD = "bad";
    private static final String ABSENT = "-";
    private static final long SECOND = 1_000_000_000;

    private List<ChannelDefinition> channels;
    private Schema schema;
    private ReportFilter filter;

    private void channels(String... texts) {
        channels = IntStream.range(0, texts.length)
                .mapToObj(i -> ChannelTextTest.text("c" + i, texts[i]).on(Optional.empty()))
                .toList();
        schema = Schema.of(channels.stream()
                .map(channel -> Column.of(channel.channel().name(), channel.type()))
                .toList());
        filter = new ReportFilter(channels, schema);
    }

    /** A row of texts; {@code 5?} is uncertain. */
    private Row row(String... values) {
        RowBuilder row = Row.builder(schema);
        for (int i = 0; i < values.length; i++) {
            String value = values[i].replace("?", "");
            if (value.equals(BAD)) {
                row.bad(i);
            } else if (!value.equals(ABSENT)) {
                row.set(i, channels.get(i).parse(value));
            }
            if (values[i].endsWith("?")) {
                row.uncertain(i);
            }
        }
        return row.build(42, ClockState.STEPPED);
    }

    private String reported(double seconds, String... values) {
        return filter.filter(row(values), (long) (seconds * SECOND))
                .map(this::print)
                .orElse("nothing");
    }

    private String print(Row row) {
        String[] cells = new String[schema.size()];
        for (int i = 0; i < cells.length; i++) {
            Object value = row.object(i);
            String text = value == null ? row.quality(i).name().toLowerCase(Locale.ROOT) : ChannelValues.print(value);
            cells[i] = text.equals("absent") ? ABSENT : text + (row.quality(i) == Quality.UNCERTAIN ? "?" : "");
        }
        return String.join(" ", cells);
    }

    /** Samples a second apart, and which of them are reported. */
    @ParameterizedTest
    @CsvSource({
        "a double, 1 1 2 2 1, 1 . 2 . 1",
        "a int16, 1 1 2 2 1, 1 . 2 . 1",
        "a bool, on on off on, true . false true",
        "a string, x x y x, x . y x",
        "a bytes, x x y x, x . y x",
        "a double deadband=1, 0 1 1.1 2.1 2.2 0.9, 0 . 1.1 . 2.2 0.9",
        "a int16 deadband=10, 0 10 11 21 1 0, 0 . 11 . . 0",
        "a int16 scale=0.1 deadband=1, 0 1 1.1 0.2, 0 . 1.1 .",
        "a double, 5 5? 5? 5 bad bad 5, 5 5? . 5 bad . 5",
        "a double, 5 - - 5 6, 5 . . . 6",
        "a double every=3s, 1 1 1 1 1 1 1, 1 . . 1 . . 1",
        "a double every=3s, 1 1 2 2 2 2, 1 . 2 . . 2",
        "a double every=3s, bad bad bad bad, bad . . bad",
        "a double every=1s, 1 1 1, 1 1 1",
    })
    void reportsWhatDiffers(String channel, String samples, String expected) {
        channels(channel + " report=change");
        String[] in = samples.split(" ");
        String[] out = new String[in.length];
        for (int i = 0; i < in.length; i++) {
            String report = reported(i, in[i]);
            out[i] = report.equals("nothing") ? "." : report;
        }
        assertThat(String.join(" ", out)).isEqualTo(expected);
    }

    @Test
    void theSameRowGoesOnWhenNothingIsLeftOut() {
        channels("a", "b report=change");
        Row first = row("1", "1");
        assertThat(filter.filter(first, 0).orElseThrow()).isSameAs(first);
        channels("a", "b");
        Row again = row("1", ABSENT);
        assertThat(filter.filter(again, 0).orElseThrow()).isSameAs(again);
        assertThat(filter.filter(again, 1).orElseThrow()).isSameAs(again);
    }

    @Test
    void columnsAreJudgedEachByItself() {
        channels("a", "b int16 report=change", "c string report=change deadband=0", "d report=change every=2s");
        assertThat(reported(0, "1", "1", "x", "1")).isEqualTo("1 1 x 1");
        assertThat(reported(1, "1", "1", "y", "1")).isEqualTo("1 - y -");
        assertThat(reported(2, "1", "2", "y", "1")).isEqualTo("1 2 - 1");
        assertThat(reported(3, ABSENT, "2", "y", "1")).isEqualTo("nothing");
        Row left = filter.filter(row("1", "2", "y", "1"), 3 * SECOND).orElseThrow();
        assertThat(left.timeNanos()).isEqualTo(42);
        assertThat(left.clock()).isEqualTo(ClockState.STEPPED);
    }

    /** A slow drift must be seen, however small its steps: the distance is to what was reported, not to the last sample. */
    @Test
    void aDriftIsReportedWheneverItHasGoneTheDistance() {
        channels("a report=change deadband=1");
        long reports = 0;
        for (int i = 0; i <= 1000; i++) {
            reports += reported(i, Double.toString(i / 100.0)).equals("nothing") ? 0 : 1;
        }
        assertThat(reports).isEqualTo(10);
    }

    /** Polls are not exact to the millisecond: without patience each second report would come a poll late. */
    @Test
    void aPollThatComesAMillisecondEarlyStillCounts() {
        channels("a report=change every=60s");
        reported(0, "1");
        assertThat(reported(59, "1")).isEqualTo("nothing");
        assertThat(reported(59.999, "1")).isEqualTo("1");
    }

    @Test
    void aDeviceThatComesBackIsReportedWhole() {
        channels("a report=change", "b string report=change");
        reported(0, "1", "x");
        filter.forget();
        assertThat(reported(1, "1", "x")).isEqualTo("1 x");
        assertThat(reported(2, "1", "x")).isEqualTo("nothing");
    }

    @Test
    void longsAreComparedWithAllTheirBits() {
        channels("a int64 report=change");
        long big = 1L << 60;
        reported(0, Long.toString(big));
        assertThat(reported(1, Long.toString(big + 1))).isEqualTo(Long.toString(big + 1));
        assertThat(reported(2, Long.toString(big + 1))).isEqualTo("nothing");
    }
}
