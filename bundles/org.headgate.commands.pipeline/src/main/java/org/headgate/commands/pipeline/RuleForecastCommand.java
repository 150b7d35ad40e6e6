package org.headgate.commands.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.commands.kit.Assignments;
import org.headgate.commands.kit.Cells;
import org.headgate.commands.kit.Facts;
import org.headgate.commands.kit.Instances;
import org.headgate.commands.kit.Readers;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.Priority;
import org.headgate.rule.api.Forecast;
import org.headgate.rule.api.RuleTrials;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:forecast}. */
@Component(service = ConsoleCommand.class)
public final class RuleForecastCommand implements ConsoleCommand {
    /** A twelfth of a year. */
    private static final double MONTH_SECONDS = 365.25 * 86_400 / 12;

    private final RuleTrials trials;
    private final RuleEdits edits;
    private final Configurations configurations;
    private final Clock clock;

    @Activate
    public RuleForecastCommand(
            @Reference RuleTrials trials,
            @Reference RuleEdits edits,
            @Reference Configurations configurations,
            @Reference Clock clock) {
        this.trials = trials;
        this.edits = edits;
        this.configurations = configurations;
        this.clock = clock;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:forecast", "Says what a rule would cost and save, by the rows of the history.")
                .words("NAME from=24h [to=1h]")
                .json()
                .more(
                        "Sizes are those of rows as JSON, before TLS and MQTT. The error is the largest distance between a number that came in and"
                                + " what the rows that were put out tell of its time: by a straight line between two of them, or by the row before, whichever is"
                                + " better. An outbox lasts as long as it would take this rule alone to fill it while the link is down.")
                .example("rule:forecast boiler-moves from=24h", "Says what the last day's rows would be in a month.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty()
                ? edits.files().complete(before)
                : Assignments.complete(before, List.of("from=", "to="));
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String name = invocation.word(0, "NAME");
        Map<String, Optional<String>> words =
                Assignments.of(invocation.words().subList(1, invocation.words().size()));
        RuleTestCommand.known(words, List.of(Past.FROM, Past.TO));
        Past past = Past.of(words, clock.epochNanos());
        if (!edits.files().exists(name)) {
            return edits.files().unknown(invocation, name);
        }
        try {
            Forecast forecast = trials.forecast(name, past.fromNanos(), past.toNanos());
            RuleTestCommand.interrupted();
            return print(invocation, name, forecast);
        } catch (IOException | IllegalArgumentException failure) {
            return invocation.fail(String.valueOf(failure.getMessage()));
        }
    }

    private int print(Invocation invocation, String name, Forecast forecast) {
        double seconds = forecast.span().toNanos() / 1e9;
        Map<String, Double> lasting = lasting(name, forecast.bytesStored() / seconds);
        if (invocation.json()) {
            invocation.out().println(json(forecast, seconds, lasting));
            return 0;
        }
        if (forecast.in() < 2 || seconds == 0) {
            forecast.notes().forEach(note -> invocation.out().println("note: " + note));
            return invocation.fail("too few rows for a forecast: " + forecast.in());
        }
        List<String> parts = new ArrayList<>();
        parts.add(size(forecast.bytesIn() * MONTH_SECONDS / seconds) + " -> "
                + size(forecast.bytesOut() * MONTH_SECONDS / seconds) + " a month");
        forecast.errors().stream().findFirst().ifPresent(error -> parts.add("max error " + worst(error)));
        lasting.values().stream().min(Double::compare).ifPresent(least -> parts.add("the outbox lasts " + time(least)));
        invocation.out().println(String.join(", ", parts));
        Facts facts = new Facts(invocation.out())
                .line("rows", forecast.in() + " in, " + forecast.out() + " out, in " + time(seconds))
                .line("payload", size(forecast.bytesIn()) + " in, " + size(forecast.bytesOut()) + " out");
        for (Forecast.Error error : forecast.errors()) {
            facts.line(
                    error.column(),
                    worst(error) + " off at most, told by "
                            + (error.linear() ? "lines between rows" : "the row before"));
        }
        lasting.forEach((uplink, left) -> facts.line("outbox", uplink + " lasts " + time(left)));
        forecast.notes().forEach(note -> invocation.out().println("note: " + note));
        return 0;
    }

    private static Json json(Forecast forecast, double seconds, Map<String, Double> lasting) {
        List<Json> errors = forecast.errors().stream()
                .map(error -> new Json()
                        .put("column", error.column())
                        .put("unit", error.unit())
                        .put("worst", error.worst())
                        .put("linear", error.linear()))
                .toList();
        return new Json()
                .put("in", forecast.in())
                .put("out", forecast.out())
                .put("bytesIn", forecast.bytesIn())
                .put("bytesOut", forecast.bytesOut())
                .put("bytesStored", forecast.bytesStored())
                .put("seconds", seconds)
                .put("monthBytesIn", forecast.bytesIn() * MONTH_SECONDS / seconds)
                .put("monthBytesOut", forecast.bytesOut() * MONTH_SECONDS / seconds)
                .put("errors", errors)
                .put("outboxSeconds", lasting)
                .put("notes", forecast.notes());
    }

    /** By uplink that reads the rule, how many seconds its outbox lasts at so many bytes a second. */
    private Map<String, Double> lasting(String rule, double rate) {
        Map<String, Double> lasting = new TreeMap<>();
        Instances uplinks = new Instances(configurations, "uplink");
        for (String uplink : uplinks.names()) {
            priority(uplinks, uplink, rule)
                    .ifPresent(priority -> lasting.put(uplink, mostBytes(uplinks, uplink, priority) / rate));
        }
        if (lasting.isEmpty()) {
            long most = OutboxSettings.defaultBytes(Priority.NORMAL);
            lasting.put("of " + Cells.bytes(most), most / rate);
        }
        return lasting;
    }

    /** In which of its logs an uplink keeps a stream; empty where it does not take it. */
    private static Optional<Priority> priority(Instances uplinks, String uplink, String stream) {
        List<String> streams = list(uplinks, uplink, "streams");
        if (excludes(streams, stream)) {
            return Optional.empty();
        } else if (takes(list(uplinks, uplink, "priority.high"), stream)) {
            return Optional.of(Priority.HIGH);
        } else if (takes(list(uplinks, uplink, "priority.low"), stream)) {
            return Optional.of(Priority.LOW);
        }
        return takes(streams, stream) ? Optional.of(Priority.NORMAL) : Optional.empty();
    }

    private static boolean takes(List<String> patterns, String stream) {
        return patterns.stream().anyMatch(pattern -> Readers.matches(pattern, stream)) && !excludes(patterns, stream);
    }

    private static boolean excludes(List<String> patterns, String stream) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.startsWith("!") && Readers.matches(pattern.substring(1), stream));
    }

    private static List<String> list(Instances uplinks, String uplink, String key) {
        return uplinks.value(uplink, key).map(Texts::list).orElse(List.of());
    }

    private static long mostBytes(Instances uplinks, String uplink, Priority priority) {
        return uplinks.value(uplink, "outbox." + priority.label() + ".max-bytes")
                .or(() -> uplinks.value(uplink, "outbox.max-bytes"))
                .flatMap(Texts::bytes)
                .orElse(OutboxSettings.defaultBytes(priority));
    }

    private static String worst(Forecast.Error error) {
        return Cells.number(error.worst()) + (error.unit().isEmpty() ? "" : " " + error.unit());
    }

    /** A decimal size with two digits or so: {@code 4.1 GB}. */
    static String size(double bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double size = bytes;
        int unit = 0;
        while (size >= 999.5 && unit < units.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit > 0 && size < 9.95 ? "%.1f %s" : "%.0f %s", size, units[unit]);
    }

    /** A time in its largest fitting unit: {@code 19 days}. */
    static String time(double seconds) {
        double days = seconds / Duration.ofDays(1).toSeconds();
        if (days >= 3650) {
            return "over 10 years";
        } else if (days >= 2) {
            return Math.round(days) + " days";
        } else if (seconds >= 7200) {
            return Math.round(seconds / 3600) + " hours";
        }
        return seconds >= 120 ? Math.round(seconds / 60) + " minutes" : Math.round(seconds) + " seconds";
    }
}
