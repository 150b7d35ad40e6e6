package org.headgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineHistoryTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uplink:add cloud mqtt://h password=hunter2",
                "uplink:add cloud mqtt://h password='hunter 2' user=a",
                "uplink:set cloud password = hunter2",
                "uplink:set cloud password hunter2",
                "uplink:set cloud api-key=hunter2 | grep x",
                "uplink:add cloud mqtt://u:hunter2@h",
                "device:add plc s7 tcp:h:102,password=hunter2",
                "device:set plc address=tcp:h:102,password=hunter2"
            })
    void aLineWithTheTextOfASecretIsNotKept(String line) {
        assertThat(LineHistory.isKept(line)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uplink:add cloud mqtt://h password=@mqtt-password",
                "uplink:set cloud password = @mqtt-password",
                "secret:set mqtt-password",
                "secret:set mqtt-password --from password.txt",
                "secret:list --json",
                "device:channel-add boiler heat temperature unit=degC",
                "rule:add r SELECT avg(heat) AS t FROM boiler WHERE a = 1"
            })
    void everyOtherLineIs(String line) {
        assertThat(LineHistory.isKept(line)).isTrue();
    }

    @Test
    void eachUserHasAFileThatNobodyElseReads() throws Exception {
        Path file = LineHistory.file(folder.resolve("history"), "anna");
        LineReader reader = LineReaderBuilder.builder()
                .terminal(new DumbTerminal(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream()))
                .build();
        reader.setVariable(LineReader.HISTORY_FILE, file);
        LineHistory history = new LineHistory();
        history.attach(reader);
        history.add(Instant.EPOCH, "device:list");
        history.add(Instant.EPOCH, "uplink:set cloud password=hunter2");
        history.save();
        assertThat(Files.readString(file, StandardCharsets.UTF_8))
                .contains("device:list")
                .doesNotContain("hunter2");
        assertThat(history.size()).isEqualTo(1);
        assertThat(history.shown().get(history.shown().first())).isEqualTo("device:list");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(file.getParent())).isEqualTo("rwx------");
        assertThat(LineHistory.file(folder.resolve("history"), "../otto"))
                .isNotEqualTo(file)
                .hasParent(file.getParent());
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
