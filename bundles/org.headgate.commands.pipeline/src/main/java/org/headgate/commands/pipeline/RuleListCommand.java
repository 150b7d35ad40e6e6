package org.headgate.commands.pipeline;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.Rules;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:list}. */
@Component(service = ConsoleCommand.class)
public final class RuleListCommand implements ConsoleCommand {
    private final Rules rules;

    @Activate
    public RuleListCommand(@Reference Rules rules) {
        this.rules = rules;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:list", "Lists the rules and where they stand.")
                .json()
                .more(
                        "IN counts the rows that a rule has read since the start, OUT those that it has put out, ERRORS those on which an"
                                + " expression failed. rule:info NAME shows the whole text of one.")
                .example("rule:list", "Shows all rules.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        List<RuleStatus> all = rules.list();
        if (invocation.json()) {
            invocation
                    .out()
                    .println(Json.text(all.stream().map(RuleListCommand::json).toList()));
            return 0;
        }
        Table table = new Table("NAME", "STATE", "IN>", "OUT>", "ERRORS>", "DETAIL OR SQL");
        for (RuleStatus rule : all) {
            String text = rule.detail().isEmpty() ? rule.sql() : rule.detail();
            table.row(rule.name(), rule.state(), rule.in(), rule.out(), rule.errors(), text);
            if (!rule.detail().isEmpty()) {
                table.explain();
            }
        }
        table.print(invocation.out());
        return 0;
    }

    /** A rule as every command of this bundle prints it. */
    static Json json(RuleStatus rule) {
        return new Json()
                .put("name", rule.name())
                .put("state", rule.state())
                .put("detail", rule.detail())
                .put("sql", rule.sql())
                .put("in", rule.in())
                .put("out", rule.out())
                .put("errors", rule.errors());
    }
}
