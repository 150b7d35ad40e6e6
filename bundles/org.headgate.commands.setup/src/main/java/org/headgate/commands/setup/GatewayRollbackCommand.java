package org.headgate.commands.setup;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.commands.kit.Edits;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Revisions;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.system.api.Calls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:rollback}. */
@Component(service = ConsoleCommand.class)
public final class GatewayRollbackCommand implements ConsoleCommand {
    private static final String YES = "--yes";

    private final Revisions revisions;
    private final SetUps setUps;
    private final Work work;

    @Activate
    public GatewayRollbackCommand(
            @Reference Configurations configurations,
            @Reference Revisions revisions,
            @Reference DriverAccess drivers,
            @Reference Calls calls) {
        this.revisions = revisions;
        setUps = new SetUps(configurations, revisions);
        work = new Work(calls, drivers);
    }

    @Override
    public Signature signature() {
        return Signature.of("gateway:rollback", "Goes back to the files of a revision, which makes a new one.")
                .words("REVISION")
                .flag(YES, "does not ask")
                .json()
                .more(
                        "The gateway's id stays. Versions of drivers come back, too, as long as they are kept; what waits to"
                                + " be confirmed is over with it. gateway:diff REVISION shows beforehand what would change.")
                .example("gateway:rollback 1 --yes", "Goes back to the first revision.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? setUps.numbers().stream().map(String::valueOf).toList() : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        long number = setUps.number(invocation.word(0, "REVISION"));
        invocation.atMost(1);
        try {
            Map<String, String> now = setUps.now();
            Map<String, String> then = setUps.files(String.valueOf(number));
            List<String> changes = SetUps.changes(now, then);
            if (!invocation.json()) {
                changes.forEach(change -> invocation.out().println(summary(change, now, then)));
            }
            if (!changes.isEmpty() && !invocation.flag(YES)) {
                // Where nobody can be asked, whoever calls has decided.
                Optional<Boolean> yes = invocation.confirm("go back to revision " + number + "?");
                if (yes.isPresent() && !yes.get()) {
                    return invocation.fail("nothing has changed");
                }
            }
            Applied applied = work.run(
                    invocation,
                    "going back to revision " + number,
                    () -> revisions.rollback(number, invocation.user()));
            List<String> missing = work.settle(invocation, applied.files());
            Edits.said(invocation, applied, "back to revision " + number);
            missing.forEach(invocation::fail);
            return missing.isEmpty() ? 0 : 1;
        } catch (IOException failed) {
            return Edits.refused(invocation, failed);
        }
    }

    private static String summary(String change, Map<String, String> now, Map<String, String> then) {
        String file = change.substring(2);
        List<String> lines = SetUps.diff(now.getOrDefault(file, ""), then.getOrDefault(file, ""));
        long added = lines.stream().filter(line -> line.startsWith("+")).count();
        long gone = lines.stream().filter(line -> line.startsWith("-")).count();
        return change + " (+" + added + " -" + gone + (added + gone == 1 ? " line)" : " lines)");
    }
}
