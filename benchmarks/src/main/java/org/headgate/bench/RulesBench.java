package org.headgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.bench.rules.CpuProfiler;
import org.headgate.bench.rules.RuleMemory;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The rules engine beside loops written by hand and beside Siddhi 5.1.30, in JVMs of their own that take turns, with all compilers and with the options that the
 * distribution ships. What is compared is the CPU time of the benchmark's own thread: on a machine that does other things, too, the clock on the wall
 * would compare those. With {@code --quick} each runs for a moment, to see that it still does.
 */
final class RulesBench {
    private static final List<String> FULL = List.of("-Xms256m", "-Xmx1g", "-XX:+UseSerialGC");
    private static final String CONTESTANTS = "org\\.headgate\\.bench\\.rules\\..*Bench\\..*";
    private static final double NANOS = 1e9;

    private record Figure(double nanos, double bytes) {}

    private RulesBench() {}

    static Report run(Path distribution, String[] options) throws IOException, RunnerException {
        boolean quick = Arrays.asList(options).contains("--quick");
        Bench.progress("with all compilers");
        Map<String, Figure> full = measure(FULL, quick);
        Map<String, Figure> shipped = quick ? Map.of() : measureShipped(distribution);
        Report report = new Report("rules", "as built");
        ratios(report, full, shipped);
        aims(report, full);
        report.atMost("heap of a rule, of 10,000", RuleMemory.bytes(quick ? 1_000 : 10_000), "B", 4096);
        figures(report, "all compilers", full);
        figures(report, "shipped options", shipped);
        return report;
    }

    private static Map<String, Figure> measureShipped(Path distribution) throws IOException, RunnerException {
        Bench.progress("with the distribution's options");
        return measure(shipped(distribution), false);
    }

    private static Map<String, Figure> measure(List<String> jvm, boolean quick) throws RunnerException {
        TimeValue time = quick ? TimeValue.milliseconds(20) : TimeValue.seconds(1);
        ChainedOptionsBuilder builder = new OptionsBuilder()
                .include(CONTESTANTS)
                .mode(Mode.AverageTime)
                .forks(quick ? 0 : 1)
                .warmupIterations(quick ? 0 : 4)
                .measurementIterations(quick ? 1 : 3)
                .warmupTime(time)
                .measurementTime(time)
                .jvmArgs(jvm.toArray(String[]::new))
                .shouldFailOnError(quick)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(CpuProfiler.class);
        if (quick) {
            builder.param("rules", "1", "100");
        }
        Collection<RunResult> results = new Runner(builder.build()).run();
        Map<String, Figure> figures = new TreeMap<>();
        for (RunResult result : results) {
            var secondary = result.getSecondaryResults();
            figures.put(
                    name(result),
                    new Figure(
                            secondary.get(CpuProfiler.NANOS).getScore(),
                            secondary.get(CpuProfiler.BYTES).getScore()));
        }
        return figures;
    }

    /** {@code window count, headgate}. */
    private static String name(RunResult result) {
        String[] words = result.getParams().getBenchmark().split("\\.");
        StringBuilder name =
                new StringBuilder(words[words.length - 2].replace("Bench", "").toLowerCase(Locale.ROOT));
        for (String key : result.getParams().getParamsKeys()) {
            name.append(' ').append(result.getParams().getParam(key));
        }
        return name.append(", ").append(words[words.length - 1]).toString();
    }

    private static List<String> shipped(Path distribution) throws IOException {
        List<String> options = new ArrayList<>();
        for (String line : Files.readAllLines(distribution.resolve("etc/jvm.options"))) {
            if (line.startsWith("-")) {
                options.add(line.strip());
            }
        }
        return options;
    }

    private static void ratios(Report report, Map<String, Figure> full, Map<String, Figure> shipped) {
        full.forEach((name, figure) -> {
            String what = name.split(", ")[0];
            if (name.endsWith(", headgate")) {
                Figure peer = full.get(what + ", siddhi");
                Figure loop = full.get(loop(what));
                if (peer != null) {
                    double aim = what.equals("filter") ? 5 : what.startsWith("window") ? 10 : 1;
                    report.atLeast(what + ", rate / Siddhi's", peer.nanos / figure.nanos, "", aim);
                }
                if (loop != null) {
                    report.add(what + ", time / a loop's", figure.nanos / loop.nanos, "");
                }
                Figure small = shipped.get(name);
                if (small != null) {
                    report.atLeast(
                            what + ", rate with the shipped options / with all compilers",
                            figure.nanos / small.nanos,
                            "",
                            0.5);
                }
            }
        });
    }

    /** The loop beside a benchmark; of the reductions there is one for the deadband only. */
    private static String loop(String what) {
        return (what.startsWith("window") ? "window" : what.equals("reduce deadband") ? "reduce" : what) + ", loop";
    }

    private static void aims(Report report, Map<String, Figure> full) {
        aim(report, full, "filter", 100e6);
        aim(report, full, "window count", 20e6);
        aim(report, full, "window time", 20e6);
        aim(report, full, "manyrules 10000", 1e6);
        Figure few = full.get("manyrules 100, headgate");
        Figure many = full.get("manyrules 10000, headgate");
        if (few != null && many != null) {
            report.atMost("time with 10,000 rules / with 100", many.nanos / few.nanos, "", 1.5);
        }
    }

    private static void aim(Report report, Map<String, Figure> full, String what, double rate) {
        Figure figure = full.get(what + ", headgate");
        if (figure != null) {
            report.atLeast(what + ", rows a second", NANOS / figure.nanos, "rows/s", rate);
            // Less than a byte: results are objects, rows that make none cost nothing.
            report.atMost(what + ", bytes a row", figure.bytes, "B", what.startsWith("window") ? 1 : 0.01);
        }
    }

    private static void figures(Report report, String how, Map<String, Figure> figures) {
        figures.forEach((name, figure) -> {
            report.add(name + ", " + how, figure.nanos, "ns");
            report.add(name + ", " + how, figure.bytes, "B");
        });
    }
}
