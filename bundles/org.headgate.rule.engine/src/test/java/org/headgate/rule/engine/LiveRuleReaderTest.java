package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.stream.api.Publisher;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class LiveRuleReaderTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final FakeBus bus = new FakeBus(system);
    private final LiveRuleReader reader =
            new LiveRuleReader(bus, Recording.functions(), new LiveTables(system, system, system, bus));

    /** Only a row tells the columns. */
    @Test
    void columnsAreJudgedOnceTheStreamHasHadARow() {
        String sql = "SELECT temprature FROM boiler";
        assertThat(reader.read(sql).problem()).isEmpty();
        Publisher boiler = bus.publisher("boiler");
        Schema schema = Schema.of(new Column("temperature", Type.DOUBLE, "Cel"));
        boiler.publish(Row.builder(schema).set(0, 1.0).build(0, ClockState.SYNCED));
        assertThat(reader.read(sql).problem())
                .contains("line 1, column 8: expected a column of boiler, found temprature: did you mean temperature?");
        assertThat(reader.read("SELECT temperature FROM boiler").problem()).isEmpty();
    }

    @Test
    void theStreamIsKnownAsSoonAsTheTextCanBeParsed() {
        assertThat(reader.read("SELECT nosuch(x) FROM boiler").stream()).contains("boiler");
        assertThat(reader.read("SELECT nosuch(x) FROM boiler").problem()).isPresent();
        assertThat(reader.read("SELECT").stream()).isEqualTo(Optional.empty());
        assertThat(reader.read("SELECT").problem().orElseThrow()).startsWith("line 1, column 7: ");
    }
}
