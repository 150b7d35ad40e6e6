package org.headgate.commands.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.headgate.commands.kit.Cells;
import org.headgate.commands.kit.Facts;
import org.headgate.config.api.SecretKeys;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.api.Priority;
import org.headgate.uplink.api.UplinkStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code uplink:info}. */
@Component(service = ConsoleCommand.class)
public final class UplinkInfoCommand implements ConsoleCommand {

    private final UplinkEdits edits;
    private final Outbox outbox;

    @Activate
    public UplinkInfoCommand(@Reference UplinkEdits edits, @Reference Outbox outbox) {
        this.edits = edits;
        this.outbox = outbox;
    }

    @Override
    public Signature signature() {
        return Signature.of("uplink:info", "Shows an uplink: where it stands, what it has sent, what waits, its keys.")
                .words("NAME")
                .json()
                .example("uplink:info demo", "Shows the uplink demo.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return edits.files().complete(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        String name = invocation.word(0, "NAME");
        invocation.atMost(1);
        Optional<UplinkStatus> found = edits.status(name);
        if (found.isEmpty()) {
            return edits.files().unknown(invocation, name);
        }
        UplinkStatus uplink = found.get();
        List<OutboxStatus> logs = outbox.list().stream()
                .filter(each -> each.name().uplink().equals(name))
                .toList();
        Map<String, String> settings = new LinkedHashMap<>(edits.settings(name));
        // Clear text is refused when it is typed; a file may hold it all the same.
        settings.replaceAll(SecretKeys::shown);
        if (invocation.json()) {
            invocation.out().println(json(uplink, logs, settings));
            return 0;
        }
        Facts facts = new Facts(invocation.out())
                .line("uplink", name)
                .line("state", uplink.state() + " since " + Cells.time(uplink.sinceNanos()) + " UTC")
                .line("detail", uplink.detail())
                .line(
                        "sent",
                        uplink.rows() + " rows, " + uplink.messages() + " messages, " + Cells.bytes(uplink.bytes())
                                + (uplink.resent() == 0 ? "" : ", " + uplink.resent() + " messages again"))
                .line("connections", uplink.connects());
        if (uplink.budgetBytes() > 0) {
            facts.line(
                    "budget",
                    Cells.bytes(uplink.budgetUsed()) + " of " + Cells.bytes(uplink.budgetBytes()) + " this month");
        }
        ignored(uplink.ignored()).ifPresent(text -> facts.line("ignored", text));
        for (OutboxStatus log : logs) {
            facts.line(
                    log.name().priority() == Priority.NORMAL
                            ? "outbox"
                            : "outbox " + log.name().priority().label(),
                    said(log));
        }
        if (logs.isEmpty()) {
            facts.line("outbox", "-");
        }
        settings.forEach(facts::line);
        return 0;
    }

    private static Optional<String> ignored(UplinkStatus.Ignored counts) {
        return Stream.of(
                        told(counts.malformed(), "malformed requests"),
                        told(counts.unanswered(), "answers without room"),
                        told(counts.unheard(), "messages too many or too long"))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + ", " + other);
    }

    private static Optional<String> told(long count, String what) {
        return count == 0 ? Optional.empty() : Optional.of(count + " " + what);
    }

    private static String said(OutboxStatus log) {
        String oldest = log.oldestNanos() == 0 ? "" : ", the oldest of " + Cells.time(log.oldestNanos()) + " UTC";
        return log.flow().queued() + " rows wait" + oldest + "; " + Cells.bytes(log.bytes()) + " on disk, "
                + log.flow().droppedRows() + " rows dropped";
    }

    private static Json json(UplinkStatus uplink, List<OutboxStatus> logs, Map<String, String> settings) {
        return UplinkListCommand.json(uplink)
                .put("resent", uplink.resent())
                .put("budgetBytes", uplink.budgetBytes())
                .put("budgetUsed", uplink.budgetUsed())
                .put(
                        "queued",
                        logs.stream().mapToLong(log -> log.flow().queued()).sum())
                .put(
                        "dropped",
                        logs.stream().mapToLong(log -> log.flow().droppedRows()).sum())
                .put("malformed", uplink.ignored().malformed())
                .put("unanswered", uplink.ignored().unanswered())
                .put("unheard", uplink.ignored().unheard())
                .put("settings", settings);
    }
}
