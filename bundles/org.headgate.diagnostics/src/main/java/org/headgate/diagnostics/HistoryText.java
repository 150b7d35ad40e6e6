package org.headgate.diagnostics;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.headgate.commands.kit.Cells;
import org.headgate.console.api.Json;
import org.headgate.console.api.Table;

/** A history as a table, as JSON and as CSV. */
final class HistoryText {
    private static final int LINES = 24;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private HistoryText() {}

    /** Two dozen lines, more only where the clock jumped or the machine started anew. */
    static void table(History history, Duration time, PrintStream out) {
        Table table = new Table(
                "FROM (UTC)", "CPU%>", "MAX>", "AVAIL>", "RSS>", "HEAP>", "FREE>", "WRITTEN>", "WEAR%>", "TEMP>");
        List<Sample> samples = history.samples();
        long width = Math.max(1, time.toMinutes() / LINES) * 60_000;
        int from = 0;
        for (int i = 1; i <= samples.size(); i++) {
            if (i == samples.size() || !together(samples.get(from), samples.get(i), width)) {
                line(table, samples, from, i);
                from = i;
            }
        }
        table.print(out);
        out.println(samples.size() - 1 + " samples, and one of now");
        if (history.damaged() > 0) {
            out.println(history.damaged() + " damaged ones were left out");
        }
        if (history.lost() > 0 || !history.problem().isEmpty()) {
            out.println(history.lost() + " could not be kept"
                    + (history.problem().isEmpty() ? "" : ": " + history.problem()));
        }
    }

    private static boolean together(Sample first, Sample next, long width) {
        return first.boot() == next.boot()
                && first.clockSet() == next.clockSet()
                && Math.floorDiv(first.epochMillis(), width) == Math.floorDiv(next.epochMillis(), width);
    }

    private static void line(Table table, List<Sample> samples, int from, int to) {
        List<Sample> part = List.copyOf(samples.subList(from, to));
        long written = 0;
        for (int i = Math.max(1, from); i < to; i++) {
            written += History.writtenBetween(samples.get(i - 1), samples.get(i));
        }
        Sample first = part.get(0);
        table.row(
                MINUTE.format(Instant.ofEpochMilli(first.epochMillis())) + (first.clockSet() ? "" : "?"),
                number(doubles(part, Sample::cpu).average().orElse(Double.NaN)),
                number(doubles(part, Sample::cpu).max().orElse(Double.NaN)),
                size(longs(part, Sample::memoryAvailable).min().orElse(-1)),
                size(longs(part, Sample::rss).max().orElse(-1)),
                size(longs(part, Sample::heap).max().orElse(-1)),
                size(longs(part, Sample::diskFree).min().orElse(-1)),
                size(written),
                longs(part, Sample::wear).max().isPresent()
                        ? longs(part, Sample::wear).max().getAsLong()
                        : "",
                number(doubles(part, Sample::temperature).max().orElse(Double.NaN)));
    }

    /** One object on one line, written sample by sample: a month of them is ten megabytes. */
    static void json(History history, PrintStream out) {
        out.print("{\"samples\":[");
        String separator = "";
        for (Sample sample : history.samples()) {
            out.print(separator);
            out.print(json(sample));
            separator = ",";
        }
        String rest = new Json()
                .put("damaged", history.damaged())
                .put("lost", history.lost())
                .put("problem", history.problem())
                .toString();
        out.println("]," + rest.substring(1));
    }

    private static String json(Sample sample) {
        return new Json()
                .put("time", sample.epochMillis())
                .put("clockSet", sample.clockSet())
                .put("boot", Long.toHexString(sample.boot()))
                .put("uptime", sample.uptimeSeconds())
                .put("cpu", sample.cpu())
                .put("memoryAvailable", known(sample.memoryAvailable()))
                .put("rss", known(sample.rss()))
                .put("pss", known(sample.pss()))
                .put("heap", known(sample.heap()))
                .put("diskFree", known(sample.diskFree()))
                .put("written", known(sample.written()))
                .put("wear", known(sample.wear()))
                .put("temperature", sample.temperature())
                .toString();
    }

    /** A heading and a line for each sample written line by line. */
    static void csv(History history, OutputStream out) throws IOException {
        out.write(
                ("time,clock_set,boot,uptime_s,cpu_percent,memory_available,rss,pss,heap,disk_free,written,wear_percent,"
                                + "temperature\n")
                        .getBytes(StandardCharsets.US_ASCII));
        for (Sample sample : history.samples()) {
            out.write(csv(sample).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String csv(Sample sample) {
        List<Object> cells = new ArrayList<>(List.of(
                Instant.ofEpochMilli(sample.epochMillis()),
                sample.clockSet(),
                Long.toHexString(sample.boot()),
                sample.uptimeSeconds(),
                decimal(sample.cpu())));
        for (long value : new long[] {
            sample.memoryAvailable(),
            sample.rss(),
            sample.pss(),
            sample.heap(),
            sample.diskFree(),
            sample.written(),
            sample.wear()
        }) {
            cells.add(value < 0 ? "" : value);
        }
        cells.add(decimal(sample.temperature()));
        return String.join(",", cells.stream().map(String::valueOf).toList()) + '\n';
    }

    private static DoubleStream doubles(List<Sample> part, ToDoubleFunction<Sample> what) {
        return part.stream().mapToDouble(what).filter(value -> !Double.isNaN(value));
    }

    private static LongStream longs(List<Sample> part, ToLongFunction<Sample> what) {
        return part.stream().mapToLong(what).filter(value -> value >= 0);
    }

    private static Long known(long value) {
        return value < 0 ? null : value;
    }

    private static String decimal(double value) {
        return Double.isNaN(value) ? "" : String.valueOf(value);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String size(long bytes) {
        return bytes < 0 ? "" : Cells.bytes(bytes);
    }
}
