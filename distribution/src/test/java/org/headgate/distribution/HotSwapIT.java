package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A driver comes, is updated and goes, again and again, while a hundred devices of three other drivers are read a thousand times a
 * second: they do not notice, and nothing of what has gone is left.
 */
@Tag("alone")
class HotSwapIT {
    private static final int SWAPS = 20;
    /** So many rounds must pass without a late row. */
    private static final int ROUNDS = Site.LONG ? 10 : 1;
    /** How many rounds there may be for each that counts. */
    private static final int TRIES = 10;
    /** How long there are new ones. */
    private static final Duration TIME = Duration.ofSeconds(120).multipliedBy(ROUNDS);

    private static final long POLL_NANOS = Duration.ofMillis(100).toNanos();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Site site;
    private Path files;
    private final List<String> devices = new ArrayList<>();
    private int version;

    @BeforeEach
    void prepare() throws Exception {
        site = new Site(folder);
        files = site.gateway.home().resolve("files");
        // In milliseconds two rows of a device may have the same time, where one is late and the next is not.
        site.configure("uplink-cloud", "address = " + site.address(), "streams = *", "time.unit = ns");
        for (int i = 0; i < 100; i++) {
            // Reading the machine takes longest.
            String driver = i < 10 ? "host" : i % 2 == 0 ? "simulator" : "steady";
            String device = "%s-%02d".formatted(driver, i);
            devices.add(device);
            site.configure(
                    "device-" + device,
                    "driver = " + driver,
                    "poll = 100ms",
                    i < 10 ? "channel.load = load" : "# all channels");
        }
        site.configure("device-swapped-1", "driver = swapped", "poll = 100ms");
        site.configure("device-swapped-2", "driver = swapped", "poll = 100ms");
    }

    @AfterEach
    void end() throws Exception {
        site.close();
    }

