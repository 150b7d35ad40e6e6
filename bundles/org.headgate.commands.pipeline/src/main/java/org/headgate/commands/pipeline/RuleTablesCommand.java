package org.headgate.commands.pipeline;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.rule.api.RuleTables;
import org.headgate.rule.api.TableStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:tables}. */
@Component(service = ConsoleCommand.class)
public final class RuleTablesCommand implements ConsoleCommand {
    private final RuleTables tables;

    @Activate
    public RuleTablesCommand(@Reference RuleTables tables) {
        this.tables = tables;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:tables", "Lists the tables that rules can join, their columns and where they stand.")
                .json()
                .more(
                        "A table is a file headgate.table-NAME.cfg with file = NAME.csv or NAME.json (in HOME/files), device = NAME or devices = *."
                                + " A file is read again when it changes; rules that join a table which is INVALID wait for it.")
                .example("rule:tables", "Shows all tables.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        List<TableStatus> all = tables.list();
        if (invocation.json()) {
            invocation
                    .out()
                    .println(Json.text(all.stream().map(RuleTablesCommand::json).toList()));
            return 0;
        }
        Table table = new Table("NAME", "SOURCE", "STATE", "ROWS>", "DETAIL OR COLUMNS");
        for (TableStatus each : all) {
            String text = each.detail().isEmpty() ? String.join(", ", each.columns()) : each.detail();
            table.row(each.name(), each.source(), each.state(), each.rows(), text);
            if (!each.detail().isEmpty()) {
                table.explain();
            }
        }
        table.print(invocation.out());
        return 0;
    }

    private static Json json(TableStatus table) {
        return new Json()
                .put("name", table.name())
                .put("source", table.source())
                .put("state", table.state())
                .put("detail", table.detail())
                .put("rows", table.rows())
                .put("columns", table.columns())
                .put("read", table.readNanos() / 1_000_000);
    }
}
