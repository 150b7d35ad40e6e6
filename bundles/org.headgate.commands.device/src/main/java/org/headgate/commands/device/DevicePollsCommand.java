package org.headgate.commands.device;

import java.time.Duration;
import java.util.List;
import org.headgate.commands.kit.Cells;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Devices;
import org.headgate.device.api.PollStatistics;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device:polls}. */
@Component(service = ConsoleCommand.class)
public final class DevicePollsCommand implements ConsoleCommand {
    private static final String RESET = "reset";

    private final Devices devices;

    @Activate
    public DevicePollsCommand(@Reference Devices devices) {
        this.devices = devices;
    }

    @Override
    public Signature signature() {
        return Signature.of("device:polls", "Shows how punctual the polls are; with reset, begins to measure anew.")
                .words("[" + RESET + "]")
                .json()
                .more("Lateness is measured from when a poll was due to when its read began; MISSED counts those"
                        + " that were left out since the device or its bus was still busy.")
                .example("device:polls", "Shows how late polls are.")
                .example("device:polls reset", "Shows it once more and begins anew.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? List.of(RESET) : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(1);
        boolean reset = !invocation.words().isEmpty();
        if (reset && !invocation.words().get(0).equals(RESET)) {
            throw new UsageException("unexpected word " + invocation.words().get(0) + " (expected: " + RESET + ")");
        }
        PollStatistics seen = devices.polls();
        if (invocation.json()) {
            invocation
                    .out()
                    .println(new Json()
                            .put("polls", seen.polls())
                            .put("missed", seen.missed())
                            .put("p50Micros", seen.p50Nanos() / 1000)
                            .put("p99Micros", seen.p99Nanos() / 1000)
                            .put("worstMicros", seen.worstNanos() / 1000));
        } else {
            Table table = new Table("POLLS>", "MISSED>", "LATE BY P50>", "P99>", "WORST>");
            table.row(
                    seen.polls(),
                    seen.missed(),
                    millis(seen.p50Nanos()),
                    millis(seen.p99Nanos()),
                    millis(seen.worstNanos()));
            table.print(invocation.out());
        }
        if (reset) {
            devices.resetPolls();
        }
        return 0;
    }

    private static String millis(long nanos) {
        return Cells.millis(Duration.ofNanos(nanos));
    }
}
