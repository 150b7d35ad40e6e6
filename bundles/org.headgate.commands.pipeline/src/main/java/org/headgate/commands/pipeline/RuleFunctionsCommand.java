package org.headgate.commands.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.headgate.commands.kit.Facts;
import org.headgate.commands.kit.Instances;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.rule.api.FunctionHelp;
import org.headgate.rule.api.FunctionReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:functions}. */
@Component(service = ConsoleCommand.class)
public final class RuleFunctionsCommand implements ConsoleCommand {
    private final FunctionReference reference;

    @Activate
    public RuleFunctionsCommand(@Reference FunctionReference reference) {
        this.reference = reference;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:functions", "Lists the functions that rules can call, or shows one with an example.")
                .words("[NAME]")
                .json()
                .more(
                        "A part of a name lists the functions whose names contain it. SCALAR functions compute from one row, AGGREGATE"
                                + " ones from all rows of a group, ANALYTIC ones from a row and those before it; a CONDITION stands in WHERE."
                                + " A result is a value for each row that the example puts out.")
                .example("rule:functions", "Shows all functions.")
                .example("rule:functions array_", "Shows those of arrays.")
                .example("rule:functions round", "Shows how to round, with an example.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? names(reference.functions()) : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(1);
        List<FunctionHelp> all = reference.functions();
        String name =
                invocation.words().isEmpty() ? "" : invocation.words().get(0).toLowerCase(Locale.ROOT);
        Optional<FunctionHelp> one =
                all.stream().filter(function -> function.name().equals(name)).findFirst();
        if (one.isPresent()) {
            show(invocation, one.get());
            return 0;
        }
        List<FunctionHelp> some =
                all.stream().filter(function -> function.name().contains(name)).toList();
        if (some.isEmpty()) {
            return invocation.fail(Instances.none("function", name, names(all), "rule:functions shows them"));
        }
        if (invocation.json()) {
            invocation
                    .out()
                    .println(Json.text(
                            some.stream().map(RuleFunctionsCommand::json).toList()));
            return 0;
        }
        Table table = new Table("FUNCTION", "KIND", "WHAT IT GIVES");
        some.forEach(function -> table.row(function.usage(), function.kind(), function.summary()));
        table.print(invocation.out());
        return 0;
    }

    private static void show(Invocation invocation, FunctionHelp function) {
        if (invocation.json()) {
            invocation.out().println(json(function));
            return;
        }
        new Facts(invocation.out())
                .line("function", function.usage())
                .line("kind", function.kind())
                .line("gives", function.summary())
                .line("example", function.example())
                .line("on rows", function.input())
                .line("result", function.result());
    }

    private static List<String> names(List<FunctionHelp> functions) {
        return functions.stream().map(FunctionHelp::name).toList();
    }

    private static Json json(FunctionHelp function) {
        return new Json()
                .put("name", function.name())
                .put("kind", function.kind())
                .put("usage", function.usage())
                .put("summary", function.summary())
                .put("example", function.example())
                .put("input", function.input())
                .put("result", function.result());
    }
}
