package org.headgate.commands;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.headgate.commands.kit.Cells;
import org.headgate.config.api.Gateway;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.Uplinks;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * What a gateway in the foreground says: when it is ready, how to go on, and then one line every ten seconds. Silent unless the
 * launcher asks for it with {@code headgate.announce}.
 */
@Component(
        service = {},
        immediate = true)
public final class Announcer {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Traffic traffic;
    private final Uplinks uplinks;
    private final Clock clock;
    private final Loop loop;
    private final PrintStream out;
    private final String command;
    private final long startNanos;
    private boolean impatient;

    @Activate
    public Announcer(
            BundleContext context,
            @Reference Traffic traffic,
            @Reference Uplinks uplinks,
            @Reference Gateway gateway,
            @Reference Clock clock,
            @Reference Scheduler scheduler) {
        this(
                traffic,
                uplinks,
                clock,
                scheduler.loop("announcer"),
                System.out,
                Optional.ofNullable(context.getProperty("headgate.command")).orElse("headgate"));
        if (Boolean.parseBoolean(context.getProperty("headgate.announce"))) {
            start("Headgate " + gateway.version() + ", gateway " + gateway.id() + ", home " + gateway.home());
        }
    }

    Announcer(Traffic traffic, Uplinks uplinks, Clock clock, Loop loop, PrintStream out, String command) {
        this.traffic = traffic;
        this.uplinks = uplinks;
        this.clock = clock;
        this.loop = loop;
        this.out = out;
        this.command = command;
        this.startNanos = clock.monotonicNanos();
    }

    void start(String headline) {
        out.println(headline);
        loop.execute(this::awaitFirstRow);
    }

    @Deactivate
    void stop() {
        loop.close();
    }

    private void awaitFirstRow() {
        long firstAck = traffic.sums().firstAckNanos();
        if (firstAck == 0) {
            explainTheWait();
            loop.schedule(LOOK, this::awaitFirstRow);
            return;
        }
        double seconds = (firstAck - clock.processStartNanos()) / 1e9;
        out.println(String.format(Locale.ROOT, "ready in %.1f s", seconds));
        out.println("  watch what arrives upstream:  " + command + " watch");
        out.println("  open the console:             " + command + " console");
        out.println("  run one command:              " + command + " exec device:list");
        loop.schedule(PAUSE, this::report);
    }

    private void explainTheWait() {
        if (impatient || clock.monotonicNanos() - startNanos < PATIENCE.toNanos()) {
            return;
        }
        impatient = true;
        out.println("no row has reached a server yet: "
                + (uplinks.list().isEmpty()
                        ? "no uplink is configured (" + command + " exec uplink:list)"
                        : uplinks.list().stream()
                                .map(Announcer::describe)
                                .reduce((a, b) -> a + "; " + b)
                                .orElse("")));
    }

    private static String describe(UplinkStatus uplink) {
        return uplink.name() + " is " + uplink.state()
                + (uplink.detail().isEmpty() ? "" : " (" + uplink.detail() + ")");
    }

    private void report() {
        Traffic.Sums sums = traffic.sums();
        String time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
                .withZone(ZoneId.systemDefault())
                .format(Instant.ofEpochSecond(0, clock.epochNanos()));
        out.println(String.format(
                Locale.ROOT,
                "%s  rows read %,d, rows sent %,d, bytes sent %,d, reduction %s",
                time,
                sums.read(),
                sums.sent(),
                sums.bytes(),
                Cells.percent(sums.reduction())));
        loop.schedule(PAUSE, this::report);
    }
}
