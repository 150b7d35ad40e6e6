package org.headgate.driver.uart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;
import org.headgate.host.Machine;
import org.headgate.serial.SerialPorts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialCheckTest {
    private static final String ARDUINO = "/dev/serial/by-id/usb-Arduino";

    @TempDir
    private Path root;

    private final MemoryConfigurations files = new MemoryConfigurations();

    @BeforeEach
    void machine() throws IOException {
        file("dev/ttyAMA0", "");
        file("dev/ttyACM0", "");
        Files.createDirectories(root.resolve("dev/serial/by-id"));
        Files.createSymbolicLink(root.resolve(ARDUINO.substring(1)), Path.of("../../ttyACM0"));
    }

    private void file(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }

    private void device(String name, String address) {
        files.with("headgate.device-" + name + ".cfg", Map.of("driver", "uart", "address", address));
    }

    private Finding only() {
        var findings = new SerialCheck(files, new SerialPorts(new Machine(root, root), "pi")).check();
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void nothingIsWantedOfAMachineWithoutSuchDevices() {
        files.with("headgate.device-off.cfg", Map.of("driver", "uart", "address", "x", "enabled", "false"));
        files.with("headgate.device-other.cfg", Map.of("driver", "modbus", "address", "/dev/ttyS5"));
        assertThat(only()).isEqualTo(Finding.ok("", "no device names a serial port"));
    }

    @Test
    void aPortThatIsThereIsWell() {
        device("scale", "usb-Arduino,115200");
        assertThat(only()).isEqualTo(Finding.ok(ARDUINO, "is there for scale"));
    }

    @Test
    void aMissingPortFails() {
        device("scale", "usb-FTDI");
        assertThat(only().level()).isEqualTo(Level.FAIL);
        assertThat(only().text()).isEqualTo("is missing, and scale needs it");
        assertThat(only().remedy()).startsWith("plug it in");
    }

    @Test
    void aNameOfTheKernelWithoutItsFolderIsRecognized() {
        device("scale", "ttyAMA0");
        assertThat(only().remedy()).startsWith("write /dev/ttyAMA0;");
    }

    @Test
    void theConsoleOnThePortFailsWithItsRemedy() throws IOException {
        device("scale", "/dev/ttyAMA0");
        file("sys/class/tty/console/active", "ttyAMA0");
        file("proc/device-tree/model", "Raspberry Pi 3");
        assertThat(only().level()).isEqualTo(Level.FAIL);
        assertThat(only().remedy()).contains("raspi-config nonint do_serial_cons 1");
    }

    @Test
    void modemManagerIsNamedBeforeAndWhileItHoldsThePort() throws IOException {
        device("scale", "usb-Arduino");
        file("proc/77/comm", "ModemManager\n");
        assertThat(only().level()).isEqualTo(Level.WARN);
        assertThat(only().remedy()).contains("disable --now ModemManager");
        Files.createDirectories(root.resolve("proc/77/fd"));
        Files.createSymbolicLink(root.resolve("proc/77/fd/9"), Path.of("/dev/ttyACM0"));
        assertThat(only().level()).isEqualTo(Level.FAIL);
        assertThat(only().text()).isEqualTo("ModemManager (process 77) has it open, and takes bytes of scale");
        assertThat(only().remedy()).contains("disable --now ModemManager");
    }
}
