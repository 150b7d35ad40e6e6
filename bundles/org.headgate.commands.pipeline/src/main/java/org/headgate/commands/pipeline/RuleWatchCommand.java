package org.headgate.commands.pipeline;

import java.util.List;
import java.util.Optional;
import org.headgate.commands.kit.RowWatch;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:watch}. */
@Component(service = ConsoleCommand.class)
public final class RuleWatchCommand implements ConsoleCommand {
    private final RuleEdits edits;
    private final RowWatch watch;

    @Activate
    public RuleWatchCommand(@Reference RuleEdits edits, @Reference StreamBus bus, @Reference Clock clock) {
        this.edits = edits;
        watch = new RowWatch(bus, clock);
    }

    @Override
    public Signature signature() {
        return RowWatch.options(
                Signature.of("rule:watch", "Shows the rows that a rule puts out as they come, until Ctrl-C.")
                        .words("NAME")
                        .example("rule:watch boiler-avg --count 1", "Shows the next average."));
    }

    @Override
    public List<String> complete(List<String> before) {
        return edits.files().complete(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        Optional<String> name = edits.files().only(invocation);
        if (name.isEmpty()) {
            return 1;
        }
        edits.silence(name.get()).ifPresent(invocation::fail);
        return watch.run(invocation, List.of(name.get()));
    }
}
