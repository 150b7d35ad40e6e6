package org.headgate.commands.pipeline;

import java.util.List;
import java.util.Optional;
import org.headgate.commands.kit.Edits;
import org.headgate.commands.kit.Readers;
import org.headgate.commands.kit.Removal;
import org.headgate.config.api.Configurations;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:remove}. */
@Component(service = ConsoleCommand.class)
public final class RuleRemoveCommand implements ConsoleCommand {
    private final Configurations configurations;
    private final RuleEdits edits;
    private final Readers readers;

    @Activate
    public RuleRemoveCommand(@Reference Configurations configurations, @Reference RuleEdits edits) {
        this.configurations = configurations;
        this.edits = edits;
        readers = new Readers(configurations);
    }

    @Override
    public Signature signature() {
        return Removal.option(
                        Signature.of("rule:remove", "Removes a rule, and with it its stream; asks when it is read.")
                                .words("NAME"))
                .json()
                .more("Whoever reads its stream is named, and waits for it; where nobody can be asked, --yes is"
                        + " wanted then. gateway:rollback brings the rule back.")
                .example("rule:remove host-load --yes", "The machine's load is sent no more.");
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
        if (!Removal.isAgreed(invocation, "rule " + name, readers.use(name))) {
            return 1;
        }
        List<String> reading = readers.of(name);
        String waiting = reading.isEmpty() ? "" : "; who reads it gets nothing any more: " + String.join(", ", reading);
        return new Edits(configurations)
                .make(
                        invocation,
                        Edits.of(invocation).remove(edits.files().file(name)),
                        "rule " + name + " is removed" + waiting);
    }
}
