package org.headgate.commands.pipeline;

import java.util.List;
import java.util.Optional;
import org.headgate.commands.kit.Cells;
import org.headgate.commands.kit.Facts;
import org.headgate.commands.kit.Readers;
import org.headgate.config.api.Configurations;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.data.api.Row;
import org.headgate.rule.api.RuleReader;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.Rules;
import org.headgate.stream.api.StreamBus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:info}. */
@Component(service = ConsoleCommand.class)
public final class RuleInfoCommand implements ConsoleCommand {
    private final Rules rules;
    private final RuleEdits edits;
    private final RuleReader reader;
    private final Readers readers;
    private final StreamBus bus;

    @Activate
    public RuleInfoCommand(
            @Reference Rules rules,
            @Reference RuleEdits edits,
            @Reference RuleReader reader,
            @Reference Configurations configurations,
            @Reference StreamBus bus) {
        this.rules = rules;
        this.edits = edits;
        this.reader = reader;
        readers = new Readers(configurations);
        this.bus = bus;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:info", "Shows a rule: its text, where it stands, what it reads and who reads it.")
                .words("NAME")
                .json()
                .example("rule:info boiler-avg", "Shows the rule boiler-avg.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return edits.files().complete(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        String name = invocation.word(0, "NAME");
        invocation.atMost(1);
        Optional<RuleStatus> found =
                rules.list().stream().filter(rule -> rule.name().equals(name)).findFirst();
        if (found.isEmpty()) {
            return edits.files().unknown(invocation, name);
        }
        RuleStatus rule = found.get();
        String source = reader.read(rule.sql()).stream().orElse("");
        List<String> reading = readers.of(name);
        Optional<Row> last = bus.last(name);
        if (invocation.json()) {
            Json json = RuleListCommand.json(rule).put("reads", source).put("readBy", reading);
            invocation.out().println(json.put("last", last.map(row -> row.timeNanos() / 1_000_000)));
            return 0;
        }
        new Facts(invocation.out())
                .line("rule", name)
                .line("state", rule.state() + (rule.detail().isEmpty() ? "" : ", " + rule.detail()))
                .line("sql", rule.sql())
                .line("reads", source)
                .line("read by", String.join(", ", reading))
                .line("rows", rule.in() + " in, " + rule.out() + " out, " + rule.errors() + " with an error")
                .line(
                        "last row",
                        last.map(row -> Cells.time(row.timeNanos()) + " UTC").orElse("-"));
        return 0;
    }
}
