package org.headgate.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.headgate.config.api.HomeFiles;
import org.headgate.console.api.kit.Console;
import org.headgate.host.Machine;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine made of files, in simulated time. */
class RecorderTest {
    private static final long MINUTE = 60_000;

    @TempDir
    Path root;

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final Inline calls = new Inline();
    private final MemoryStorage disk = new MemoryStorage();

    @BeforeEach
    void machine() throws IOException {
        put("proc/stat", "cpu  100 0 100 700 100 0 0 0 50 0\n");
        put("proc/meminfo", "MemTotal: 1000 kB\nMemAvailable: 250 kB\n");
        put("proc/uptime", "100.00 50.00\n");
        put("proc/diskstats", " 179 0 mmcblk0 1 1 1 1 1 1 100 1 0 0 0\n");
        put("proc/self/status", "Name: java\nVmRSS:\t   2048 kB\n");
        put("proc/self/smaps_rollup", "Rss: 2048 kB\nPss:     1024 kB\n");
        put("sys/block/mmcblk0/device/life_time", "0x03 0x01\n");
        put("sys/class/thermal/thermal_zone0/temp", "48312\n");
        put("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
        Files.createDirectories(root.resolve("files"));
    }

    private void put(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Recorder recorder() {
        return new Recorder(new Machine(root, root), disk, system, calls, system);
    }

    private static History read(Recorder recorder, Duration time) {
        return recorder.read(time).toCompletableFuture().join();
    }

    @Test
    void nothingIsDoneBeforeTheFirstMinute() {
        recorder();
        system.advance(Duration.ofSeconds(59));
        assertThat(disk.operations()).isZero();
    }

    @Test
    void aSampleSaysWhatTheKernelSays() throws Exception {
        Recorder recorder = recorder();
        system.advance(Duration.ofMinutes(1));
        put("proc/stat", "cpu  120 0 105 765 110 0 0 0 60 0\n");
        Sample now = read(recorder, Duration.ofHours(1)).samples().get(1);
        assertThat(now.cpu()).isEqualTo(25.0);
        assertThat(now.memoryAvailable()).isEqualTo(256_000);
        assertThat(now.rss()).isEqualTo(2 << 20);
        assertThat(now.pss()).isEqualTo(1 << 20);
        assertThat(now.written()).isEqualTo(51_200);
        assertThat(now.wear()).isEqualTo(30);
        assertThat(now.temperature()).isEqualTo(48.312);
        assertThat(now.uptimeSeconds()).isEqualTo(100);
        assertThat(now.heap()).isPositive();
        assertThat(now.diskFree()).isPositive();
    }

    @Test
    void aLookInBetweenDoesNotShortenTheMinuteThatIsKept() throws Exception {
        Recorder recorder = recorder();
        system.advance(Duration.ofMinutes(1));
        put("proc/stat", "cpu  200 0 100 700 100 0 0 0 50 0\n");
        assertThat(last(read(recorder, Duration.ofHours(1))).cpu()).isEqualTo(100.0);
        put("proc/stat", "cpu  200 0 100 800 100 0 0 0 50 0\n");
        system.advance(Duration.ofMinutes(1));
        put("proc/stat", "cpu  200 0 100 900 100 0 0 0 50 0\n");
        History history = read(recorder, Duration.ofHours(1));
        assertThat(history.samples()).extracting(Sample::cpu).endsWith(50.0, 0.0);
    }

    private static Sample last(History history) {
        return history.samples().get(history.samples().size() - 1);
    }

    @Test
    void aSampleAMinuteAndAtMostOneSyncEachTenMinutes() {
        Recorder recorder = recorder();
        system.advance(Duration.ofMinutes(11));
        long before = disk.syncs();
        system.advance(Duration.ofHours(5));
        assertThat(disk.syncs() - before).isEqualTo(30);
        List<Sample> samples = read(recorder, Duration.ofHours(2)).samples();
        assertThat(samples).hasSize(121);
        for (int i = 1; i < samples.size() - 1; i++) {
            assertThat(samples.get(i).epochMillis() - samples.get(i - 1).epochMillis())
                    .isEqualTo(MINUTE);
        }
    }

    @Test
    void aCrashCostsTenSamplesAtMostAndAnOrderlyStopNone() throws Exception {
        Recorder crashed = recorder();
        system.advance(Duration.ofMinutes(29));
        assertThat(read(crashed, Duration.ofHours(1)).samples()).hasSize(30);
        Recorder next = recorder();
        assertThat(read(next, Duration.ofHours(1)).samples()).hasSize(21);
        system.advance(Duration.ofMinutes(3));
        next.stop();
        crashed.stop();
        Recorder third = recorder();
        assertThat(read(third, Duration.ofHours(2)).samples()).hasSizeGreaterThanOrEqualTo(24);
    }

    @Test
    void aClockThatJumpsChangesNothingOfTheOrder() {
        system.clockSet(false);
        system.step(Duration.ofDays(-20_000));
        Recorder recorder = recorder();
        system.advance(Duration.ofMinutes(30));
        system.step(Duration.ofDays(20_000));
        system.clockSet(true);
        system.advance(Duration.ofMinutes(15));
        system.step(Duration.ofHours(-1));
        system.advance(Duration.ofMinutes(15));
        List<Sample> samples = read(recorder, Duration.ofHours(1)).samples();
        assertThat(samples).hasSize(61);
        assertThat(samples).extracting(Sample::clockSet).startsWith(false).endsWith(true);
        // What was noted decades ago, by the clock of then, is of this hour all the same.
        assertThat(samples.get(0).epochMillis()).isLessThan(SimulatedSystem.START_NANOS / 1_000_000 - MINUTE * 90);
        assertThat(read(recorder, Duration.ofMinutes(10)).samples()).hasSize(11);
    }

    @Test
    void whatAFullDiskCannotKeepIsCountedAndTheRestIsKeptLater() {
        Recorder recorder = recorder();
        system.advance(Duration.ofMinutes(10));
        disk.failFrom(disk.operations() + 1, "No space left on device", true);
        system.advance(Duration.ofMinutes(100));
        History full = read(recorder, Duration.ofHours(2));
        assertThat(full.problem()).contains("No space left");
        assertThat(full.lost()).isEqualTo(100 - Recorder.MOST_PENDING);
        disk.heal();
        system.advance(Duration.ofMinutes(10));
        History healed = read(recorder, Duration.ofHours(3));
        assertThat(healed.problem()).isEmpty();
        assertThat(healed.lost()).isEqualTo(full.lost() + 10);
        assertThat(healed.samples()).hasSize(10 + Recorder.MOST_PENDING + 1);
    }

    @Test
    void aDiskThatHangsIsAskedOnce() {
        recorder();
        calls.hang = true;
        system.advance(Duration.ofHours(2));
        assertThat(calls.asked).isEqualTo(1);
    }

    @Test
    void theCommandShowsTwoDozenLinesOfADayWithinAHundredColumns() throws Exception {
        Recorder recorder = recorder();
        system.advance(Duration.ofHours(30));
        DiagnosticsCommand command = new DiagnosticsCommand(recorder, new HomeFiles(root));
        String shown = shown(command);
        assertThat(shown.lines()).hasSizeBetween(25, 28);
        assertThat(shown).contains("FROM (UTC)", "CPU%", "48.3", "2.0 MiB", "1440 samples, and one of now");
        assertThat(shown(command, "--for", "10m").lines()).hasSize(12);
    }

    @Test
    void theCommandWritesJsonAndCsvAndRefusesWhatMakesNoSense() throws Exception {
        Recorder recorder = recorder();
        system.advance(Duration.ofMinutes(5));
        DiagnosticsCommand command = new DiagnosticsCommand(recorder, new HomeFiles(root));
        assertThat(new ObjectMapper().readTree(shown(command, "--json")).get("samples"))
                .hasSize(6);
        assertThat(shown(command, "--csv", "week.csv")).isEqualTo("6 samples are in files/week.csv\n");
        assertThat(Files.readAllLines(root.resolve("files/week.csv")))
                .hasSize(7)
                .allMatch(line -> line.split(",", -1).length == 13);
        assertThat(shown(command, "--csv", "week.csv")).contains("exists already");
        assertThat(shown(command, "--csv", "../week.csv")).contains("outside");
        for (String wrong : List.of("1s", "31d", "soon")) {
            assertThatThrownBy(() -> shown(command, "--for", wrong)).hasMessageContaining("--for: " + wrong);
        }
    }

    private static String shown(DiagnosticsCommand command, String... words) throws Exception {
        return new Console().run(command, words);
    }
}
