package org.headgate.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it costs to run many devices: simulated ones of ten channels each, one profile, polled each second, in the distribution as it is
 * shipped. Devices do not answer in no time in real life; what is measured is what the gateway itself needs for them.
 */
final class DevicesBench {
    private static final Pattern VERSION = Pattern.compile("Headgate (\\S+)");
    private static final int CHANNELS = 10;
    private static final int WARM_UP_SECONDS = 20;

    private final Path distribution;
    private final int measureSeconds;

    private DevicesBench(Path distribution, int measureSeconds) {
        this.distribution = distribution;
        this.measureSeconds = measureSeconds;
    }

    /** Options: seconds to measure, then numbers of devices. */
    static Report run(Path distribution, String[] options) throws Exception {
        int seconds = options.length > 0 ? Integer.parseInt(options[0]) : 60;
        List<Integer> sizes = options.length > 1
                ? Arrays.stream(options).skip(1).map(Integer::valueOf).toList()
                : List.of(10, 100, 1000, 5000);
        Report report = new Report("devices", "unknown");
        DevicesBench bench = new DevicesBench(distribution, seconds);
        for (int size : sizes) {
            report = bench.measure(size, report);
        }
        return report;
    }

    private Report measure(int devices, Report report) throws Exception {
        Path home = Files.createTempDirectory("headgate-bench");
        try {
            configure(home, devices);
            try (Gateway gateway = new Gateway(distribution, home)) {
                Report named = report.of(gateway.await(VERSION, "gateway:version"));
                awaitOnline(gateway, devices);
                Bench.progress(devices + " devices are online; warming up for " + WARM_UP_SECONDS + " s");
                TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
                observe(gateway, devices, named);
                return named;
            }
        } finally {
            StartupBench.delete(home);
        }
    }

    private void observe(Gateway gateway, int devices, Report report) throws IOException, InterruptedException {
        gateway.exec("device:polls", "reset");
        double before = gateway.cpuSeconds();
        long start = System.nanoTime();
        Bench.progress("measuring for " + measureSeconds + " s");
        TimeUnit.SECONDS.sleep(measureSeconds);
        double wall = (System.nanoTime() - start) / 1e9;
        double cpu = (gateway.cpuSeconds() - before) / wall * 100;
        String polls = gateway.exec("device:polls", "--json");
        double rate = number(polls, "polls") / wall;
        String name = devices + " devices: ";
        boolean aimed = devices == 1000;
        report.add(name + "rows", rate, "1/s");
        report.add(name + "polls left out", number(polls, "missed"), "");
        if (aimed) {
            report.atMost(name + "CPU", cpu, "% of a core", 30);
            report.atMost(name + "PSS", gateway.pssMegabytes(), "MB", 200);
            report.atMost(name + "jitter p99", number(polls, "p99Micros") / 1000, "ms", 20);
        } else {
            report.add(name + "CPU", cpu, "% of a core");
            report.add(name + "PSS", gateway.pssMegabytes(), "MB");
            report.add(name + "jitter p99", number(polls, "p99Micros") / 1000, "ms");
        }
        report.add(name + "jitter p50", number(polls, "p50Micros") / 1000, "ms");
        report.add(name + "jitter, worst", number(polls, "worstMicros") / 1000, "ms");
        report.add(name + "CPU a row", rate == 0 ? 0 : cpu / 100 / rate * 1e6, "us");
        report.add(name + "threads", gateway.threads(), "");
        Bench.progress(String.format(
                "%s%.0f rows/s, %.1f %% CPU, jitter p99 %.2f ms", name, rate, cpu, number(polls, "p99Micros") / 1000));
    }

    private static void awaitOnline(Gateway gateway, int devices) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        Pattern count = Pattern.compile("\"devices\":\\{\"all\":(\\d+),\"good\":(\\d+)\\}");
        while (System.nanoTime() < end) {
            Matcher seen = count.matcher(gateway.exec("gateway:status", "--json"));
            if (seen.find() && Integer.parseInt(seen.group(2)) == devices) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IOException("not all of " + devices + " devices are online: " + gateway.exec("gateway:status"));
    }

    private static void configure(Path home, int devices) throws IOException {
        Path etc = Files.createDirectories(home.resolve("etc"));
        Files.writeString(
                etc.resolve("headgate.gateway.cfg"),
                "id = bench\ndrivers = simulator\nconsole.port = " + Broker.freePort() + "\n");
        List<String> profile = new ArrayList<>(List.of("driver = simulator"));
        for (int i = 0; i < CHANNELS; i++) {
            profile.add("channel.c" + i + " = r" + i + (i % 3 == 2 ? " int32" : " double") + " min=0 max=100");
        }
        Files.writeString(etc.resolve("headgate.profile-bench.cfg"), String.join("\n", profile) + "\n");
        for (int i = 0; i < devices; i++) {
            Files.writeString(
                    etc.resolve("headgate.device-d" + i + ".cfg"),
                    "address = mirror\nprofile = bench\nseed = " + i + "\n",
                    StandardCharsets.UTF_8);
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
