package org.headgate.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.HomeFiles;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
    private static final Channel T = Channel.readable("t", "holding/1", Type.DOUBLE, "Cel");
    private static final Channel P = new Channel("p", "coil/1", Type.BOOLEAN, "", Access.READ_WRITE, Map.of());
    private static final Channel N = Channel.readable("n", "holding/2", Type.LONG, "");

    @TempDir
    Path home;

    private Simulation simulation;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectory(home.resolve("files"));
        simulation = new Simulation(home);
    }

    private DeviceSettings recording(String text, Map<String, String> options) throws IOException {
        Files.writeString(home.resolve("files/r.jsonl"), text);
        return Simulation.settings("recording:r.jsonl", options, T, P, N);
    }

    private static String line(String stream, long millis, String data) {
        return "{\"stream\":\"" + stream + "\",\"time\":" + millis + ",\"data\":{" + data + "}}\n";
    }

    @Test
    void itsStreamsAreFoundWithTheirColumnsAndCanBeOpened() throws Exception {
        recording(
                line("boiler", 1541152486013L, "\"t\":20.5,\"p\":true")
                        + line("Other", 1541152486014L, "\"t\":99")
                        + line("boiler", 1541152487013L, "\"word\":\"idle\",\"Bad Name\":1"),
                Map.of());
        List<Discovered> found = find("recording:r.jsonl");
        assertThat(found).extracting(Discovered::name).containsExactly("boiler", "Other");
        assertThat(found.get(0).points())
                .extracting(Discovered.Point::text)
                .containsExactly("t", "p bool", "word string", "Bad Name");
        assertThat(found.get(0).points().get(3).obstacle()).startsWith("its name cannot be a channel's");
        assertThat(found.get(1).obstacle()).startsWith("its name cannot be a device's");
        Channel t = Channel.readable("t", "t", Type.DOUBLE, "");
        DeviceSettings settings =
                new DeviceSettings("boiler", found.get(0).address(), Duration.ofSeconds(1), List.of(t), Map.of());
        try (Connection connection = simulation.open(settings)) {
            assertThat(simulation.read(connection, settings)).containsEntry("t", 20.5);
        }
    }

    @Test
    void aSearchNamesTheLineThatIsWrong() throws Exception {
        recording(line("boiler", 1, "\"t\":1") + "{\"stream\":7}\n", Map.of());
        assertThatThrownBy(() -> find("recording:r.jsonl"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("line 2: stream: missing");
        assertThatThrownBy(() -> find("recording:none.jsonl")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> find("windmill")).hasMessageStartingWith("address: windmill (expected: none, or");
    }

    private List<Discovered> find(String address) throws Exception {
        List<Discovered> found = new ArrayList<>();
        new Models(new HomeFiles(home))
                .search(
                        new DeviceSettings("discover", address, Duration.ofSeconds(1), List.of(), Map.of()),
                        found::add);
        return found;
    }

    @Test
    void playsTheRowsOfItsStreamAtTheirPaceAndAgain() throws Exception {
        DeviceSettings settings = recording(
                line("boiler", 1541152486013L, "\"t\":20.5,\"p\":true,\"n\":7")
                        + line("other", 1541152486014L, "\"t\":99")
                        + "\n"
                        + "{\"stream\":\"boiler\",\"time\":\"2018-11-02T10:54:48.013+01:00\",\"data\":{\"t\":21}}\n"
                        + line("boiler", 1541152489013L, "\"t\":null,\"p\":0"),
                Map.of());
        try (Connection connection = simulation.open(settings)) {
            for (int pass = 0; pass < 3; pass++) {
                assertThat(simulation.read(connection, settings)).isEqualTo(Map.of("t", 20.5, "p", true, "n", 7L));
                simulation.advance("1.999");
                assertThat(simulation.read(connection, settings)).containsEntry("t", 20.5);
                simulation.advance("0.001");
                assertThat(simulation.read(connection, settings)).isEqualTo(Map.of("t", 21.0));
                simulation.advance("1.5");
                assertThat(simulation.read(connection, settings))
                        .isEqualTo(Map.of("t", "BAD bad in the recording", "p", false));
                simulation.advance("0.5");
            }
            // Passes that nobody has read are left out whole: 1000 passes of 4 s, and 2 s into the next.
            simulation.advance("4002");
            assertThat(simulation.read(connection, settings)).isEqualTo(Map.of("t", 21.0));
        }
    }

    @Test
    void goesOnWhereItWasAfterAReconnect() throws Exception {
        DeviceSettings settings = recording(
                line("boiler", 0, "\"t\":0") + line("boiler", 1000, "\"t\":1") + line("boiler", 2000, "\"t\":2"),
                Map.of());
        try (Connection connection = simulation.open(settings)) {
            assertThat(simulation.read(connection, settings)).containsEntry("t", 0.0);
        }
        simulation.advance("1");
        try (Connection connection = simulation.open(settings)) {
            assertThat(simulation.read(connection, settings)).containsEntry("t", 1.0);
        }
    }

    @Test
    void withoutLoopItIsOfflineAfterTheEnd() throws Exception {
        DeviceSettings settings =
                recording(line("boiler", 0, "\"t\":0") + line("boiler", 1000, "\"t\":1"), Map.of("loop", "false"));
        try (Connection connection = simulation.open(settings)) {
            simulation.advance("1.9");
            assertThat(simulation.read(connection, settings)).containsEntry("t", 1.0);
            simulation.advance("0.1");
            assertThatThrownBy(() -> simulation.read(connection, settings))
                    .isInstanceOf(IOException.class)
                    .hasMessage("r.jsonl has been played to its end");
        }
        assertThatThrownBy(() -> simulation.open(settings))
                .isInstanceOf(IOException.class)
                .hasMessage("r.jsonl has been played to its end");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{\"stream\":\"boiler\",\"time\":1,\"data\":{\"t\":1|line 3: column 42: the end (expected: })",
                "[]|line 3: no object",
                "{\"time\":1,\"data\":{}}|line 3: stream: missing (expected: a name)",
                "{\"stream\":\"other\",\"data\":{}}|line 3: time: missing (expected: milliseconds since 1970, or 2024-11-21T07:00:00.123Z)",
                "{\"stream\":\"boiler\",\"time\":\"noon\",\"data\":{}}|line 3: time: noon (expected: milliseconds since 1970, or 2024-11-21T07:00:00.123Z)",
                "{\"stream\":\"boiler\",\"time\":1}|line 3: data: missing (expected: an object)"
            })
    void namesAWrongLine(String wrong, String message) throws Exception {
        DeviceSettings settings =
                recording(line("boiler", 0, "\"t\":0") + "\n" + wrong + "\n" + line("boiler", 1, ""), Map.of());
        assertThatThrownBy(() -> simulation.open(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("address: recording:r.jsonl (expected: rows as JSON lines; " + message + ")");
    }

    @Test
    void aWrongLineFarBehindStopsThePlayingBeforeItAndIsNamedWhenItIsOpenedAgain() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            text.append(line("boiler", i, "\"n\":" + i));
        }
        DeviceSettings settings = recording(text + "oops\n", Map.of());
        try (Connection connection = simulation.open(settings)) {
            simulation.advance("1.998");
            assertThat(simulation.read(connection, settings)).containsEntry("n", 1998L);
            simulation.advance("1");
            assertThatThrownBy(() -> simulation.read(connection, settings))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("r.jsonl, line 2001: column 1: 'o'");
        }
        assertThatThrownBy(() -> simulation.open(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("line 2001: column 1: 'o'");
        // Mended, it goes on: a pass takes 2.001 s, so this is 0.997 s into the second.
        Files.writeString(home.resolve("files/r.jsonl"), text + line("boiler", 2000, "\"n\":2000"));
        try (Connection connection = simulation.open(settings)) {
            assertThat(simulation.read(connection, settings)).containsEntry("n", 997L);
        }
    }

    @Test
    void refusesFilesThatAreNotThereOrNotAtHomeOrHaveNothingForTheDevice() throws Exception {
        DeviceSettings none = recording(line("other", 0, "\"t\":0"), Map.of());
        assertThatThrownBy(() -> simulation.open(none))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("address: recording:r.jsonl (expected: rows of the stream boiler)");
        DeviceSettings outside = Simulation.settings("recording:../x.jsonl", Map.of(), T);
        assertThatThrownBy(() -> simulation.open(outside))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("address: recording:../x.jsonl (expected: a file in the home's folder files)");
        DeviceSettings missing = Simulation.settings("recording:x.jsonl", Map.of(), T);
        assertThatThrownBy(() -> simulation.open(missing))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("x.jsonl: there is no such file in ");
    }

    @Test
    void oneRowAmongManyOfOtherStreamsIsFoundInPieces() throws Exception {
        String others = line("other", 0, "\"t\":0").repeat(25_000);
        DeviceSettings settings = recording(others + line("boiler", 5, "\"t\":5"), Map.of());
        try (Connection connection = simulation.open(settings)) {
            assertThat(simulation.read(connection, settings)).isEmpty();
            assertThat(simulation.read(connection, settings)).isEmpty();
            assertThat(simulation.read(connection, settings)).containsEntry("t", 5.0);
        }
        DeviceSettings nothing = recording(others, Map.of("loop", "false"));
        try (Connection connection = simulation.open(nothing)) {
            assertThat(simulation.read(connection, nothing)).isEmpty();
            assertThat(simulation.read(connection, nothing)).isEmpty();
            assertThatThrownBy(() -> simulation.read(connection, nothing))
                    .hasMessage("r.jsonl has no row of the stream boiler");
        }
        assertThatThrownBy(() -> simulation.open(nothing)).isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void playsTheQualityThatWasRecorded() throws Exception {
        DeviceSettings settings = recording(
                "{\"stream\":\"boiler\",\"time\":1,\"data\":{\"t\":99.5,\"n\":null},"
                        + "\"quality\":{\"t\":\"UNCERTAIN\",\"n\":\"BAD\"}}",
                Map.of());
        RecordedReadings readings = new RecordedReadings();
        try (Connection connection = simulation.open(settings)) {
            connection.read(settings.channels(), readings);
        }
        assertThat(readings.values).isEqualTo(Map.of(0, 99.5));
        assertThat(readings.uncertain).isEqualTo(Map.of(0, "uncertain in the recording"));
        assertThat(readings.bad).isEqualTo(Map.of(2, "bad in the recording"));
    }

    @Test
    void showsAValueOfAnotherTypeAsBadAndHoldsWhatWasWritten() throws Exception {
        DeviceSettings settings = recording(line("boiler", 0, "\"t\":\"hot\",\"p\":true"), Map.of());
        try (Connection connection = simulation.open(settings)) {
            connection.write(P, false);
            assertThat(simulation.read(connection, settings))
                    .isEqualTo(Map.of("t", "BAD the recording has no DOUBLE but hot", "p", false));
        }
    }

    @Test
    void readsAHugeFileInPieces() throws Exception {
        // 40 MB of rows that are all due at once take several reads, and no more memory than one line.
        Path file = home.resolve("files/r.jsonl");
        try (var out = Files.newBufferedWriter(file)) {
            String filler = "x".repeat(1000);
            for (int i = 0; i < 40_000; i++) {
                out.write(line("boiler", 1000, "\"n\":" + i + ",\"s\":\"" + filler + "\""));
            }
        }
        DeviceSettings settings = Simulation.settings("recording:r.jsonl", Map.of(), N);
        try (Connection connection = simulation.open(settings)) {
            for (long n = 9_999; n < 40_000; n += 10_000) {
                assertThat(simulation.read(connection, settings)).containsEntry("n", n);
            }
        }
    }
}
