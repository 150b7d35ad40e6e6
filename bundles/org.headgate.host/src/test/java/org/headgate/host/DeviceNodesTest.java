package org.headgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceNodesTest {
    @TempDir
    Path root;

    private boolean permitted = true;

    private List<Finding> check(String... wanted) {
        Machine machine = new Machine(root, root);
        Map<String, String> devices = wanted.length == 0 ? Map.of() : Map.of(wanted[0], wanted[1]);
        return new DeviceNodes(machine, path -> new DeviceNode(path, true, permitted, "i2c", true), "headgate")
                .check(Interfaces.I2C, "I2C", devices, "i2c-N/0xAA");
    }

    private void put(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void anInterfaceThatNobodyNeedsMayBeOff() {
        assertThat(check()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.UNKNOWN);
            assertThat(finding.text()).contains("no I2C bus is there").contains("sudo modprobe i2c-dev");
        });
    }

    @Test
    void anInterfaceThatIsNeededIsSwitchedOnWithACommand() throws Exception {
        put("proc/device-tree/model", "Raspberry Pi 5 Model B");
        assertThat(check("/dev/i2c-1", "env, meter"))
                .containsExactly(Finding.fail(
                        "/dev/i2c-1",
                        "I2C is switched off, and env, meter needs it",
                        "sudo raspi-config nonint do_i2c 0"));
    }

    @Test
    void otherBusesDoNotHideThatTheUsualOneIsOff() throws Exception {
        put("proc/device-tree/model", "Raspberry Pi 4 Model B");
        put("dev/i2c-20", "");
        assertThat(check("/dev/i2c-1", "env").get(0).remedy()).isEqualTo("sudo raspi-config nonint do_i2c 0");
    }

    @Test
    void aBusThatIsMissingIsNamedBesideThoseThatAreThere() throws Exception {
        put("dev/i2c-1", "");
        put("dev/i2c-20", "");
        List<Finding> findings = check("/dev/i2c-3", "env, meter");
        assertThat(findings)
                .hasSize(3)
                .startsWith(Finding.fail(
                        "/dev/i2c-3",
                        "is missing, and env, meter needs it; there are /dev/i2c-1, /dev/i2c-20",
                        "device:set env address=i2c-N/0xAA takes another one"));
        assertThat(findings).last().extracting(Finding::level).isEqualTo(Level.OK);
    }

    @Test
    void whoMayNotUseABusIsToldTheGroup() throws Exception {
        put("dev/i2c-1", "");
        permitted = false;
        String remedy = "sudo usermod -aG i2c headgate; sudo systemctl restart headgate";
        assertThat(check())
                .containsExactly(Finding.unknown(
                        "/dev/i2c-1", "user headgate may not read and write it; no device needs it (" + remedy + ")"));
        assertThat(check("/dev/i2c-1", "env"))
                .containsExactly(Finding.fail(
                        "/dev/i2c-1", "user headgate may not read and write it, and env needs it", remedy));
        put("etc/group", "i2c:x:998:headgate\n");
        assertThat(check("/dev/i2c-1", "env").get(0).text())
                .isEqualTo("user headgate may not read and write it; it is in the group i2c, but was not when the"
                        + " gateway started, and env needs it");
    }

    @Test
    void theWorstComesFirst() throws Exception {
        put("dev/i2c-1", "");
        put("dev/i2c-20", "");
        Machine machine = new Machine(root, root);
        DeviceNodes nodes = new DeviceNodes(
                machine, path -> new DeviceNode(path, true, path.endsWith("-1"), "i2c", true), "headgate");
        assertThat(nodes.check(Interfaces.I2C, "I2C", Map.of("/dev/i2c-20", "env"), "i2c-N/0xAA"))
                .extracting(Finding::level)
                .containsExactly(Level.FAIL, Level.OK);
    }

    @Test
    void whatWorksIsSaidWithWhomItIsFor() throws Exception {
        put("dev/i2c-1", "");
        assertThat(check()).containsExactly(Finding.ok("/dev/i2c-1", "is there"));
        assertThat(check("/dev/i2c-1", "env")).containsExactly(Finding.ok("/dev/i2c-1", "is there for env"));
    }
}
