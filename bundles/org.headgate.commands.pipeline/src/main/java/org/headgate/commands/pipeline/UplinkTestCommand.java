package org.headgate.commands.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.headgate.commands.kit.Cells;
import org.headgate.console.api.Answer;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.uplink.api.TrialStep;
import org.headgate.uplink.api.UplinkTrials;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code uplink:test}. */
@Component(service = ConsoleCommand.class)
public final class UplinkTestCommand implements ConsoleCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(55);

    private final UplinkEdits edits;
    private final UplinkTrials trials;

    @Activate
    public UplinkTestCommand(@Reference UplinkEdits edits, @Reference UplinkTrials trials) {
        this.edits = edits;
        this.trials = trials;
    }

    @Override
    public Signature signature() {
        return Signature.of("uplink:test", "Tries the way to an uplink's server and back, and says which step fails.")
                .words("NAME")
                .json()
                .more("It uses the uplink's own settings and another client id, so a link that is open goes on; an"
                        + " uplink that is switched off is tried as well. A message goes to the topic of the"
                        + " stream uplink-test and is read back, since a broker of MQTT 3.1.1 may acknowledge what"
                        + " its access list denies. With the format sparkplug nothing is sent, as hosts would take it for"
                        + " data: it only subscribes to what the edge node listens to.")
                .example("uplink:test demo", "Tries the way to the demo's broker.");
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
        Answer<List<TrialStep>> answer = invocation.await(trials.test(name), PATIENCE, "testing " + name);
        if (answer.value().isEmpty()) {
            return invocation.fail(answer.failure().orElse("no answer"));
        }
        List<TrialStep> steps = answer.value().get();
        boolean failed = steps.stream().anyMatch(TrialStep::failed);
        if (invocation.json()) {
            invocation
                    .out()
                    .println(new Json()
                            .put("uplink", name)
                            .put("passed", !failed)
                            .put(
                                    "steps",
                                    steps.stream().map(UplinkTestCommand::json).toList()));
            return failed ? 1 : 0;
        }
        Table table = new Table("STEP", "TOOK>", "RESULT");
        for (TrialStep step : steps) {
            String result =
                    step.failed() ? "FAILED: " + step.failure() : step.note().isEmpty() ? "good" : step.note();
            table.row(step.name(), Cells.millis(step.took()), result).explain();
        }
        table.print(invocation.out());
        return failed ? invocation.fail(name + " does not get through") : 0;
    }

    private static Json json(TrialStep step) {
        return new Json()
                .put("step", step.name())
                .put("micros", step.took().toNanos() / 1000)
                .put("note", step.note())
                .put("failure", step.failure());
    }
}
