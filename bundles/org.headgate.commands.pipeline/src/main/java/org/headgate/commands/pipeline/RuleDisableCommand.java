package org.headgate.commands.pipeline;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:disable}. */
@Component(service = ConsoleCommand.class)
public final class RuleDisableCommand implements ConsoleCommand {
    private final RuleEdits edits;

    @Activate
    public RuleDisableCommand(@Reference RuleEdits edits) {
        this.edits = edits;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:disable", "Switches a rule off: its stream ends, its file stays.")
                .words("NAME")
                .json()
                .more("What is in its open window is dropped and counted as stopped.")
                .example("rule:disable boiler-moves", "No moves until rule:enable boiler-moves.");
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
