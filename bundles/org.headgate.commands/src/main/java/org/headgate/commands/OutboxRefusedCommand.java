package org.headgate.commands;

import java.io.IOException;
import java.util.List;
import org.headgate.commands.kit.Cells;
import org.headgate.commands.kit.RowJson;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.api.RefusedBatches.Kept;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code outbox:refused}. */
@Component(service = ConsoleCommand.class)
public final class OutboxRefusedCommand implements ConsoleCommand {
    private final OpenOutboxes outboxes;
    private final Quarantines quarantines;

    @Activate
    public OutboxRefusedCommand(@Reference Outbox outbox, @Reference Quarantines quarantines) {
        this.outboxes = new OpenOutboxes(outbox);
        this.quarantines = quarantines;
    }

    @Override
    public Signature signature() {
        return Signature.of("outbox:refused", "Shows the rows that servers have refused, as far as they are kept.")
                .words("[UPLINK]")
                .json()
                .more("What a server refuses alone is set aside and never sent again: an eighth of what the outbox may"
                        + " have on its disk, 4 MiB at most, the oldest given up first. outbox:status says how many"
                        + " rows were not kept.")
                .example("outbox:refused", "Shows those of all uplinks, the oldest of each first.")
                .example("outbox:refused demo --json", "Shows those of the uplink demo, for a program.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? outboxes.uplinks() : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        invocation.atMost(1);
        List<OutboxStatus> logs = invocation.words().isEmpty()
                ? outboxes.all()
                : outboxes.of(invocation.words().get(0));
        if (logs.isEmpty() && !invocation.words().isEmpty()) {
            return outboxes.none(invocation);
        }
        Pages pages = new Pages(invocation);
        for (OutboxStatus log : logs) {
            try {
                pages.add(log, quarantines.list(invocation, log.name()));
            } catch (IOException unreadable) {
                pages.breakOff();
                return invocation.fail(unreadable.getMessage());
            }
        }
        pages.end();
        return 0;
    }

    /** What is printed: as it is read, so that no more than one log's batches are in memory. */
    private static final class Pages {
        private final Invocation invocation;
        private String separator = "[";
        private long rows;
        private long lost;
        private long unreadable;

        Pages(Invocation invocation) {
            this.invocation = invocation;
        }

        void add(OutboxStatus log, Kept kept) {
            lost += kept.lost();
            unreadable += kept.unreadable();
            rows += kept.rows();
            for (OutboxBatch batch : kept.batches()) {
                if (invocation.json()) {
                    invocation.out().print(separator + json(log, batch));
                    separator = ",";
                } else {
                    batch.rows().forEach(row -> invocation.out().println(line(log, batch, row)));
                }
            }
        }

        /** What was begun is JSON all the same; the exit status says that it is not all. */
        void breakOff() {
            if (invocation.json() && !separator.equals("[")) {
                invocation.out().println("]");
            }
        }

        void end() {
            if (invocation.json()) {
                invocation.out().println(separator.equals("[") ? "[]" : "]");
            } else if (rows + lost + unreadable == 0) {
                invocation.out().println("no row was refused");
            } else {
                invocation
                        .out()
                        .println(rows + " refused rows are kept, " + lost + " are not"
                                + (unreadable == 0 ? "" : "; batches that cannot be read: " + unreadable));
            }
        }
    }

    private static String line(OutboxStatus log, OutboxBatch batch, Row row) {
        String text = log.name() + " " + Cells.time(row.timeNanos()) + " " + batch.stream() + " #" + batch.seq() + " "
                + Cells.values(row);
        // What a server has refused may be what no terminal likes either.
        return text.replaceAll("\\p{C}", "?");
    }

    private static Json json(OutboxStatus log, OutboxBatch batch) {
        return new Json()
                .put("uplink", log.name().uplink())
                .put("priority", log.name().priority().label())
                .put("stream", batch.stream())
                .put("log", batch.log())
                .put("seq", batch.seq())
                .put(
                        "rows",
                        batch.rows().stream()
                                .map(row -> RowJson.of(batch.stream(), row))
                                .toList());
    }
}
