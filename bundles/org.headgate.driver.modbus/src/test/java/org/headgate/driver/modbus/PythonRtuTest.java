package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.PeerProcess;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.serial.kit.Socat;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RTU over real ttys: pymodbus at the other end of the line. */
class PythonRtuTest {
    @TempDir
    private Path folder;

    @Test
    void unitsOnASerialLineAreReadAndWritten() throws Exception {
        Path ours = folder.resolve("dev/serial/by-id/usb-line");
        Path theirs = folder.resolve("theirs");
        Files.createDirectories(ours.getParent());
        Process socat = Socat.start("PTY,raw,echo=0,link=" + ours, "PTY,raw,echo=0,link=" + theirs);
        try (PeerProcess server = Units.python(folder, "rtu", theirs)) {
            ModbusDriver driver = Units.driver(folder, new MovedClock());
            DeviceSettings settings = Units.device(
                    "rtu:usb-line,115200-8N1,unit=1",
                    "a: holding/100 float32",
                    "b: input/0 uint16",
                    "c: input/124 uint16",
                    "d: coil/3 bool access=rw",
                    "e: holding/10 int32 order=CDAB access=rw",
                    "f: holding/21 uint16",
                    "g: holding/19 uint16");
            try (Connection one = driver.open(settings)) {
                RecordedReadings readings = Units.read(one, settings.channels());
                assertThat(readings.values).containsAllEntriesOf(Map.of(0, 230.5, 1, 1000L, 2, 1124L, 3, true, 6, 57L));
                assertThat(readings.bad).isEqualTo(Map.of(5, "exception 2: no such register holding/21 (40022)"));
                one.write(settings.channels().get(4), -99_999L);
                one.write(settings.channels().get(3), false);
                assertThat(Units.read(one, settings.channels()).values)
                        .containsEntry(4, -99_999L)
                        .containsEntry(3, false);
                DeviceSettings second = Units.device("rtu:usb-line,115200-8N1,unit=2", "e: holding/10 uint16");
                assertThat(Units.read(driver, second).values).isEqualTo(Map.of(0, 30L));
            }
            assertThat(server.isAlive()).isTrue();
        } finally {
            socat.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }
}
