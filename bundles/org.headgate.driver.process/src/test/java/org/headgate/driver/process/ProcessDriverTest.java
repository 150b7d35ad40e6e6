package org.headgate.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.FaultyPeer;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.host.Machine;
import org.headgate.system.api.Loop;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver's contract and what programs do, with real ones. */
class ProcessDriverTest implements DriverContract {
    private static final SharedLoops LOOPS = new SharedLoops();
    private static final ThreadCalls CALLS = new ThreadCalls(LOOPS);
    private static final SystemClock CLOCK = new SystemClock(LOOPS, CALLS);
    private static final Channel VALUE = Channel.readable("v", "/v", Type.LONG, "");

    @TempDir
    private Path folder;

    private Loop loop;
    private ProcessDriver driver;
    private Script script;
    private final Said said = new Said();
    private final List<Connection> open = new ArrayList<>();

    /** What a device reports. */
    private static final class Said implements Reports {
        final List<RecordedReadings> rows = new CopyOnWriteArrayList<>();
        final List<String> failures = new CopyOnWriteArrayList<>();

        @Override
        public void report(Consumer<Readings> values) {
            RecordedReadings row = new RecordedReadings();
            values.accept(row);
            rows.add(row);
        }

        @Override
        public void failed(IOException why) {
            failures.add(why.getMessage());
        }
    }

    @BeforeEach
    void start() throws IOException {
        Machine machine = Machine.of(folder);
        loop = LOOPS.loop("test");
        driver = new ProcessDriver(
                machine, new Launcher(machine, Map.of(), false, 7), ProcessDriverTest::secret, CALLS, CLOCK, loop);
        script = new Script(folder.resolve("steady"));
    }

    @AfterEach
    void stop() throws IOException {
        open.forEach(Connection::close);
        script.close();
        loop.close();
    }

    @Override
    public int openings() {
        return FEW_OPENINGS;
    }

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public DeviceSettings reachable() {
        return script.settings();
    }

    @Override
    public Optional<FaultyPeer> peer() throws IOException {
        return Optional.of(new Script(folder.resolve("faulty")));
    }

    /** There is one. */
    static Optional<char[]> secret(String value) {
        return value.equals("@site-token") ? Optional.of("s3 cret".toCharArray()) : Optional.empty();
    }

    /** Runs a shell script with these keys ({@code key=value}), and subscribes to its value. */
    private Connection run(String text, String... keys) throws Exception {
        return subscribed(settings(text, keys));
    }

    private Connection subscribed(DeviceSettings settings) throws Exception {
        Connection connection = driver.open(settings);
        open.add(connection);
        connection.subscribe(settings.channels(), said);
        return connection;
    }

    private DeviceSettings settings(String text, String... keys) throws IOException {
        Map<String, String> options = new java.util.HashMap<>();
        for (String key : keys) {
            options.put(key.substring(0, key.indexOf('=')), key.substring(key.indexOf('=') + 1));
        }
        return Script.settings(Script.write(folder.resolve("program"), "#!/bin/sh\n" + text), options, VALUE);
    }