    @Test
    void aDriverIsSwappedUnderLoadAndTheOthersDoNotNotice() throws Exception {
        site.start();
        new DriverBundle("steady", "1.0.0").jar(files);
        run("driver:install", "steady-1.0.0.jar");
        swap("driver:install");
        swap("driver:update");
        await("all devices").atMost(PATIENCE).until(() -> awake() == devices.size() + 2);
        // The console's port opens last: what comes with it is no leak of a driver.
        site.gateway.awaitBundles();
        long loaders = classLoaders();
        int threads = threads();
        site.awaitArrivals(2_000);

        int punctual = 0;
        try (OtherLoad others = new OtherLoad(site.gateway.pid())) {
            long start = System.nanoTime();
            for (int round = 0;
                    round < TRIES * ROUNDS && punctual < ROUNDS && System.nanoTime() - start < TIME.toNanos();
                    round++) {
                Instant began = Instant.now();
                for (int i = 0; i < SWAPS; i++) {
                    run("driver:remove", "swapped");
                    swap("driver:install");
                    swap("driver:update");
                }
                Instant ended = Instant.now();
                awaitWhatWasReadUntil(ended);
                System.out.printf(
                        "%d times removed, installed and updated in %d ms%n",
                        SWAPS, Duration.between(began, ended).toMillis());
                punctual += isPunctual(began, ended, others) ? 1 : 0;
            }
        }

        awaitSwapped();
        await("the class loaders of the bundles that are gone")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(classLoaders()).isLessThanOrEqualTo(loaders));
        // Threads for calls come with a moment's load and end 2 s after it; what is left by a swap stays.
        await("the threads of the bundles that are gone")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(threads()).isLessThan(threads + SWAPS / 2));
        FlowTable flow = site.flow();
        assertThat(flow.imbalances()).isEmpty();
        assertThat(flow.dropped()).isZero();
        // A read that a pause of the machine made late is the only thing to be warned of, and not for who is swapped.
        assertThat(site.gateway.log().lines())
                .filteredOn(line -> line.contains(" ERROR ") || line.contains(" WARN "))
                .allMatch(line -> line.matches(".* WARN .* device (?!swapped-)[\\w-]+: OFFLINE .*"));
        assertThat(punctual)
                .as("rounds without a late row, in %s and of %d", TIME, TRIES * ROUNDS)
                .isEqualTo(ROUNDS);
    }

    /** However far the consumer is behind: what was read before is there once something younger of each device is. */
    private void awaitWhatWasReadUntil(Instant ended) {
        long until = ended.toEpochMilli() * 1_000_000;
        // Each look reads all that has arrived: looking often would take the machine from what is looked at.
        await("what was read until " + ended)
                .pollInterval(Duration.ofSeconds(1))
                .atMost(PATIENCE.multipliedBy(6))
                .until(() -> {
                    Map<String, List<Long>> times = site.subscriber.arrivals().times();
                    return devices.stream()
                            .allMatch(device -> times.getOrDefault(device, List.of()).stream()
                                    .anyMatch(time -> time > until));
                });
    }

    /**
     * No sample of the other devices is missing, or late by more than one poll. Where one is, the round says nothing: the machine may
     * have been busy with something else just then. That leaves a pause: samples that are missing without one fail at once.
     */
    private boolean isPunctual(Instant began, Instant ended, OtherLoad others) throws Exception {
        long from = began.toEpochMilli() * 1_000_000;
        long to = ended.toEpochMilli() * 1_000_000;
        Arrivals arrivals = site.subscriber.arrivals();
        arrivals.assertCompleteAndInOrder();
        Map<String, List<Long>> times = arrivals.times();
        List<String> late = new ArrayList<>();
        long rows = 0;
        for (String device : devices) {
            List<Long> inside = times.getOrDefault(device, List.of()).stream()
                    .filter(time -> time >= from && time <= to)
                    .sorted()
                    .toList();
            assertThat(inside).as(device).hasSizeGreaterThan(10);
            rows += inside.size();
            long longest = 0;
            for (int i = 1; i < inside.size(); i++) {
                long before = inside.get(i - 1);
                long pause = inside.get(i) - before;
                longest = Math.max(longest, pause);
                if (pause > 2 * POLL_NANOS) {
                    late.add("%s: nothing for %d ms at %s, while others used %.0f %% of the machine"
                            .formatted(
                                    device,
                                    pause / 1_000_000,
                                    Instant.ofEpochMilli(before / 1_000_000),
                                    others.between(before, inside.get(i)) * 100));
                }
            }
            long due = Math.round((double) (inside.get(inside.size() - 1) - inside.get(0)) / POLL_NANOS) + 1;
            if (due != inside.size()) {
                // The first and the last may be late without a pause, which makes one more or less of what is due.
                // A missing one leaves a pause of two polls, or less where the one before it was late.
                assertThat(Math.abs(due - inside.size()) > 1 && longest < POLL_NANOS * 3 / 2)
                        .as("%s: %d of %d samples, and no pause", device, inside.size(), due)
                        .isFalse();
                late.add(device + ": " + inside.size() + " of " + due + " samples");
            }
        }
        // A virtual machine may stand still without a trace in /proc/stat: so what others used excuses nothing, but is
        // told.
        if (!late.isEmpty()) {
            System.out.println("says nothing: " + late.size() + " like " + late.get(0));
        } else {
            assertThat(rows * 1_000_000_000L / (to - from)).isGreaterThan(950);
        }
        return late.isEmpty();
    }

    /** The next version, by that command; returns when its devices are read by it. */
    private void swap(String command) throws Exception {
        DriverBundle next = new DriverBundle("swapped", "1.0." + ++version).clinging();
        next.jar(files);
        run(command, next.file());
        Files.delete(files.resolve(next.file()));
        awaitSwapped();
    }

    private void awaitSwapped() {
        for (String device : List.of("swapped-1", "swapped-2")) {
            await(device + " read by build " + version)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> build(device) == version);
        }
    }

    private int build(String device) throws Exception {
        Result result = site.gateway.exec("device:read", device, "--json");
        return result.status() != 0
                ? -1
                : Message.json(result.out()).path("data").path("build").asInt(-1);
    }

    private long awake() throws Exception {
        return site.deviceStates().values().stream()
                .filter(state -> state.equals("ONLINE") || state.equals("DEGRADED"))
                .count();
    }

    /** Class loaders of bundles that are still reachable. */
    private long classLoaders() throws Exception {
        Result histogram = RunningGateway.run(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(site.gateway.pid()),
                "GC.class_histogram"));
        List<String> found = histogram
                .out()
                .lines()
                .filter(line -> line.contains("$BundleClassLoader"))
                .map(line -> line.strip().split("\\s+")[1])
                .toList();
        assertThat(found).as(histogram.toString()).hasSize(1);
        return Long.parseLong(found.get(0));
    }

    private int threads() throws Exception {
        return Files.readAllLines(Path.of("/proc/" + site.gateway.pid() + "/status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                .sum();
    }

    private void run(String... words) throws Exception {
        Result result = site.gateway.exec(words);
        assertThat(result.status()).as(result.toString()).isZero();
    }
}
