package org.headgate.commands;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.headgate.commands.kit.Cells;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.Drivers;
import org.headgate.outbox.api.Outbox;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.Rules;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Scheduler;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.Uplinks;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:status}: the gateway on one page. */
@Component(service = ConsoleCommand.class)
public final class GatewayStatusCommand implements ConsoleCommand {
    private final Gateway gateway;
    private final Configurations configurations;
    private final Devices devices;
    private final Drivers drivers;
    private final Rules rules;
    private final Uplinks uplinks;
    private final Traffic traffic;
    private final Outbox outbox;
    private final Clock clock;
    private final Calls calls;
    private final Scheduler scheduler;

    @Activate
    public GatewayStatusCommand(
            @Reference Gateway gateway,
            @Reference Configurations configurations,
            @Reference Devices devices,
            @Reference Drivers drivers,
            @Reference Rules rules,
            @Reference Uplinks uplinks,
            @Reference Traffic traffic,
            @Reference Outbox outbox,
            @Reference Clock clock,
            @Reference Calls calls,
            @Reference Scheduler scheduler) {
        this.gateway = gateway;
        this.configurations = configurations;
        this.devices = devices;
        this.drivers = drivers;
        this.rules = rules;
        this.uplinks = uplinks;
        this.traffic = traffic;
        this.outbox = outbox;
        this.clock = clock;
        this.calls = calls;
        this.scheduler = scheduler;
    }

    @Override
    public Signature signature() {
        return Signature.of("gateway:status", "Shows the gateway on one page.")
                .json()
                .more("Saved are the rows that were read and need not be sent. Each warning says what to do.")
                .example("gateway:status", "Shows the gateway.")
                .example("gateway:status --json", "Shows it for a program.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        long uptimeSeconds = (clock.epochNanos() - clock.processStartNanos()) / 1_000_000_000L;
        long online = devices.list().stream()
                .filter(device -> device.state() instanceof DeviceState.Online)
                .count();
        long simulated = devices.list().stream().filter(DeviceStatus::simulated).count();
        long running = rules.list().stream()
                .filter(rule -> rule.state() == RuleStatus.State.RUNNING)
                .count();
        long connected = uplinks.list().stream()
                .filter(uplink -> uplink.state() == UplinkStatus.State.ONLINE)
                .count();
        Traffic.Sums sums = traffic.sums();
        if (invocation.json()) {
            invocation
                    .out()
                    .println(new Json()
                            .put("id", gateway.id())
                            .put("version", gateway.version())
                            .put("home", gateway.home())
                            .put("uptime", uptimeSeconds)
                            .put("clock", ClockReport.of(clock, outbox).json())
                            .put("devices", count(devices.list().size(), online))
                            .put("simulated", simulated)
                            .put("rules", count(rules.list().size(), running))
                            .put("uplinks", count(uplinks.list().size(), connected))
                            .put("rowsRead", sums.read())
                            .put("rowsSent", sums.sent())
                            .put("bytesSent", sums.bytes())
                            .put("reduction", sums.reduction())
                            .put("stuckCalls", calls.stuck())
                            .put("warnings", warnings()));
            return 0;
        }
        line(invocation, "gateway", gateway.id() + ", Headgate " + gateway.version());
        line(invocation, "home", gateway.home().toString());
        line(invocation, "up for", printUptime(uptimeSeconds));
        line(invocation, "clock", ClockReport.of(clock, outbox).text());
        line(
                invocation,
                "devices",
                online + " of " + devices.list().size() + " online"
                        + (simulated == 0 ? "" : ", " + simulated + " SIMULATED: gateway:simulate off ends it"));
        line(invocation, "rules", running + " of " + rules.list().size() + " running");
        line(invocation, "uplinks", connected + " of " + uplinks.list().size() + " online");
        line(
                invocation,
                "rows",
                sums.read() + " read, " + sums.sent() + " sent, " + Cells.percent(sums.reduction()) + " saved");
        line(invocation, "sent", Cells.bytes(sums.bytes()) + " of payload");
        line(invocation, "hung calls", String.valueOf(calls.stuck()));
        warnings().forEach(warning -> line(invocation, "warning", warning));
        return 0;
    }

    private List<String> warnings() {
        long failures = scheduler.failures();
        Stream<String> defects = failures == 0
                ? Stream.of()
                : Stream.of("tasks of the gateway that failed: " + failures + ", see the log");
        return Stream.of(configurations.warnings().stream(), drivers.warnings().stream(), defects)
                .flatMap(warnings -> warnings)
                .toList();
    }

    private static Json count(long all, long good) {
        return new Json().put("all", all).put("good", good);
    }

    private static void line(Invocation invocation, String key, String value) {
        invocation.out().println(key + " ".repeat(12 - key.length()) + value);
    }

    private static String printUptime(long seconds) {
        Duration up = Duration.ofSeconds(seconds);
        return up.toDays() + " d " + up.toHoursPart() + " h " + up.toMinutesPart() + " min " + up.toSecondsPart()
                + " s";
    }
}
