package org.headgate.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the clock is set. The time zone does not matter: Headgate counts in UTC. */
@Component
public final class ClockCheck implements HealthCheck {
    /** Older than this program: such a time is wrong, whatever set it. */
    private static final Instant IMPOSSIBLE = Instant.parse("2025-01-01T00:00:00Z");

    private static final String SYNCHRONISE =
            "sudo timedatectl set-ntp true; then timedatectl timesync-status shows the server and how far the clock is off";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final Configurations configurations;
    private final Instant impossible;

    @Activate
    public ClockCheck(@Reference Clock clock, @Reference Configurations configurations) {
        this(clock, configurations, IMPOSSIBLE);
    }

    ClockCheck(Clock clock, Configurations configurations, Instant impossible) {
        this.clock = clock;
        this.configurations = configurations;
        this.impossible = impossible;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public List<Finding> check() {
        Instant now = Instant.ofEpochSecond(0, clock.epochNanos());
        String time = TIME.format(now);
        if (now.isBefore(impossible)) {
            return List.of(Finding.fail("", "it is set wrongly: " + time, SYNCHRONISE));
        }
        return List.of(
                switch (clock.state()) {
                    case UNSET ->
                        Finding.warn(
                                "",
                                "it is not set since the machine started (it shows " + time
                                        + "): rows wait for it, and commands that write are refused",
                                SYNCHRONISE + "; a machine without a network: uplinks and commands trust its clock with"
                                        + " clock = trusted in " + FileName.GATEWAY);
                    case STEPPED -> Finding.ok("", "it was set a moment ago" + stepped() + ": " + time);
                    case SYNCED -> Finding.ok("", "it is set" + trusted() + stepped() + ": " + time);
                });
    }

    private String trusted() {
        return configurations
                .value(FileName.GATEWAY, "clock")
                .filter("trusted"::equals)
                .map(text -> ", because clock = trusted says so")
                .orElse("");
    }

    private String stepped() {
        return clock.lastStep()
                .map(step -> String.format(
                        Locale.ROOT,
                        " (it jumped by %.1f s, %d min ago)",
                        step.byNanos() / 1e9,
                        Duration.ofNanos(clock.monotonicNanos() - step.atMonotonicNanos())
                                .toMinutes()))
                .orElse("");
    }
}