    private void awaitFailure(String why) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(said.failures).containsExactly(why));
    }

    @Test
    void eachLineIsARow() throws Exception {
        run("printf '{\"v\":1}\\n\\n{\"v\":2}\\r\\n{\"other\":1}\\n{\"v\":3}'; exec sleep 60");
        await().untilAsserted(() ->
                assertThat(said.rows).extracting(row -> row.values).containsExactly(Map.of(0, 1L), Map.of(0, 2L)));
    }

    @Test
    void theEndIsAFailureWithItsExitCodeAndTheLastLineOnStandardError() throws Exception {
        run("sleep 0.1; echo first >&2; echo 'no\tradio' >&2; exit 7");
        awaitFailure("the program has ended with exit code 7: no?radio");
    }

    @Test
    void aSignalIsNamed() throws Exception {
        run("sleep 0.1; kill -9 $$");
        awaitFailure("the program was ended by signal 9");
    }

    @Test
    void whatHasClosedItsOutputIsEnded() throws Exception {
        run("echo $$ > '" + folder + "/pid'; sleep 0.1; exec >&-; exec sleep 60");
        awaitFailure("the program has closed its standard output");
        assertThat(alive(folder.resolve("pid"))).isFalse();
    }

    @Test
    void silenceIsAFailure() throws Exception {
        run("echo '{\"v\":1}'; exec sleep 60", "silence=300ms");
        awaitFailure("nothing came for 0.3 s");
        assertThat(said.rows).hasSize(1);
    }

    @Test
    void garbageIsCountedAndTheProgramGoesOn() throws Exception {
        Connection connection = run("echo nonsense; head -c 70000 /dev/zero; echo; echo '{\"v\":4}'; exec sleep 60");
        await().until(() -> !said.rows.isEmpty()
                && said.rows.get(said.rows.size() - 1).values.containsValue(4L));
        assertThat(said.rows.get(0).bad.get(0)).startsWith("no JSON: ").endsWith("(1 refused)");
        RecordedReadings counts = new RecordedReadings();
        connection.read(driver.channels(settings("")), counts);
        assertThat(counts.values).isEqualTo(Map.of(0, 1L, 1, 2L, 2, 0L));
        assertThat(said.failures).isEmpty();
    }

    @Test
    void aFloodWaitsInThePipe() throws Exception {
        run("exec yes '{\"v\":1}'", "rate=50");
        await().until(() -> said.rows.size() >= 100);
        int first = said.rows.size();
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000);
        assertThat(said.rows.size() - first).isBetween(0, 150);
    }

    @Test
    void itsEnvironmentHoldsOnlyWhatIsConfigured() throws Exception {
        Path out = folder.resolve("env");
        run(
                "/usr/bin/env > '" + out + "'; pwd >> '" + out + "'; echo '{\"v\":1}'; exec sleep 60",
                "environment.SITE=north",
                "environment.EMPTY=",
                "environment.MAIL=a@site-token",
                "environment.TOKEN=@site-token",
                "directory=" + folder);
        await().until(() -> !said.rows.isEmpty());
        assertThat(Files.readAllLines(out))
                .filteredOn(line -> !line.startsWith("PWD=")
                        && !line.startsWith("_=")
                        && !line.startsWith("SHLVL=")
                        && !line.startsWith("OLDPWD="))
                .containsExactlyInAnyOrder(
                        "SITE=north",
                        "EMPTY=",
                        "MAIL=a@site-token",
                        "TOKEN=s3 cret",
                        "PATH=/usr/local/bin:/usr/bin:/bin",
                        folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run=always", "run=poll"})
    void aSecretThatIsNotThereIsAskedFor(String run) throws Exception {
        DeviceSettings settings = settings("exec sleep 60", "environment.TOKEN=@none", run);
        driver.check(settings);
        assertThatThrownBy(() -> driver.open(settings).close())
                .isInstanceOfSatisfying(
                        ActionNeededException.class,
                        needed -> assertThat(needed.command()).isEqualTo("secret:set none"))
                .hasMessage("there is no secret none");
    }

    @Test
    void argumentsAreNoBusinessOfAShell() throws Exception {
        Path out = folder.resolve("words");
        DeviceSettings plain = settings("for w; do echo \"$w\"; done > '" + out + "'; echo '{\"v\":1}'; exec sleep 60");
        subscribed(settings(
                "for w; do echo \"$w\"; done > '" + out + "'; echo '{\"v\":1}'; exec sleep 60",
                "command=" + plain.options().get("command") + " \"a b\" $HOME *  'x\"y' ; rm"));
        await().until(() -> !said.rows.isEmpty());
        assertThat(Files.readAllLines(out)).containsExactly("a b", "$HOME", "*", "x\"y", ";", "rm");
    }

    @Test
    void nothingThatItHasStartedOutlivesIt() throws Exception {
        Path pids = folder.resolve("pids");
        // One that ignores TERM, one that is nobody's child any more.
        Connection connection = run("trap '' TERM; (sleep 61 & echo $! >> '" + pids + "'); sleep 62 & echo $! >> '"
                + pids + "'; echo $$ >> '" + pids + "'; echo '{\"v\":1}'; while :; do sleep 1; done");
        await().until(() -> !said.rows.isEmpty());
        List<String> started = Files.readAllLines(pids);
        assertThat(started).hasSize(3).allMatch(pid -> isAlive(pid));
        connection.close();
        await().atMost(Duration.ofSeconds(2)).until(() -> started.stream().noneMatch(ProcessDriverTest::isAlive));
    }

    @Test
    void itIsAskedToEndBeforeItIsEnded() throws Exception {
        Path bye = folder.resolve("bye");
        Connection connection =
                run("trap 'sleep 0.3; echo bye > \"" + bye + "\"; exit' TERM; echo '{\"v\":1}'; sleep 64 & wait");
        await().until(() -> !said.rows.isEmpty());
        connection.close();
        assertThat(bye).hasContent("bye");
    }

    @Test
    void whatItLeavesBehindEndsWithIt() throws Exception {
        Path pid = folder.resolve("pid");
        run("(sleep 63 > /dev/null 2>&1 & echo $! > '" + pid + "'); exit 1");
        awaitFailure("the program has ended with exit code 1");
        assertThat(alive(pid)).isFalse();
    }

    @Test
    void writesGoToItsStandardInput() throws Exception {
        Channel write = new Channel("v", "/v", Type.LONG, "", Access.READ_WRITE, Map.of());
        DeviceSettings settings = settings("while read -r line; do echo \"$line\"; done");
        settings = settings.withChannels(List.of(write));
        Connection connection = subscribed(settings);
        connection.write(write, 42L);
        await().untilAsserted(() ->
                assertThat(said.rows).extracting(row -> row.values).containsExactly(Map.of(0, 42L)));
        Channel text = new Channel("t", "text", Type.STRING, "", Access.READ_WRITE, Map.of("write", "say~s{}"));
        DeviceSettings other = settings.withChannels(List.of(text));
        Connection second = subscribed(other);
        second.write(text, "x");
        await().untilAsserted(() ->
                assertThat(said.rows).extracting(row -> row.values).contains(Map.of(0, "say x")));
        assertThatThrownBy(() -> second.write(text, "a\nb"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("one line");
    }

    @Test
    void aMemoryHogIsBounded() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(python), "python3 is not installed");
        Path hog = Script.write(
                folder.resolve("hog"), "#!" + python + "\nx = bytearray(512 << 20)\nprint('{\"v\": 1}', flush=True)\n");
        subscribed(Script.settings(hog, Map.of("memory", "64MiB"), VALUE));
        awaitFailure("the program has ended with exit code 1: MemoryError");
        assertThat(said.rows).isEmpty();
    }

    @Test
    void limitsThatCannotBeKeptEndItOnlyWhereTheyAreRequired() throws Exception {
        run("echo '{\"v\":1}'; exec sleep 60", "cpu=20%");
        await().until(() -> !said.rows.isEmpty());
        assertThatThrownBy(() -> run("exec sleep 60", "cpu=20%", "limits=required"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "cpu = 20% is not kept: here is neither a systemd that makes scopes for this user nor a control group of its own, and limits = required");
    }

    @Test
    void aPolledProgramIsRunForEachRead() throws Exception {
        Path count = folder.resolve("count");
        DeviceSettings settings =
                settings("echo x >> '" + count + "'; printf '{\"v\":\\n%s}\\n' $(wc -l < '" + count + "')", "run=poll");
        try (Connection connection = driver.open(settings)) {
            assertThat(connection.subscribe(settings.channels(), said)).isEmpty();
            for (long i = 1; i <= 3; i++) {
                RecordedReadings readings = new RecordedReadings();
                connection.read(settings.channels(), readings);
                assertThat(readings.values).isEqualTo(Map.of(0, i));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo bad >&2; exit 2|the program has ended with exit code 2: bad",
                "exec sleep 60|the program did not end within 2400 ms"
            })
    void aPolledProgramThatFailsFailsTheRead(String text, String why) throws Exception {
        DeviceSettings settings = settings(text, "run=poll");
        try (Connection connection = driver.open(settings)) {
            assertThatThrownBy(() -> connection.read(settings.channels(), new RecordedReadings()))
                    .isInstanceOf(IOException.class)
                    .hasMessage(why);
        }
    }

    @Test
    void aPolledProgramThatSaysNonsenseIsBad() throws Exception {
        DeviceSettings settings = settings("echo hello", "run=poll");
        try (Connection connection = driver.open(settings)) {
            RecordedReadings readings = new RecordedReadings();
            connection.read(settings.channels(), readings);
            assertThat(readings.bad.get(0)).startsWith("no JSON: ").endsWith("(1 refused)");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "command|ls|command: ls",
                "command||command: missing",
                "command|/bin/echo \"x|command: /bin/echo \"x",
                "silence|1ms|silence: 1ms",
                "memory|1KiB|memory: 1KiB",
                "cpu|20|cpu: 20",
                "cpu|0%|cpu: 0%",
                "limits|maybe|limits: maybe",
                "run|once|run: once",
                "rate|0|rate: 0",
                "directory|tmp|directory: tmp",
                "environment.A-B|1|environment.A-B: 1",
                "environment.|1|environment.: 1",
                "message.max|1|message.max: 1",
            })
    void judgesKeys(String key, String value, String message) {
        DeviceSettings settings = Script.settings(Path.of("/bin/true"), Map.of(key, value == null ? "" : value), VALUE);
        assertThatThrownBy(() -> driver.check(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message + " (expected: ");
    }

    @Test
    void aProgramThatIsNotThereIsOffline() {
        assertThatThrownBy(() -> driver.open(Script.settings(Path.of("/no/such"), Map.of(), VALUE)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("/no/such is not there");
        assertThatThrownBy(() ->
                        driver.open(Script.settings(Path.of("/bin/true"), Map.of("directory", "/no/such"), VALUE)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("/no/such is no folder");
    }

    private static boolean alive(Path pid) throws IOException {
        return isAlive(Files.readString(pid).strip());
    }

    static boolean isAlive(String pid) {
        String stat = Machine.of(Path.of("/")).text("proc/" + pid + "/stat").orElse(") Z");
        return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    }
}
