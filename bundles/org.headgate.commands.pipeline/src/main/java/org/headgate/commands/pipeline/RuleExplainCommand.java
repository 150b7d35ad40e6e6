package org.headgate.commands.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.headgate.commands.kit.Cells;
import org.headgate.commands.kit.Facts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.rule.api.RuleExplanation;
import org.headgate.rule.api.RuleExplanation.Checkpoint;
import org.headgate.rule.api.Rules;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:explain}. */
@Component(service = ConsoleCommand.class)
public final class RuleExplainCommand implements ConsoleCommand {
    private final Rules rules;
    private final RuleEdits edits;

    @Activate
    public RuleExplainCommand(@Reference Rules rules, @Reference RuleEdits edits) {
        this.rules = rules;
        this.edits = edits;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:explain", "Shows what a rule does with a row, what it keeps, and what it costs.")
                .words("NAME")
                .json()
                .more(
                        "First the way of a row, with columns and types, once the streams have had a row; 'indexed' is what keeps rows from the rule"
                                + " without asking it. Then what is held (bytes are estimated), when the state was written last, how many rows a crash would cost"
                                + " now, and the mean time of a row, of which one in 1,024 is measured.")
                .example("rule:explain boiler-avg", "Explains the rule boiler-avg.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return edits.files().complete(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        String name = invocation.word(0, "NAME");
        invocation.atMost(1);
        Optional<RuleExplanation> found = rules.explain(name);
        if (found.isEmpty()) {
            return edits.files().unknown(invocation, name);
        }
        if (invocation.json()) {
            invocation.out().println(json(found.get()));
        } else {
            print(found.get(), new Facts(invocation.out()));
        }
        return 0;
    }

    private static void print(RuleExplanation rule, Facts facts) {
        String detail = rule.status().detail();
        facts.line("rule", rule.status().name())
                .line("state", rule.status().state() + (detail.isEmpty() ? "" : ", " + detail));
        rule.steps().forEach(step -> facts.line(step.name(), step.text()));
        RuleExplanation.Held held = rule.held();
        facts.line("held", held.rows() + " rows, " + held.groups() + " groups")
                .line("memory", "about " + held.bytes() + " of " + held.mostBytes() + " bytes")
                .line(
                        "checkpoint",
                        rule.checkpoint().map(RuleExplainCommand::written).orElse("none"))
                .line(
                        "a crash costs",
                        rule.checkpoint()
                                .map(written -> written.rowsSince() + " rows, those since the last checkpoint")
                                .orElse("what is held"));
        rule.checkpoint()
                .filter(written -> written.missingAtMost() > 0)
                .ifPresent(written -> facts.line(
                        "missing", "up to " + written.missingAtMost() + " rows, by crashes since the last stop"));
        facts.line("a row takes", cost(rule.cost()));
        rule.edges().forEach(edge -> facts.line("from " + edge.from(), counters(edge)));
    }

    private static String written(Checkpoint checkpoint) {
        String every = "every " + checkpoint.everyMillis() / 1000.0 + " s, ";
        return every
                + (checkpoint.writtenNanos() == 0
                        ? "not written yet"
                        : "last " + Cells.time(checkpoint.writtenNanos()) + " UTC, " + checkpoint.bytes() + " bytes");
    }

    private static String cost(RuleExplanation.Cost cost) {
        return cost.samples() == 0
                ? "not measured yet"
                : String.format(Locale.ROOT, "%.0f ns, by %d that were measured", cost.nanosPerRow(), cost.samples());
    }

    private static String counters(FlowSnapshot edge) {
        StringBuilder text = new StringBuilder()
                .append(edge.in() + " in, " + edge.recovered() + " recovered, " + edge.passed() + " passed, ")
                .append(edge.filtered() + " filtered, " + edge.aggregated() + " aggregated, " + edge.queued())
                .append(" queued");
        edge.dropped().forEach((reason, rows) -> text.append(", " + rows + " dropped: " + reason));
        return text.append("; " + edge.emitted() + " emitted").toString();
    }

    private static Json json(RuleExplanation rule) {
        return RuleListCommand.json(rule.status())
                .put(
                        "steps",
                        rule.steps().stream()
                                .map(step -> new Json().put("step", step.name()).put("text", step.text()))
                                .toList())
                .put("rows", rule.held().rows())
                .put("groups", rule.held().groups())
                .put("bytes", rule.held().bytes())
                .put("maxBytes", rule.held().mostBytes())
                .put("checkpoint", rule.checkpoint().map(RuleExplainCommand::json))
                .put("nanosPerRow", rule.cost().nanosPerRow())
                .put("samples", rule.cost().samples())
                .put(
                        "edges",
                        rule.edges().stream().map(RuleExplainCommand::json).toList());
    }

    private static Json json(Checkpoint checkpoint) {
        return new Json()
                .put("every", checkpoint.everyMillis())
                .put("written", checkpoint.writtenNanos() / 1_000_000)
                .put("bytes", checkpoint.bytes())
                .put("rowsSince", checkpoint.rowsSince())
                .put("missingAtMost", checkpoint.missingAtMost());
    }

    private static Json json(FlowSnapshot edge) {
        return new Json()
                .put("from", edge.from())
                .put("in", edge.in())
                .put("recovered", edge.recovered())
                .put("passed", edge.passed())
                .put("filtered", edge.filtered())
                .put("aggregated", edge.aggregated())
                .put("queued", edge.queued())
                .put("dropped", edge.dropped())
                .put("emitted", edge.emitted());
    }
}
