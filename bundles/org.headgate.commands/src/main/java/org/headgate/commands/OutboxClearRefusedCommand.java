package org.headgate.commands;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.headgate.commands.kit.Removal;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.api.RefusedBatches.Kept;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code outbox:clear-refused}: a command of its own, as what may be run is said of whole commands. */
@Component(service = ConsoleCommand.class)
public final class OutboxClearRefusedCommand implements ConsoleCommand {
    private final OpenOutboxes outboxes;
    private final Quarantines quarantines;

    @Activate
    public OutboxClearRefusedCommand(@Reference Outbox outbox, @Reference Quarantines quarantines) {
        this.outboxes = new OpenOutboxes(outbox);
        this.quarantines = quarantines;
    }

    @Override
    public Signature signature() {
        return Removal.option(Signature.of(
                                "outbox:clear-refused",
                                "Deletes the rows of an uplink that its server has refused; asks when there are some.")
                        .words("UPLINK"))
                .json()
                .more(
                        "What waits in the outbox stays, and so does what is refused while it asks. The count of rows that"
                                + " were not kept begins anew.")
                .example("outbox:clear-refused demo --yes", "Deletes what outbox:refused demo shows.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? outboxes.uplinks() : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String uplink = invocation.word(0, "UPLINK");
        invocation.atMost(1);
        List<OutboxStatus> logs = outboxes.of(uplink);
        if (logs.isEmpty()) {
            return outboxes.none(invocation);
        }
        try {
            // A person may take her time, and agrees to what was shown to her only.
            List<Seen> seen = new ArrayList<>();
            for (OutboxStatus log : logs) {
                seen.add(Seen.of(log.name(), quarantines.list(invocation, log.name())));
            }
            if (!Removal.isAgreed(invocation, "the quarantine of " + uplink, loss(seen))) {
                return 1;
            }
            int batches = 0;
            for (Seen each : seen) {
                batches += quarantines.clear(invocation, each.log(), each.newest(), each.lost());
            }
            tell(invocation, uplink, batches);
            return 0;
        } catch (IOException failed) {
            return invocation.fail(failed.getMessage());
        }
    }

    /** What was seen of a log, without its batches: they need not be in memory while a person thinks. */
    private record Seen(OutboxName log, int batches, int unreadable, long rows, String newest, long lost) {
        static Seen of(OutboxName log, Kept kept) {
            return new Seen(log, kept.count(), kept.unreadable(), kept.rows(), kept.newest(), kept.lost());
        }
    }

    /** What is lost when it is deleted; empty when that is nothing. */
    private static String loss(List<Seen> seen) {
        int batches = seen.stream().mapToInt(Seen::batches).sum();
        int unreadable = seen.stream().mapToInt(Seen::unreadable).sum();
        long rows = seen.stream().mapToLong(Seen::rows).sum();
        return batches == 0
                ? ""
                : rows + " rows in " + batches + " batches"
                        + (unreadable == 0 ? "" : " (" + unreadable + " unreadable)") + " are lost";
    }

    private static void tell(Invocation invocation, String uplink, int batches) {
        if (invocation.json()) {
            invocation.out().println(new Json().put("uplink", uplink).put("batches", batches));
        } else {
            invocation.out().println(uplink + ": " + batches + " refused batches deleted");
        }
    }
}
