package org.headgate.commands.pipeline;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:enable}. */
@Component(service = ConsoleCommand.class)
public final class RuleEnableCommand implements ConsoleCommand {
    private final RuleEdits edits;

    @Activate
    public RuleEnableCommand(@Reference RuleEdits edits) {
        this.edits = edits;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:enable", "Switches a rule on.")
                .words("NAME")
                .json()
                .more("It says enabled = true in its file then, and stays on after a restart.")
                .example("rule:enable boiler-avg", "Nothing to do: it is on.");
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
