package org.headgate.commands.pipeline;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code uplink:disable}. */
@Component(service = ConsoleCommand.class)
public final class UplinkDisableCommand implements ConsoleCommand {
    private final UplinkEdits edits;

    @Activate
    public UplinkDisableCommand(@Reference UplinkEdits edits) {
        this.edits = edits;
    }

    @Override
    public Signature signature() {
        return Signature.of("uplink:disable", "Switches an uplink off: the link is closed, its file stays.")
                .words("NAME")
                .json()
                .more("Rows that wait in its outbox stay there until it is on again; what comes meanwhile is not kept.")
                .example("uplink:disable demo", "Nothing goes out until uplink:enable demo.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return edits.switching().complete(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        return edits.switching().run(invocation, false);
    }
}
