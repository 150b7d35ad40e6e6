package org.headgate.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.headgate.console.api.UsageException;
import org.headgate.console.api.kit.Console;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.api.RuleStatus;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class StreamWatchCommandTest {
    private final Console console = new Console();
    private final SimulatedSystem clock = new SimulatedSystem(1);
    private final OneStream bus = new OneStream();
    private final StreamWatchCommand command = new StreamWatchCommand(bus, new OneDevice(), this::running, clock);

    @Test
    void printsRowsAsTheyComeAndEndsAfterTheCount() throws Exception {
        assertThat(console.run(command, "boiler", "--count", "2"))
                .isEqualTo("07:00:00.000 boiler temperature=71.5? level=BAD\n"
                        + "07:00:00.000 boiler temperature=71.5? level=BAD\n");
        assertThat(bus.open).isZero();
        assertThat(console.run(command, "boiler", "--count=1", "--json").strip())
                .isEqualTo(
                        "{\"stream\":\"boiler\",\"time\":1732172400000,\"data\":{\"temperature\":71.5,\"level\":null},"
                                + "\"quality\":{\"temperature\":\"UNCERTAIN\",\"level\":\"BAD\"}}");
    }

    @Test
    void aStreamThatIsNotThereIsRefusedWithASuggestion() throws Exception {
        assertThat(console.run(command, "boilr"))
                .isEqualTo("error: no stream boilr; did you mean boiler? there are: boiler\n");
        assertThat(console.run(command, "zzz")).isEqualTo("error: no stream zzz; there are: boiler\n");
        assertThat(console.status()).isEqualTo(1);
        assertThatThrownBy(() -> console.run(command, "boiler", "--for", "soon"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--for: soon (expected: a duration");
        for (String none : new String[] {"0", "-5", "many"}) {
            assertThatThrownBy(() -> console.run(command, "boiler", "--count", none))
                    .hasMessage("--count: " + none + " (expected: a whole number, 1 or more)");
        }
    }

    @Test
    void whatATerminalIsTooSlowForIsCounted() throws Exception {
        bus.burst = 1003;
        assertThat(console.run(command, "boiler", "--count", "1")).startsWith("error: 3 rows were not shown");
    }

    private List<RuleStatus> running() {
        return List.of(
                new RuleStatus("boiler", "SELECT 1 FROM x", RuleStatus.State.RUNNING, "", 0, 0, 0),
                new RuleStatus("bad", "SELECT", RuleStatus.State.INVALID, "line 1, column 7: expected", 0, 0, 0));
    }

    /** Whoever watches waits: for what, if nothing can come? */
    @Test
    void aStreamThatNobodyFillsNowSaysWhy() throws Exception {
        assertThat(console.run(command, "bad", "--for", "0s"))
                .isEqualTo("error: bad: INVALID, line 1, column 7: expected\n");
        assertThat(console.run(command, "spare", "--for", "0s")).isEqualTo("error: spare: DISABLED\n");
        assertThat(console.status()).isZero();
    }

    @Test
    void endsAfterTheTimeEvenWhenNothingComes() throws Exception {
        assertThat(console.run(command, "other-*", "--for", "0s")).isEmpty();
    }

    /** A bus whose one stream gives a burst of rows to whoever subscribes. */
    private static final class OneStream implements StreamBus {
        private int open;
        private int burst = 5;

        @Override
        public Publisher publisher(String stream) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription subscribe(
                String name, List<String> streams, int capacity, OverflowPolicy policy, RowConsumer consumer) {
            open++;
            Schema schema = Schema.of(
                    Column.of("temperature", Type.DOUBLE),
                    Column.of("pump", Type.BOOLEAN),
                    Column.of("level", Type.LONG));
            for (int i = 0; i < burst && streams.contains("boiler"); i++) {
                RowBuilder row = Row.builder(schema).set(0, 71.5).uncertain(0).bad(2);
                consumer.row("boiler", row.build(SimulatedSystem.START_NANOS, ClockState.SYNCED));
            }
            return () -> open--;
        }

        @Override
        public Optional<Row> last(String stream) {
            return Optional.empty();
        }

        @Override
        public List<String> streams() {
            return List.of("boiler");
        }
    }
}
