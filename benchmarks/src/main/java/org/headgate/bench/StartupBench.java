package org.headgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long a start takes and what it costs. A cold start has an empty home (but for its configuration), a warm one the home of
 * the start before it. Figures are medians; the load of the machine is in the report.
 */
final class StartupBench {
    private static final Pattern VERSION = Pattern.compile("Headgate (\\S+)");
    private static final Pattern FIRST_ACK = Pattern.compile("\"firstAck\":([1-9]\\d*)");

    private final Path distribution;
    private final Path folder;
    private final List<Double> console = new ArrayList<>();
    private final List<Double> acknowledged = new ArrayList<>();
    private String version = "unknown";

    private StartupBench(Path distribution, Path folder) {
        this.distribution = distribution;
        this.folder = folder;
    }

    static Report run(Path distribution, String[] options) throws Exception {
        int runs = options.length > 0 ? Integer.parseInt(options[0]) : 5;
        int settleSeconds = options.length > 1 ? Integer.parseInt(options[1]) : 60;
        Path folder = Files.createTempDirectory("headgate-bench");
        try (Broker broker = new Broker(folder)) {
            return new StartupBench(distribution, folder).measure(broker, runs, settleSeconds);
        } finally {
            delete(folder);
        }
    }

    private Report measure(Broker broker, int runs, int settleSeconds) throws Exception {
        List<Double> coldConsole = new ArrayList<>();
        List<Double> coldAcknowledged = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            start(home("cold" + i, broker), "cold " + i, 0);
        }
        coldConsole.addAll(console);
        coldAcknowledged.addAll(acknowledged);
        console.clear();
        acknowledged.clear();
        Path warm = folder.resolve("cold" + runs);
        double[] settled = {0, 0};
        for (int i = 1; i <= runs; i++) {
            settled = start(warm, "warm " + i, i == runs ? settleSeconds : 0);
        }
        Report report = new Report("startup", version);
        report.add("cold start to console", median(coldConsole), "s");
        report.add("cold start to first row acknowledged", median(coldAcknowledged), "s");
        report.atMost("warm start to console", median(console), "s", 1.7);
        report.atMost("warm start to first row acknowledged", median(acknowledged), "s", 2.5);
        report.add("warm start to console, slowest", Collections.max(console), "s");
        report.atMost("PSS after " + settleSeconds + " s", settled[0], "MB", 150);
        report.add("threads after " + settleSeconds + " s", settled[1], "");
        report.add("distribution unpacked", bytes(distribution) / 1e6, "MB");
        return report;
    }

    /** One start; returns PSS and threads when told to wait for them. */
    private double[] start(Path home, String label, int settleSeconds) throws IOException, InterruptedException {
        try (Gateway gateway = new Gateway(distribution, home)) {
            version = gateway.await(VERSION, "gateway:version");
            console.add((System.nanoTime() - gateway.startNanos) / 1e9);
            long ack = Long.parseLong(gateway.await(FIRST_ACK, "uplink:list", "--json"));
            acknowledged.add((ack - gateway.startEpochNanos) / 1e9);
            Bench.progress(String.format(
                    "%s: console after %.2f s, first row acknowledged after %.2f s",
                    label, console.get(console.size() - 1), acknowledged.get(acknowledged.size() - 1)));
            if (settleSeconds == 0) {
                return new double[2];
            }
            Bench.progress("waiting " + settleSeconds + " s for the memory to settle");
            TimeUnit.SECONDS.sleep(settleSeconds);
            return new double[] {gateway.pssMegabytes(), gateway.threads()};
        }
    }

    private Path home(String name, Broker broker) throws IOException {
        Path home = folder.resolve(name);
        Path etc = Files.createDirectories(home.resolve("etc"));
        write(etc, "gateway", "id = bench\nconsole.port = " + Broker.freePort());
        write(etc, "device-host", "driver = host");
        write(etc, "device-boiler", "driver = simulator");
        write(
                etc,
                "rule-boiler-avg",
                "sql = SELECT avg(temperature) AS avg FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10)");
        // Not `*`: the first row to be acknowledged is a reading, not an event of the gateway itself.
        write(etc, "uplink-cloud", "address = mqtt://127.0.0.1:" + broker.port + "\nstreams = host, boiler*");
        return home;
    }

    private static void write(Path etc, String name, String text) throws IOException {
        Files.writeString(etc.resolve("headgate." + name + ".cfg"), text + "\n");
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
