package org.headgate.commands.device;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.headgate.commands.kit.Edits;
import org.headgate.commands.kit.Proposals.Proposal;
import org.headgate.config.api.Applied;
import org.headgate.console.api.Json;
import org.headgate.console.api.Table;
import org.headgate.device.api.Discovered;

/** Shows what was found; of a single find all that it has. */
final class ProposalTable {
    private final List<Proposal> proposals;

    ProposalTable(List<Proposal> proposals) {
        this.proposals = proposals;
    }

    void print(PrintStream out) {
        if (proposals.isEmpty()) {
            out.println("nothing was found");
            return;
        }
        Table table = new Table("NAME", "ADDRESS", "CHANNELS>", "STATE", "WHAT");
        for (Proposal one : proposals) {
            int points = one.found().points().size();
            table.row(
                            one.name(),
                            one.found().address(),
                            points == 0 ? "-" : points,
                            one.state(),
                            one.found().description())
                    .explain();
        }
        table.print(out);
        if (proposals.size() == 1 && !proposals.get(0).found().points().isEmpty()) {
            out.println();
            Table points = new Table("CHANNEL", "DEFINITION", "STATE", "WHAT");
            for (Discovered.Point point : proposals.get(0).found().points()) {
                String state = point.obstacle().isEmpty() ? "free" : point.obstacle();
                points.row(point.name(), point.text(), state, point.description())
                        .explain();
            }
            points.print(out);
        }
    }

    /** All of it as one object; the revision where something was added. */
    static Json json(List<Proposal> proposals, List<String> failures, Optional<Applied> applied) {
        Json json = applied.map(Edits::json).orElseGet(Json::new);
        return json.put("found", proposals.stream().map(ProposalTable::json).toList())
                .put("failures", failures);
    }

    private static Json json(Proposal one) {
        return new Json()
                .put("name", one.name())
                .put("address", one.found().address())
                .put("description", one.found().description())
                .put("configured", one.configured())
                .put("obstacle", one.found().obstacle())
                .put("settings", one.found().settings())
                .put(
                        "channels",
                        one.found().points().stream().map(ProposalTable::json).toList());
    }

    private static Json json(Discovered.Point point) {
        return new Json()
                .put("name", point.name())
                .put("definition", point.text())
                .put("description", point.description())
                .put("obstacle", point.obstacle());
    }
}
