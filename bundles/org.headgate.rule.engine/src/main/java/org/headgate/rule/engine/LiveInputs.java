package org.headgate.rule.engine;

import java.util.Optional;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.Table;
import org.headgate.stream.api.StreamBus;

/** The streams of the bus, known from their last rows, and the configured tables. */
final class LiveInputs implements Inputs {
    private final StreamBus bus;
    private final LiveTables tables;

    LiveInputs(StreamBus bus, LiveTables tables) {
        this.bus = bus;
        this.tables = tables;
    }

    @Override
    public Optional<Schema> stream(String name) {
        return bus.last(name).map(Row::schema);
    }

    @Override
    public Optional<Table> table(String name) {
        return tables.find(name);
    }
}
