package org.headgate.driver.spi;

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
class SpiCheckTest {
    @TempDir
    Path root;

    private final MemoryConfigurations configurations = new MemoryConfigurations();

    @BeforeEach
    void plugIn() throws IOException {
        Files.createFile(Files.createDirectories(root.resolve("dev")).resolve("spidev0.0"));
    }

    private List<Finding> check() {
        DeviceNodes nodes = new DeviceNodes(
                new Machine(root, root), path -> new DeviceNode(path, true, true, "spi", true), "headgate");
        return new SpiCheck(configurations, nodes).check();
    }

    private void device(String name, String driver, String address) {
        configurations.put("headgate.device-" + name + ".cfg", "driver", driver);
        configurations.put("headgate.device-" + name + ".cfg", "address", address);
    }

    @Test
    void addressesNameFiles() {
        assertThat(check()).containsExactly(Finding.ok("/dev/spidev0.0", "is there"));
        device("env", "spi", "spi0.0");
        device("meter", "spi", "spi0.0,mode=3");
        device("other", "mine", "spi3.0");
        device("wrong", "spi", "somewhere");
        device("off", "spi", "spi5.1");
        configurations.put("headgate.device-off.cfg", "enabled", "false");
        assertThat(check()).containsExactly(Finding.ok("/dev/spidev0.0", "is there for env, meter"));
    }

    @Test
    void whatIsMissingIsSaidWithAnAddress() {
        device("env", "spi", "spi3.0");
        assertThat(check().get(0))
                .isEqualTo(Finding.fail(
                        "/dev/spidev3.0",
                        "is missing, and env needs it; there are /dev/spidev0.0",
                        "device:set env address=spiB.C takes another one"));
    }
}
