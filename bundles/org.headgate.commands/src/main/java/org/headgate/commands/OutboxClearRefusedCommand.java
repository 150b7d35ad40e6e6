package org.headgate.commands;

import java.io.IOException;
import java.util.List;
import org.headgate.commands.kit.Removal;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.api.RefusedBatches;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code outbox:clear-refused}: a command of its own, as what may be run is said of whole commands. */
@Component(service = ConsoleCommand.class)
public final class OutboxClearRefusedCommand implements ConsoleCommand {
    private final OpenOutboxes outboxes;
    private final RefusedBatches refused;

    @Activate
    public OutboxClearRefusedCommand(@Reference Outbox outbox, @Reference RefusedBatches refused) {
        this.outboxes = new OpenOutboxes(outbox);
        this.refused = refused;
    }

    @Override
    public Signature signature() {
        return Removal.option(Signature.of(
                                "outbox:clear-refused",
                                "Deletes the rows of an uplink that its server has refused; asks when there are some.")
                        .words("UPLINK"))
                .json()
                .more("What waits in the outbox stays. The count of rows that were not kept begins anew.")
                .example("outbox:clear-refused cloud --yes", "Deletes what outbox:refused cloud shows.");
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
            long rows = 0;
            for (OutboxStatus log : logs) {
                rows += refused.list(log.name()).stream()
                        .mapToLong(batch -> batch.rows().size())
                        .sum();
            }
            String use = rows == 0 ? "" : rows + " rows that were never sent are lost then";
            if (!Removal.isAgreed(invocation, "the refused rows of " + uplink, use)) {
                return 1;
            }
            int batches = 0;
            for (OutboxStatus log : logs) {
                batches += refused.clear(log.name());
            }
            tell(invocation, uplink, batches);
            return 0;
        } catch (IOException failed) {
            return invocation.fail(uplink + ": " + failed.getMessage());
        }
    }

    private static void tell(Invocation invocation, String uplink, int batches) {
        if (invocation.json()) {
            invocation.out().println(new Json().put("uplink", uplink).put("batches", batches));
        } else {
            invocation.out().println(uplink + ": " + batches + " refused batches deleted");
        }
    }
}
