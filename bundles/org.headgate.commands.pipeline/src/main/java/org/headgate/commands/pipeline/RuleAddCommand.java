package org.headgate.commands.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.commands.kit.Edits;
import org.headgate.commands.kit.Instances;
import org.headgate.config.api.Change;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.stream.api.StreamBus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:add}. */
@Component(service = ConsoleCommand.class)
public final class RuleAddCommand implements ConsoleCommand {
    private static final String DISABLED = "--disabled";

    private final RuleEdits edits;
    private final StreamBus bus;

    @Activate
    public RuleAddCommand(@Reference RuleEdits edits, @Reference StreamBus bus) {
        this.edits = edits;
        this.bus = bus;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:add", "Adds a rule: what it selects becomes a stream of its name.")
                .words("NAME SQL...")
                .flag(DISABLED, "does not run it yet")
                .json()
                .more(
                        "SQL is the rest of the line, quotes and all. It reads one stream, that of a device or of another rule: SELECT"
                                + " columns FROM stream, and, where wanted, WHERE, GROUP BY with TUMBLINGWINDOW(ss, 10), HAVING.")
                .more(
                        "deadband(x, d) in WHERE lets a row through when x has moved by more than d. A name with a - stands in"
                                + " backticks: `boiler-avg`.")
                .example(
                        "rule:add hot SELECT temperature FROM boiler WHERE temperature > 80",
                        "Hands on the rows of a hot boiler.")
                .example(
                        "rule:add calm SELECT avg(temperature) AS t FROM boiler GROUP BY TUMBLINGWINDOW(ss, 5)",
                        "Makes one row of five seconds.");
    }

    @Override
    public int verbatimFrom() {
        return 1;
    }

    @Override
    public List<String> complete(List<String> before) {
        if (before.isEmpty()) {
            return List.of();
        }
        String last = before.get(before.size() - 1);
        if (last.equalsIgnoreCase("FROM")) {
            return bus.streams().stream()
                    .map(stream -> stream.indexOf('-') < 0 ? stream : "`" + stream + "`")
                    .toList();
        }
        return before.size() == 1
                ? List.of("SELECT")
                : new ArrayList<>(List.of("FROM", "WHERE", "GROUP BY", "HAVING", "AS", "AND", "OR"));
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String name = Instances.newName(invocation);
        invocation.word(1, "SQL, such as SELECT temperature FROM boiler WHERE temperature > 80");
        String sql = RuleText.of(invocation.words(), 1);
        if (edits.files().exists(name)) {
            return invocation.fail("there is a rule " + name + " already: rule:edit or rule:set changes it");
        }
        Optional<String> problem = edits.problem(sql);
        if (problem.isPresent()) {
            return invocation.fail(problem.get());
        }
        String file = edits.files().file(name);
        Change change = Edits.of(invocation).set(file, RuleEdits.SQL, sql);
        if (invocation.flag(DISABLED)) {
            change.set(file, Instances.ENABLED, "false");
        }
        return edits.make(invocation, change, name, "rule " + name + " is added");
    }
}
