package org.headgate.commands;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code outbox:status}. */
@Component(service = ConsoleCommand.class)
public final class OutboxStatusCommand implements ConsoleCommand {
    private static final long EXACT = 99_999;
    private static final String[] UNITS = {"", "K", "M", "G", "T"};

    private final Outbox outbox;
    private final Clock clock;

    @Activate
    public OutboxStatusCommand(@Reference Outbox outbox, @Reference Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public Signature signature() {
        return Signature.of("outbox:status", "Shows what waits for each uplink, and what it costs the disk.")
                .json()
                .more(
                        "QUEUED rows wait for their server, BACKLOG of them since an outage; a power cut would cost those AT RISK."
                                + " OLDEST is the age of the first of them. LASTS is how long it holds what comes now, by size and by"
                                + " outbox.max-age; full: the drop policy decides. SYNCS/D and WROTE/D, a day, are what wears a card. --json has the exact numbers.")
                .example("outbox:status", "Shows all outboxes.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        List<OutboxStatus> all = outbox.list();
        if (invocation.json()) {
            invocation.out().println(Json.text(all.stream().map(this::json).toList()));
            return 0;
        }
        Table table = new Table(
                "UPLINK",
                "QUEUED>",
                "BACKLOG>",
                "AT RISK>",
                "OLDEST>",
                "ON DISK>",
                "LASTS>",
                "SYNCS/D>",
                "WROTE/D>",
                "DROPPED>",
                "PROBLEM");
        for (OutboxStatus log : all) {
            table.row(
                            log.name(),
                            count(log.flow().queued()),
                            count(log.backlog()),
                            count(log.atRisk()),
                            log.oldestNanos() == 0 ? "-" : age(ageSeconds(log)),
                            share(log.bytes(), log.maxBytes()),
                            lasts(log),
                            count(Math.round(perDay(log, log.syncs()))),
                            size(perDay(log, log.bytesWritten())),
                            count(log.flow().droppedRows()),
                            log.problem())
                    .explain();
        }
        table.print(invocation.out());
        return 0;
    }

    private Json json(OutboxStatus log) {
        return new Json()
                .put("uplink", log.name().uplink())
                .put("priority", log.name().priority().label())
                .put("log", log.log())
                .put("queued", log.flow().queued())
                .put("backlog", log.backlog())
                .put("atRisk", log.atRisk())
                .put("dropped", log.flow().dropped())
                .put("refusedNotKept", log.refusedLost())
                .put("bytes", log.bytes())
                .put("maxBytes", log.maxBytes())
                .put("full", isFull(log))
                .put("bytesPerSecond", log.bytesPerSecond())
                .put("lastsSeconds", log.bytesPerSecond() > 0 ? lastsSeconds(log) : null)
                .put("segments", log.segments())
                .put("syncs", log.syncs())
                .put("bytesWritten", log.bytesWritten())
                .put("openSeconds", Duration.ofNanos(log.runNanos()).toSeconds())
                .put("oldest", log.oldestNanos() / 1_000_000)
                .put("problem", log.problem());
    }

    private long ageSeconds(OutboxStatus log) {
        return Math.max(
                0, Duration.ofNanos(clock.epochNanos() - log.oldestNanos()).toSeconds());
    }

    /** Whether the next segments push the oldest ones out: a log that is full keeps one or two segments' room. */
    private static boolean isFull(OutboxStatus log) {
        return log.bytes() + 2 * log.bytes() / Math.max(1, log.segments()) >= log.maxBytes();
    }

    private long lastsSeconds(OutboxStatus log) {
        long room = Math.max(0, (long) ((log.maxBytes() - log.bytes()) / log.bytesPerSecond()));
        if (log.maxAge().isZero()) {
            return room;
        }
        long waited = log.oldestNanos() == 0 ? 0 : ageSeconds(log);
        return Math.min(room, Math.max(0, log.maxAge().toSeconds() - waited));
    }

    private String lasts(OutboxStatus log) {
        if (isFull(log)) {
            return "full";
        }
        return log.bytesPerSecond() > 0 ? age(lastsSeconds(log)) : "-";
    }

    /** What one day costs at the pace since the log was opened. */
    private static double perDay(OutboxStatus log, long since) {
        long seconds = Duration.ofNanos(log.runNanos()).toSeconds();
        return seconds == 0 ? 0 : (double) since * Duration.ofDays(1).toSeconds() / seconds;
    }

    /** A length of time in its largest unit that leaves two digits: {@code 45 s}, {@code 119 min}, {@code 47 h}, {@code 12 d}. */
    private static String age(long seconds) {
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        long hours = seconds / 3600;
        if (hours < 100) {
            return hours + " h";
        }
        return hours / 24 < 1000 ? hours / 24 + " d" : ">999 d";
    }

    private static String count(long rows) {
        if (rows <= EXACT) {
            return Long.toString(rows);
        }
        return rows < 10_000_000 ? rows / 1000 + "k" : rows / 1_000_000 + "M";
    }

    private static int unit(double bytes) {
        int unit = 0;
        for (double rest = bytes; rest >= 1024 && unit < UNITS.length - 1; rest /= 1024) {
            unit++;
        }
        return unit;
    }

    /** A size in 1024s, with a letter for the unit, as there are many columns: {@code 20.5M}. */
    private static String size(double bytes) {
        int unit = unit(bytes);
        double size = bytes / Math.pow(1024, unit);
        return String.format(Locale.ROOT, size < 100 && unit > 0 ? "%.1f%s" : "%.0f%s", size, UNITS[unit]);
    }

    /** Used of available, both in the unit of the latter: {@code 1.5/32M}. */
    private static String share(long bytes, long max) {
        int unit = unit(max);
        double one = Math.pow(1024, unit);
        return String.format(Locale.ROOT, "%.1f/%.0f%s", bytes / one, max / one, UNITS[unit]);
    }
}
