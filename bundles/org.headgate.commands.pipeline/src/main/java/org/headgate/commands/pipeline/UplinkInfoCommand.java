package org.headgate.commands.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Optional<OutboxStatus> log = outbox.list().stream()
                .filter(each -> each.uplink().equals(name))
                .findFirst();
        Map<String, String> settings = new LinkedHashMap<>(edits.settings(name));
        // Clear text is refused when it is typed; a file may hold it all the same.
        settings.replaceAll(SecretKeys::shown);
        if (invocation.json()) {
            invocation.out().println(json(uplink, log, settings));
            return 0;
        }
        Facts facts = new Facts(invocation.out())
                .line("uplink", name)
                .line("state", uplink.state() + " since " + Cells.time(uplink.sinceNanos()) + " UTC")
                .line("detail", uplink.detail())
                .line(
                        "sent",
                        uplink.rows() + " rows, " + uplink.messages() + " messages, " + Cells.bytes(uplink.bytes()))
                .line("connections", uplink.connects())
                .line("outbox", log.map(UplinkInfoCommand::said).orElse("-"));
        settings.forEach(facts::line);
        return 0;
    }

    private static String said(OutboxStatus log) {
        String oldest = log.oldestNanos() == 0 ? "" : ", the oldest of " + Cells.time(log.oldestNanos()) + " UTC";
        return log.flow().queued() + " rows wait" + oldest + "; " + Cells.bytes(log.bytes()) + " on disk, "
                + log.flow().droppedRows() + " rows dropped";
    }

    private static Json json(UplinkStatus uplink, Optional<OutboxStatus> log, Map<String, String> settings) {
        return UplinkListCommand.json(uplink)
                .put("queued", log.map(each -> each.flow().queued()).orElse(0L))
                .put("dropped", log.map(each -> each.flow().droppedRows()).orElse(0L))
                .put("settings", settings);
    }
}
