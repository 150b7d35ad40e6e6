package org.headgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.bench.modbus.Slaves;

/**
 * 500 Modbus TCP slaves of 30 holding registers each, every register a channel: 15,000 tags a second at a poll a second, 30,000 at two, in
 * the distribution as it is shipped. Beside it libmodbus in C with the same polls to the same slaves, right before. Then one slave answers
 * nothing any more and another takes no connection: what the others see of it is measured by the slaves themselves.
 */
final class ModbusBench {
    private static final Pattern VERSION = Pattern.compile("Headgate (\\S+)");
    private static final Pattern GOOD = Pattern.compile("\"devices\":\\{\"all\":(\\d+),\"good\":(\\d+)\\}");
    private static final Pattern PASSED = Pattern.compile("\"from\":\"driver:modbus\"[^}]*?\"passed\":(\\d+)");
    private static final int REGISTERS = 30;
    private static final int WARM_UP_SECONDS = 20;
    private static final int DEAD = 7;
    private static final int REFUSING = 9;

    private final Path distribution;
    private final int slaves;
    private final int seconds;
    private final Report report = new Report("modbus", "unknown");
    private final List<Runnable> figures = new ArrayList<>();

    private ModbusBench(Path distribution, int slaves, int seconds) {
        this.distribution = distribution;
        this.slaves = slaves;
        this.seconds = seconds;
    }

    /** Options: seconds to measure, and the number of slaves. */
    static Report run(Path distribution, String[] options) throws Exception {
        int seconds = options.length > 0 ? Integer.parseInt(options[0]) : 60;
        int slaves = options.length > 1 ? Integer.parseInt(options[1]) : 500;
        return new ModbusBench(distribution, slaves, seconds).measure();
    }

    private Report measure() throws Exception {
        Path folder = Files.createTempDirectory("headgate-bench");
        try (SlaveProcess all = new SlaveProcess(slaves)) {
            ModbusPeer peer = new ModbusPeer(folder);
            for (double interval : new double[] {1, 0.5}) {
                measure(folder.resolve("home-" + interval), all, peer, interval);
            }
        } finally {
            StartupBench.delete(folder);
        }
        // The ratios stand already.
        figures.forEach(Runnable::run);
        return report;
    }

    private void measure(Path home, SlaveProcess all, ModbusPeer peer, double interval) throws Exception {
        Bench.progress("libmodbus polls " + slaves + " slaves every " + interval + " s");
        ModbusPeer.Figure beside = peer.poll(all.port, slaves, REGISTERS, interval, Math.max(10, seconds / 3));
        configure(home, all.port, interval);
        try (Gateway gateway = new Gateway(distribution, home)) {
            report.of(gateway.await(VERSION, "gateway:version"));
            awaitOnline(gateway);
            Bench.progress(slaves + " devices are online; warming up for " + WARM_UP_SECONDS + " s");
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            observe(gateway, all, beside, interval);
            if (interval == 1) {
                disturb(gateway, all);
            }
        }
    }

