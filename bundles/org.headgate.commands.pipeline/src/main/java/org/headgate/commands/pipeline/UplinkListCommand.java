package org.headgate.commands.pipeline;

import java.util.List;
import org.headgate.commands.kit.Cells;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.Uplinks;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code uplink:list}. */
@Component(service = ConsoleCommand.class)
public final class UplinkListCommand implements ConsoleCommand {
    private final Uplinks uplinks;

    @Activate
    public UplinkListCommand(@Reference Uplinks uplinks) {
        this.uplinks = uplinks;
    }

    @Override
    public Signature signature() {
        return Signature.of("uplink:list", "Lists the uplinks and where they stand.")
                .json()
                .more(
                        "ROWS, MESSAGES and BYTES count what the server has acknowledged since the start. outbox:status shows what waits.")
                .example("uplink:list", "Shows all uplinks.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        List<UplinkStatus> all = uplinks.list();
        if (invocation.json()) {
            invocation
                    .out()
                    .println(Json.text(all.stream().map(UplinkListCommand::json).toList()));
            return 0;
        }
        Table table = new Table("NAME", "ADDRESS", "STATE", "SINCE (UTC)", "ROWS>", "MESSAGES>", "BYTES>", "DETAIL");
        for (UplinkStatus uplink : all) {
            table.row(
                            uplink.name(),
                            uplink.address(),
                            uplink.state(),
                            Cells.time(uplink.sinceNanos()),
                            uplink.rows(),
                            uplink.messages(),
                            Cells.bytes(uplink.bytes()),
                            uplink.detail())
                    .explain();
        }
        table.print(invocation.out());
        return 0;
    }

    /** An uplink as every command of this bundle prints it. */
    static Json json(UplinkStatus uplink) {
        return new Json()
                .put("name", uplink.name())
                .put("transport", uplink.transport())
                .put("address", uplink.address())
                .put("state", uplink.state())
                .put("detail", uplink.detail())
                .put("since", uplink.sinceNanos() / 1_000_000)
                .put("rows", uplink.rows())
                .put("messages", uplink.messages())
                .put("bytes", uplink.bytes())
                .put("connects", uplink.connects())
                .put("firstAck", uplink.firstAckNanos());
    }
}
