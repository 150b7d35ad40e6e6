package org.headgate.commands;

import java.util.List;
import org.headgate.commands.kit.Cells;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code outbox:status}. */
@Component(service = ConsoleCommand.class)
public final class OutboxStatusCommand implements ConsoleCommand {
    private final Outbox outbox;

    @Activate
    public OutboxStatusCommand(@Reference Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public Signature signature() {
        return Signature.of("outbox:status", "Shows what waits for each uplink, and what it costs the disk.")
                .json()
                .more(
                        "QUEUED rows wait for their server; OLDEST is the time of the first of them. SYNCS and WRITTEN count since the start, and"
                                + " are what wears a card.")
                .example("outbox:status", "Shows all outboxes.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        List<OutboxStatus> all = outbox.list();
        if (invocation.json()) {
            invocation
                    .out()
                    .println(Json.text(
                            all.stream().map(OutboxStatusCommand::json).toList()));
            return 0;
        }
        Table table =
                new Table("UPLINK", "QUEUED>", "DROPPED>", "OLDEST (UTC)", "ON DISK>", "SYNCS>", "WRITTEN>", "PROBLEM");
        for (OutboxStatus log : all) {
            table.row(
                            log.name(),
                            log.flow().queued(),
                            log.flow().droppedRows(),
                            Cells.time(log.oldestNanos()),
                            Cells.bytes(log.bytes()),
                            log.syncs(),
                            Cells.bytes(log.bytesWritten()),
                            log.problem())
                    .explain();
        }
        table.print(invocation.out());
        return 0;
    }

    private static Json json(OutboxStatus log) {
        return new Json()
                .put("uplink", log.name().uplink())
                .put("priority", log.name().priority().label())
                .put("log", log.log())
                .put("queued", log.flow().queued())
                .put("dropped", log.flow().dropped())
                .put("bytes", log.bytes())
                .put("segments", log.segments())
                .put("syncs", log.syncs())
                .put("bytesWritten", log.bytesWritten())
                .put("oldest", log.oldestNanos() / 1_000_000)
                .put("problem", log.problem());
    }
}