    private void observe(Gateway gateway, SlaveProcess all, ModbusPeer.Figure beside, double interval)
            throws IOException, InterruptedException {
        all.tell("reset");
        gateway.exec("device:polls", "reset");
        long rowsBefore = passed(gateway);
        double cpuBefore = gateway.cpuSeconds();
        long start = System.nanoTime();
        Bench.progress("measuring for " + seconds + " s");
        TimeUnit.SECONDS.sleep(seconds);
        double cpu = (gateway.cpuSeconds() - cpuBefore) / ((System.nanoTime() - start) / 1e9) * 100;
        double rows = (passed(gateway) - rowsBefore) / ((System.nanoTime() - start) / 1e9);
        String polls = gateway.exec("device:polls", "--json");
        SlaveProcess.Seen seen = all.report();
        double pss = gateway.pssMegabytes();
        int threads = gateway.threads();
        String name = Math.round(rows * REGISTERS / 1000) + ",000 tags/s: ";
        report.add(name + "CPU / libmodbus without anything behind it", cpu / beside.cpu(), "");
        report.atLeast(name + "rows / polls that are due", rows * interval / slaves, "", 0.99);
        boolean aimed = interval < 1;
        figures.add(() -> {
            if (aimed) {
                report.atMost(name + "CPU", cpu, "% of a core", 60);
                report.atMost(name + "PSS", pss, "MB", 200);
            } else {
                report.add(name + "CPU", cpu, "% of a core");
                report.add(name + "PSS", pss, "MB");
            }
            report.add(name + "rows", rows, "1/s");
            report.add(name + "CPU a row", cpu / 100 / rows * 1e6, "us");
            report.add(name + "polls left out", number(polls, "missed"), "");
            report.add(name + "jitter p50", number(polls, "p50Micros") / 1000, "ms");
            report.add(name + "jitter p99", number(polls, "p99Micros") / 1000, "ms");
            report.add(name + "longest pause that a slave saw", seen.longestSeconds(), "s");
            report.add(name + "threads", threads, "");
            report.add(name + "libmodbus, polls", beside.rate(), "1/s");
            report.add(name + "libmodbus, CPU", beside.cpu(), "% of a core");
            report.add(name + "libmodbus, resident", beside.megabytes(), "MB");
        });
        Bench.progress(String.format(
                Locale.ROOT,
                "%s%.0f rows/s, %.1f %% CPU, %.0f MB, jitter p99 %.1f ms",
                name,
                rows,
                cpu,
                pss,
                number(polls, "p99Micros") / 1000));
    }

    /** One that is dead and one that refuses: a poll that is delayed by more than one poll makes a pause of more than two. */
    private void disturb(Gateway gateway, SlaveProcess all) throws IOException, InterruptedException {
        all.tell("dead " + DEAD);
        all.tell("refuse " + REFUSING);
        all.tell("reset");
        Bench.progress("one slave is dead, one refuses; measuring for " + seconds + " s");
        TimeUnit.SECONDS.sleep(seconds);
        SlaveProcess.Seen seen = all.report();
        String status = gateway.exec("gateway:status", "--json");
        Matcher good = GOOD.matcher(status);
        if (!good.find() || Integer.parseInt(good.group(2)) != slaves - 2) {
            throw new IOException("not exactly two devices are bad: " + status);
        }
        passed(gateway);
        all.tell("well");
        figures.add(() -> report.atMost(
                "one slave dead, one refusing: longest pause that another saw", seen.longestSeconds(), "s", 2));
    }

    /** Rows that came out of all devices so far; fails when an edge does not balance. */
    private long passed(Gateway gateway) throws IOException, InterruptedException {
        String flow = gateway.exec("gateway:flow", "--json");
        if (flow.isEmpty()) {
            throw new IOException("an edge does not balance: gateway:flow has failed");
        }
        long sum = 0;
        for (Matcher edge = PASSED.matcher(flow); edge.find(); ) {
            sum += Long.parseLong(edge.group(1));
        }
        return sum;
    }

    private void awaitOnline(Gateway gateway) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (System.nanoTime() < end) {
            Matcher good = GOOD.matcher(gateway.exec("gateway:status", "--json"));
            if (good.find() && Integer.parseInt(good.group(2)) == slaves) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IOException("not all of " + slaves + " slaves are online: " + gateway.exec("gateway:status"));
    }

    private void configure(Path home, int port, double interval) throws IOException {
        Path etc = Files.createDirectories(home.resolve("etc"));
        Files.writeString(
                etc.resolve("headgate.gateway.cfg"),
                "id = bench\ndrivers = modbus\nconsole.port = " + Broker.freePort() + "\n");
        List<String> profile =
                new ArrayList<>(List.of("driver = modbus", "poll = " + Math.round(interval * 1000) + "ms"));
        for (int i = 0; i < REGISTERS; i++) {
            profile.add("channel.r" + i + " = holding/" + i + " uint16");
        }
        Files.writeString(etc.resolve("headgate.profile-bench.cfg"), String.join("\n", profile) + "\n");
        for (int i = 0; i < slaves; i++) {
            Files.writeString(
                    etc.resolve("headgate.device-d" + i + ".cfg"),
                    "address = tcp:" + Slaves.address(i) + ":" + port + ",unit=1\nprofile = bench\n");
        }
    }

    private static double number(String json, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\":(\\d+)").matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + key + " in " + json);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
