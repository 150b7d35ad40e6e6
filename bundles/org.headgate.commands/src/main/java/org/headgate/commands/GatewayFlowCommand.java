package org.headgate.commands;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.data.api.FlowSnapshot;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:flow}: where every row has gone. Fails when a sum does not come out, which would be a defect. */
@Component(service = ConsoleCommand.class)
public final class GatewayFlowCommand implements ConsoleCommand {
    private final Flows flows;

    @Activate
    public GatewayFlowCommand(@Reference Flows flows) {
        this.flows = flows;
    }

    @Override
    public Signature signature() {
        return Signature.of(
                        "gateway:flow",
                        "Shows where every row has gone: in + recovered = passed + filtered + aggregated + queued + dropped.")
                .json()
                .more(
                        "A line is an edge of the graph: from a driver to its device, from a stream to a rule, to an uplink's outbox. Each row"
                                + " that came in is counted in exactly one of the other columns; EMITTED counts the rows that came out of it.")
                .more("It fails when an edge does not balance, which would be a defect.")
                .example("gateway:flow", "Shows all edges.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        List<FlowSnapshot> edges = flows.all();
        long lost = edges.stream().filter(edge -> edge.imbalance() != 0).count();
        if (invocation.json()) {
            invocation
                    .out()
                    .println(Json.text(
                            edges.stream().map(GatewayFlowCommand::json).toList()));
            return lost == 0 ? 0 : 1;
        }
        Table table = new Table(
                "FROM", "TO", "IN>", "RECOV>", "PASSED>", "FILTER>", "AGGREG>", "QUEUED>", "DROPPED", "EMITTED>");
        for (FlowSnapshot edge : edges) {
            table.row(
                    edge.from(),
                    edge.to(),
                    edge.in(),
                    edge.recovered(),
                    edge.passed(),
                    edge.filtered(),
                    edge.aggregated(),
                    edge.queued(),
                    reasons(edge.dropped()),
                    edge.emitted());
        }
        table.print(invocation.out());
        if (lost != 0) {
            return invocation.fail(
                    lost + " edges do not balance; please report this as a defect with the output of --json");
        }
        invocation
                .out()
                .println("every edge balances: in + recovered = passed + filtered + aggregated + queued + dropped");
        return 0;
    }

    private static String reasons(Map<String, Long> dropped) {
        return dropped.isEmpty()
                ? "0"
                : dropped.entrySet().stream()
                        .map(reason -> reason.getKey() + " " + reason.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static Json json(FlowSnapshot edge) {
        return new Json()
                .put("from", edge.from())
                .put("to", edge.to())
                .put("in", edge.in())
                .put("recovered", edge.recovered())
                .put("passed", edge.passed())
                .put("filtered", edge.filtered())
                .put("aggregated", edge.aggregated())
                .put("queued", edge.queued())
                .put("dropped", edge.dropped())
                .put("emitted", edge.emitted())
                .put("resent", edge.resent());
    }
}
