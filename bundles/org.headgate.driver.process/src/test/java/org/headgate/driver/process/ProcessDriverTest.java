package org.headgate.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.FaultyPeer;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver's contract and what programs do, with real ones. */
class ProcessDriverTest implements DriverContract {
    @TempDir
    private Path folder;

    private Programs programs;
    private Script script;

    @BeforeEach
    void start() throws IOException {
        programs = new Programs(folder);
        script = new Script(folder.resolve("steady"));
    }

    @AfterEach
    void stop() throws IOException {
        script.close();
        programs.close();
    }

    @Override
    public int openings() {
        return FEW_OPENINGS;
    }

    @Override
    public Driver driver() {
        return programs.driver;
    }

    @Override
    public DeviceSettings reachable() {
        return script.settings();
    }

    @Override
    public Optional<FaultyPeer> peer() throws IOException {
        return Optional.of(new Script(folder.resolve("faulty")));
    }

    @Test
    void eachLineIsARow() throws Exception {
        programs.run("printf '{\"v\":1}\\n\\n{\"v\":2}\\r\\n{\"other\":1}\\n{\"v\":3}'; exec sleep 60");
        programs.said.awaitCount(2);
        assertThat(programs.said.all()).extracting(row -> row.values).containsExactly(Map.of(0, 1L), Map.of(0, 2L));
    }

    @Test
    void garbageIsCountedAndTheProgramGoesOn() throws Exception {
        Connection connection =
                programs.run("echo nonsense; head -c 70000 /dev/zero; echo; echo '{\"v\":4}'; exec sleep 60");
        programs.said.await(row -> row.values.containsValue(4L));
        assertThat(programs.said.all().get(0).bad.get(0))
                .startsWith("no JSON: ")
                .endsWith("(1 refused)");
        RecordedReadings counts = new RecordedReadings();
        connection.read(programs.driver.channels(programs.settings("")), counts);
        assertThat(counts.values).isEqualTo(Map.of(0, 1L, 1, 2L, 2, 0L, 3, 0L));
        assertThat(programs.said.failures()).isEmpty();
    }

    @Test
    void aFloodWaitsInThePipe() throws Exception {
        programs.run("exec yes '{\"v\":1}'", "rate=50");
        await().until(() -> programs.said.all().size() >= 100);
        long begun = System.nanoTime();
        int first = programs.said.all().size();
        LockSupport.parkNanos(1_000_000_000);
        int more = programs.said.all().size() - first;
        Duration passed = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(more).isBetween(0, 50 * (int) (passed.toSeconds() + 2));
    }

    @Test
    void itsEnvironmentHoldsOnlyWhatIsConfigured() throws Exception {
        Path out = folder.resolve("env");
        programs.run(
                "/usr/bin/env > '" + out + "'; pwd >> '" + out + "'; echo '{\"v\":1}'; exec sleep 60",
                "environment.SITE=north",
                "environment.EMPTY=",
                "environment.MAIL=a@site-token",
                "environment.TOKEN=@site-token",
                "directory=" + folder);
        programs.said.await(row -> true);
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
        DeviceSettings settings = programs.settings("exec sleep 60", "environment.TOKEN=@none", run);
        programs.driver.check(settings);
        assertThatThrownBy(() -> programs.driver.open(settings).close())
                .isInstanceOfSatisfying(
                        ActionNeededException.class,
                        needed -> assertThat(needed.command()).isEqualTo("secret:set none"))
                .hasMessage("there is no secret none");
    }

    @Test
    void argumentsAreNoBusinessOfAShell() throws Exception {
        Path out = folder.resolve("words");
        DeviceSettings plain =
                programs.settings("for w; do echo \"$w\"; done > '" + out + "'; echo '{\"v\":1}'; exec sleep 60");
        programs.subscribed(programs.settings(
                "for w; do echo \"$w\"; done > '" + out + "'; echo '{\"v\":1}'; exec sleep 60",
                "command=" + plain.options().get("command") + " \"a b\" $HOME *  'x\"y' ; rm"));
        programs.said.await(row -> true);
        assertThat(Files.readAllLines(out)).containsExactly("a b", "$HOME", "*", "x\"y", ";", "rm");
    }

    @Test
    void writesGoToItsStandardInput() throws Exception {
        Channel write = new Channel("v", "/v", Type.LONG, "", Access.READ_WRITE, Map.of());
        DeviceSettings settings = programs.settings("while read -r line; do echo \"$line\"; done");
        settings = settings.withChannels(List.of(write));
        Connection connection = programs.subscribed(settings);
        connection.write(write, 42L);
        await().untilAsserted(() ->
                assertThat(programs.said.all()).extracting(row -> row.values).containsExactly(Map.of(0, 42L)));
        Channel text = new Channel("t", "text", Type.STRING, "", Access.READ_WRITE, Map.of("write", "say~s{}"));
        DeviceSettings other = settings.withChannels(List.of(text));
        Connection second = programs.subscribed(other);
        second.write(text, "x");
        await().untilAsserted(() ->
                assertThat(programs.said.all()).extracting(row -> row.values).contains(Map.of(0, "say x")));
        assertThatThrownBy(() -> second.write(text, "a\nb"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("one line");
    }

    @Test
    void aPolledProgramIsRunForEachRead() throws Exception {
        Path count = folder.resolve("count");
        DeviceSettings settings = programs.settings(
                "echo x >> '" + count + "'; printf '{\"v\":\\n%s}\\n' $(wc -l < '" + count + "')", "run=poll");
        try (Connection connection = programs.driver.open(settings)) {
            assertThat(connection.subscribe(settings.channels(), programs.said)).isEmpty();
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
        DeviceSettings settings = programs.settings(text, "run=poll");
        try (Connection connection = programs.driver.open(settings)) {
            assertThatThrownBy(() -> connection.read(settings.channels(), new RecordedReadings()))
                    .isInstanceOf(IOException.class)
                    .hasMessage(why);
        }
    }

    @Test
    void aPolledProgramThatSaysNonsenseIsBad() throws Exception {
        DeviceSettings settings = programs.settings("echo hello", "run=poll");
        try (Connection connection = programs.driver.open(settings)) {
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
        DeviceSettings settings =
                Script.settings(Path.of("/bin/true"), Map.of(key, value == null ? "" : value), Programs.VALUE);
        assertThatThrownBy(() -> programs.driver.check(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message + " (expected: ");
    }

    @Test
    void aProgramThatIsNotThereIsOffline() {
        assertThatThrownBy(() -> programs.driver.open(Script.settings(Path.of("/no/such"), Map.of(), Programs.VALUE)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("/no/such is not there");
        assertThatThrownBy(() -> programs.driver.open(
                        Script.settings(Path.of("/bin/true"), Map.of("directory", "/no/such"), Programs.VALUE)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("/no/such is no folder");
    }
}
