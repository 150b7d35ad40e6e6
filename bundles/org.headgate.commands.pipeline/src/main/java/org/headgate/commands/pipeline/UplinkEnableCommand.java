package org.headgate.commands.pipeline;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code uplink:enable}. */
@Component(service = ConsoleCommand.class)
public final class UplinkEnableCommand implements ConsoleCommand {
    private final UplinkEdits edits;

    @Activate
    public UplinkEnableCommand(@Reference UplinkEdits edits) {
        this.edits = edits;
    }

    @Override
    public Signature signature() {
        return Signature.of("uplink:enable", "Switches an uplink on.")
                .words("NAME")
                .json()
                .more("It says enabled = true in its file then, and stays on after a restart.")
                .example("uplink:enable demo", "Nothing to do: it is on.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return edits.switching().complete(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        return edits.switching().run(invocation, true);
    }
}
