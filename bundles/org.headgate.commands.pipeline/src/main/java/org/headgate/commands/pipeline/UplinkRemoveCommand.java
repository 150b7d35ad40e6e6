package org.headgate.commands.pipeline;

import java.util.List;
import java.util.Optional;
import org.headgate.commands.kit.Removal;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.outbox.api.Outbox;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code uplink:remove}. */
@Component(service = ConsoleCommand.class)
public final class UplinkRemoveCommand implements ConsoleCommand {
    private final UplinkEdits edits;
    private final Outbox outbox;

    @Activate
    public UplinkRemoveCommand(@Reference UplinkEdits edits, @Reference Outbox outbox) {
        this.edits = edits;
        this.outbox = outbox;
    }

    @Override
    public Signature signature() {
        return Removal.option(Signature.of("uplink:remove", "Removes an uplink; asks when rows wait in its outbox.")
                        .words("NAME"))
                .json()
                .more("Rows that wait stay on the disk, and are sent only when there is an uplink of this name again.")
                .example("uplink:remove demo --yes", "Nothing is sent to the demo's broker any more.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return edits.files().complete(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        Optional<String> found = edits.files().only(invocation);
        if (found.isEmpty()) {
            return 1;
        }
        String name = found.get();
        long waiting = outbox.list().stream()
                .filter(log -> log.name().uplink().equals(name))
                .mapToLong(log -> log.flow().queued())
                .sum();
        String rows = waiting + (waiting == 1 ? " row waits" : " rows wait") + " in its outbox and would not be sent";
        return Removal.isAgreed(invocation, "uplink " + name, waiting == 0 ? "" : rows)
                ? edits.remove(invocation, name)
                : 1;
    }
}
