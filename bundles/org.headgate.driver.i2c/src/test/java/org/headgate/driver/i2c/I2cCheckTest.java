package org.headgate.driver.i2c;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.doctor.api.Finding;
import org.headgate.host.DeviceNode;
import org.headgate.host.DeviceNodes;
import org.headgate.host.Machine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check makes of addresses; how it judges is told by the tests of {@link DeviceNodes}. */
class I2cCheckTest {
    @TempDir
    Path root;

    private final MemoryConfigurations configurations = new MemoryConfigurations();

    @BeforeEach
    void plugIn() throws IOException {
        Files.createFile(Files.createDirectories(root.resolve("dev")).resolve("i2c-1"));
    }

    private List<Finding> check() {
        DeviceNodes nodes = new DeviceNodes(
                new Machine(root, root), path -> new DeviceNode(path, true, true, "i2c", true), "headgate");
        return new I2cCheck(configurations, nodes).check();
    }

    private void device(String name, String driver, String address) {
        configurations.put("headgate.device-" + name + ".cfg", "driver", driver);
        configurations.put("headgate.device-" + name + ".cfg", "address", address);
    }

    @Test
    void addressesNameFiles() {
        assertThat(check()).containsExactly(Finding.ok("/dev/i2c-1", "is there"));
        device("env", "i2c", "i2c-1/0x76");
        device("meter", "i2c", "i2c-1/0x40");
        device("other", "mine", "i2c-3/0x76");
        device("wrong", "i2c", "somewhere");
        device("off", "i2c", "i2c-7/0x10");
        configurations.put("headgate.device-off.cfg", "enabled", "false");
        assertThat(check()).containsExactly(Finding.ok("/dev/i2c-1", "is there for env, meter"));
    }

    @Test
    void whatIsMissingIsSaidWithAnAddress() {
        device("env", "i2c", "i2c-3/0x76");
        assertThat(check().get(0))
                .isEqualTo(Finding.fail(
                        "/dev/i2c-3",
                        "is missing, and env needs it; there are /dev/i2c-1",
                        "device:set env address=i2c-N/0xAA takes another one"));
    }
}
