package org.headgate.config.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.junit.jupiter.api.Test;

class DeviceFileTest {
    @Test
    void devicesThatAreSwitchedOffWantNothingAndOtherFilesAreNoDevices() {
        MemoryConfigurations configurations = new MemoryConfigurations();
        configurations.put("headgate.device-env.cfg", "driver", "i2c");
        configurations.put("headgate.device-env.cfg", "address", "i2c-1/0x76");
        configurations.put("headgate.device-off.cfg", "driver", "i2c");
        configurations.put("headgate.device-off.cfg", "enabled", "false");
        configurations.put("headgate.device-odd.cfg", "enabled", "perhaps");
        configurations.put("headgate.rule-env.cfg", "driver", "i2c");
        configurations.put("headgate.gateway.cfg", "driver", "i2c");
        configurations.put("device-env.cfg", "driver", "i2c");
        assertThat(DeviceFile.enabled(configurations))
                .containsExactlyInAnyOrder(
                        new DeviceFile("env", Map.of("driver", "i2c", "address", "i2c-1/0x76")),
                        new DeviceFile("odd", Map.of("enabled", "perhaps")))
                .anySatisfy(device -> assertThat(device.address()).isEqualTo("i2c-1/0x76"))
                .anySatisfy(device -> assertThat(device.address()).isEmpty());
        assertThat(new DeviceFile("env", Map.of("driver", "i2c")).isOf("i2c")).isTrue();
        assertThat(new DeviceFile("env", Map.of()).isOf("i2c")).isFalse();
    }
}
