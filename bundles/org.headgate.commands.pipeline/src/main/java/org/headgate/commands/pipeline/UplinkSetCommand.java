package org.headgate.commands.pipeline;

import java.util.List;
import org.headgate.commands.kit.Assignments;
import org.headgate.commands.kit.Edits;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code uplink:set}. */
@Component(service = ConsoleCommand.class)
public final class UplinkSetCommand implements ConsoleCommand {
    private final UplinkEdits edits;

    @Activate
    public UplinkSetCommand(@Reference UplinkEdits edits) {
        this.edits = edits;
    }

    @Override
    public Signature signature() {
        return Signature.of("uplink:set", "Changes keys of an uplink; what waits in its outbox is sent all the same.")
                .words("NAME key=value...")
                .json()
                .more(
                        "A key without a value is taken out: its default counts again. uplink:info NAME shows the keys that are set.")
                .example("uplink:set demo streams=boiler-avg", "Sends one stream instead of three.")
                .example("uplink:set demo timeout=2s inflight=10", "Waits shorter, and for fewer messages at a time.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? edits.files().names() : UplinkEdits.keys(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String name = invocation.word(0, "NAME");
        invocation.word(1, "key=value");
        var values =
                Assignments.of(invocation.words().subList(1, invocation.words().size()));
        if (!edits.files().exists(name)) {
            return edits.files().unknown(invocation, name);
        }
        return edits.make(
                invocation,
                Edits.of(invocation).keys(edits.files().file(name), values),
                name,
                "uplink " + name + " is changed");
    }
}
