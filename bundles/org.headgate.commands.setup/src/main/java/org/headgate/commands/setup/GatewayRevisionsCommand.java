package org.headgate.commands.setup;

import java.util.List;
import org.headgate.commands.kit.Cells;
import org.headgate.config.api.Revision;
import org.headgate.config.api.Revisions;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:revisions}. */
@Component(service = ConsoleCommand.class)
public final class GatewayRevisionsCommand implements ConsoleCommand {
    private final Revisions revisions;

    @Activate
    public GatewayRevisionsCommand(@Reference Revisions revisions) {
        this.revisions = revisions;
    }

    @Override
    public Signature signature() {
        return Signature.of("gateway:revisions", "Lists what the set-up was, the newest first.")
                .json()
                .more("Each change makes a revision: time in UTC, who, what was typed, and which files are new (+),"
                        + " different (~) or gone (-). What somebody edits by hand is one, too, by editor. The last 50 are"
                        + " kept.")
                .example("gateway:revisions", "Shows who has changed what and when.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        List<Revision> all = revisions.list();
        if (invocation.json()) {
            invocation
                    .out()
                    .println(Json.text(
                            all.stream().map(GatewayRevisionsCommand::json).toList()));
            return 0;
        }
        Table table = new Table("REVISION>", "TIME", "BY", "STATE", "WHAT", "FILES");
        for (Revision revision : all) {
            table.row(
                    revision.number(),
                    Cells.time(revision.epochNanos()),
                    revision.by(),
                    revision.state(),
                    revision.what(),
                    files(revision.files()));
        }
        table.print(invocation.out());
        revisions
                .waiting()
                .ifPresent(waiting -> invocation
                        .out()
                        .println("revision " + waiting.number() + " goes back to " + waiting.back() + " in "
                                + waiting.left().toSeconds() + " s unless you type gateway:confirm"));
        return 0;
    }

    /** The first one without what all names begin and end with, and how many more. */
    private static String files(List<String> files) {
        if (files.isEmpty()) {
            return "";
        }
        String first = files.get(0).replace("headgate.", "").replace(".cfg", "");
        return files.size() == 1 ? first : first + " (+" + (files.size() - 1) + ")";
    }

    private static Json json(Revision revision) {
        return new Json()
                .put("revision", revision.number())
                .put("time", revision.epochNanos() / 1_000_000)
                .put("by", revision.by())
                .put("state", revision.state().name())
                .put("what", revision.what())
                .put("files", revision.files());
    }
}
