package org.headgate.commands.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.commands.kit.Assignments;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.rule.api.RuleTrials;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:replay}. */
@Component(service = ConsoleCommand.class)
public final class RuleReplayCommand implements ConsoleCommand {
    private final RuleTrials trials;
    private final RuleEdits edits;
    private final Clock clock;

    @Activate
    public RuleReplayCommand(@Reference RuleTrials trials, @Reference RuleEdits edits, @Reference Clock clock) {
        this.trials = trials;
        this.edits = edits;
        this.clock = clock;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:replay", "Shows what a rule would have put out for the rows of the history.")
                .words("NAME from=24h [to=1h] [rows=10]")
                .json()
                .more(
                        "The rule may be switched off; nothing goes anywhere. What the history keeps stands in headgate.history.cfg."
                                + " Times are durations before now, or instants such as 2026-11-21T12:00:00Z.")
                .example(
                        "rule:replay boiler-avg from=24h",
                        "Shows the first averages of the last day and how many there are.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty()
                ? edits.files().complete(before)
                : Assignments.complete(before, List.of("from=", "to=", "rows="));
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String name = invocation.word(0, "NAME");
        Map<String, Optional<String>> words =
                Assignments.of(invocation.words().subList(1, invocation.words().size()));
        RuleTestCommand.known(words, List.of(Past.FROM, Past.TO, TrialText.ROWS));
        Past past = Past.of(words, clock.epochNanos());
        int lines = TrialText.lines(words);
        if (!edits.files().exists(name)) {
            return edits.files().unknown(invocation, name);
        }
        try {
            int status = TrialText.print(invocation, trials.replay(name, past.fromNanos(), past.toNanos(), lines));
            RuleTestCommand.interrupted();
            return status;
        } catch (IOException | IllegalArgumentException failure) {
            return invocation.fail(String.valueOf(failure.getMessage()));
        }
    }
}
