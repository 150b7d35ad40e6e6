package org.headgate.driver.i2c;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;
import org.headgate.host.DeviceNode;
import org.headgate.host.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class I2cCheckTest {
    @TempDir
    Path root;

    private final MemoryConfigurations configurations = new MemoryConfigurations();
    private boolean permitted = true;

    private List<Finding> check() {
        Machine machine = new Machine(root, root);
        return new I2cCheck(
                        configurations, machine, path -> new DeviceNode(path, true, permitted, "i2c", true), "headgate")
                .check();
    }

    private void put(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void device(String name, String address) {
        configurations.put("headgate.device-" + name + ".cfg", "driver", "i2c");
        configurations.put("headgate.device-" + name + ".cfg", "address", address);
    }

    @Test
    void anInterfaceThatNobodyNeedsMayBeOff() {
        assertThat(check()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.UNKNOWN);
            assertThat(finding.text()).contains("sudo modprobe i2c-dev");
        });
    }

    @Test
    void anInterfaceThatIsNeededIsSwitchedOnWithACommand() throws Exception {
        put("proc/device-tree/model", "Raspberry Pi 5 Model B");
        device("env", "i2c-1/0x76");
        device("meter", "i2c-1/0x40");
        assertThat(check())
                .containsExactly(Finding.fail(
                        "/dev/i2c-1",
                        "I2C is switched off, and env, meter needs it",
                        "sudo raspi-config nonint do_i2c 0"));
    }

    @Test
    void otherBusesDoNotHideThatTheUsualOneIsOff() throws Exception {
        put("proc/device-tree/model", "Raspberry Pi 4 Model B");
        put("dev/i2c-20", "");
        device("env", "i2c-1/0x76");
        assertThat(check().get(0).remedy()).isEqualTo("sudo raspi-config nonint do_i2c 0");
    }

    @Test
    void aBusThatIsMissingIsNamedBesideThoseThatAreThere() throws Exception {
        put("dev/i2c-1", "");
        put("dev/i2c-20", "");
        device("env", "i2c-3/0x76");
        List<Finding> findings = check();
        assertThat(findings.get(0).level()).isEqualTo(Level.FAIL);
        assertThat(findings.get(0).text()).isEqualTo("is missing, and env needs it; there are /dev/i2c-1, /dev/i2c-20");
        assertThat(findings.get(0).remedy()).startsWith("device:set env address=");
        assertThat(findings).hasSize(3);
    }

    @Test
    void whoMayNotUseABusIsToldTheGroup() throws Exception {
        put("dev/i2c-1", "");
        permitted = false;
        String remedy = "sudo usermod -aG i2c headgate; sudo systemctl restart headgate";
        assertThat(check())
                .containsExactly(Finding.unknown(
                        "/dev/i2c-1", "user headgate may not read and write it; no device needs it (" + remedy + ")"));
        device("env", "i2c-1/0x76");
        assertThat(check())
                .containsExactly(Finding.fail(
                        "/dev/i2c-1", "user headgate may not read and write it, and env needs it", remedy));
    }

    @Test
    void whatWorksIsSaidWithWhomItIsFor() throws Exception {
        put("dev/i2c-1", "");
        device("env", "i2c-1/0x76");
        configurations.put("headgate.device-off.cfg", "driver", "i2c");
        configurations.put("headgate.device-off.cfg", "address", "i2c-7/0x10");
        configurations.put("headgate.device-off.cfg", "enabled", "false");
        device("wrong", "somewhere");
        assertThat(check()).containsExactly(Finding.ok("/dev/i2c-1", "is there for env"));
    }
}
