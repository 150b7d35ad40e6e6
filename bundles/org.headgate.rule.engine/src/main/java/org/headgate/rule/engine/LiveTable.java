package org.headgate.rule.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.rule.api.TableStatus;
import org.headgate.rule.language.Table;
import org.headgate.rule.table.TableException;

/** One configured table and what was read of it last. Its lock is that of {@link LiveTables}, but for {@link #look}, which one thread does at a time. */
final class LiveTable {
    private final String name;
    private final String text;
    private final String wrong;
    private final TableSource source;
    private Object loaded;
    private Object moving;
    private Optional<Table> table = Optional.empty();
    private String problem = "";
    private long readNanos;

    /** What a look has found: another table, or why there is none. */
    record Found(Optional<Table> table, String problem) {}

    LiveTable(Instance instance, TableSettings settings, TableSource source) {
        this.name = instance.name();
        this.text = settings.text();
        this.source = source;
        this.wrong = instance.invalid().orElse("");
    }

    String name() {
        return name;
    }

    /** What is wrong with its settings; empty when nothing is. */
    String wrong() {
        return wrong;
    }

    /** Blocks. Empty when nothing has changed, or when what has changed is not at rest: a file that is being written looks different the next time. */
    Optional<Found> look() {
        Object stamp;
        String missing = "";
        try {
            stamp = source.stamp();
        } catch (IOException failure) {
            missing = failure.getMessage();
            stamp = missing;
        }
        if (stamp.equals(loaded)) {
            moving = null;
            return Optional.empty();
        }
        if (loaded != null && !stamp.equals(moving)) {
            moving = stamp;
            return Optional.empty();
        }
        loaded = stamp;
        moving = null;
        return Optional.of(missing.isEmpty() ? read() : new Found(Optional.empty(), missing));
    }

    private Found read() {
        try {
            return new Found(Optional.of(source.read()), "");
        } catch (IOException | TableException failure) {
            return new Found(Optional.empty(), failure.getMessage());
        }
    }

    /** Takes over what a look has found. */
    void take(Found found, long nowNanos) {
        table = found.table();
        problem = found.problem();
        readNanos = table.isPresent() ? nowNanos : readNanos;
    }

    Optional<Table> table() {
        return table;
    }

    /** Why there is no table; empty when there is one. */
    String problem() {
        if (!wrong.isEmpty()) {
            return wrong;
        }
        return table.isEmpty() && problem.isEmpty() ? "is being read" : problem;
    }

    TableStatus status(boolean nameTaken) {
        String why = nameTaken ? LiveTables.nameTaken(name) : problem();
        boolean waits = table.isEmpty() && problem.isEmpty() && wrong.isEmpty();
        TableStatus.State state = waits ? TableStatus.State.LOADING : TableStatus.State.INVALID;
        List<String> columns = table.map(rows -> rows.schema().columns().stream()
                        .map(column -> column.name() + " " + column.type())
                        .toList())
                .orElse(List.of());
        return new TableStatus(
                name,
                text,
                why.isEmpty() ? TableStatus.State.READY : state,
                waits && !nameTaken ? "" : why,
                columns,
                table.map(rows -> rows.rows().size()).orElse(0),
                readNanos);
    }
}
