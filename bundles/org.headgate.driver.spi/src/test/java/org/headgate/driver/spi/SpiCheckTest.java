package org.headgate.driver.spi;

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

class SpiCheckTest {
    @TempDir
    Path root;

    private final MemoryConfigurations configurations = new MemoryConfigurations();
    private boolean permitted = true;

    private List<Finding> check() {
        Machine machine = new Machine(root, root);
        return new SpiCheck(
                        configurations, machine, path -> new DeviceNode(path, true, permitted, "spi", true), "headgate")
                .check();
    }

    private void put(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void device(String name, String address) {
        configurations.put("headgate.device-" + name + ".cfg", "driver", "spi");
        configurations.put("headgate.device-" + name + ".cfg", "address", address);
    }

    @Test
    void anInterfaceThatNobodyNeedsMayBeOff() {
        assertThat(check()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.UNKNOWN);
            assertThat(finding.text()).contains("sudo modprobe spidev");
        });
    }

    @Test
    void anInterfaceThatIsNeededIsSwitchedOnWithACommand() throws Exception {
        put("proc/device-tree/model", "Raspberry Pi 5 Model B");
        device("env", "spi0.0");
        device("meter", "spi0.0,mode=3");
        assertThat(check())
                .containsExactly(Finding.fail(
                        "/dev/spidev0.0",
                        "SPI is switched off, and env, meter needs it",
                        "sudo raspi-config nonint do_spi 0"));
    }

    @Test
    void otherBusesDoNotHideThatTheUsualOneIsOff() throws Exception {
        put("proc/device-tree/model", "Raspberry Pi 4 Model B");
        put("dev/spidev1.0", "");
        device("env", "spi0.0");
        assertThat(check().get(0).remedy()).isEqualTo("sudo raspi-config nonint do_spi 0");
    }

    @Test
    void aBusThatIsMissingIsNamedBesideThoseThatAreThere() throws Exception {
        put("dev/spidev0.0", "");
        put("dev/spidev0.1", "");
        device("env", "spi3.0");
        List<Finding> findings = check();
        assertThat(findings.get(0).level()).isEqualTo(Level.FAIL);
        assertThat(findings.get(0).text())
                .isEqualTo("is missing, and env needs it; there are /dev/spidev0.0, /dev/spidev0.1");
        assertThat(findings.get(0).remedy()).startsWith("device:set env address=");
        assertThat(findings).hasSize(3);
    }

    @Test
    void whoMayNotUseABusIsToldTheGroup() throws Exception {
        put("dev/spidev0.0", "");
        permitted = false;
        String remedy = "sudo usermod -aG spi headgate; sudo systemctl restart headgate";
        assertThat(check())
                .containsExactly(Finding.unknown(
                        "/dev/spidev0.0",
                        "user headgate may not read and write it; no device needs it (" + remedy + ")"));
        device("env", "spi0.0");
        assertThat(check())
                .containsExactly(Finding.fail(
                        "/dev/spidev0.0", "user headgate may not read and write it, and env needs it", remedy));
    }

    @Test
    void whatWorksIsSaidWithWhomItIsFor() throws Exception {
        put("dev/spidev0.0", "");
        device("env", "spi0.0");
        configurations.put("headgate.device-off.cfg", "driver", "spi");
        configurations.put("headgate.device-off.cfg", "address", "spi5.1");
        configurations.put("headgate.device-off.cfg", "enabled", "false");
        device("wrong", "somewhere");
        assertThat(check()).containsExactly(Finding.ok("/dev/spidev0.0", "is there for env"));
    }
}
