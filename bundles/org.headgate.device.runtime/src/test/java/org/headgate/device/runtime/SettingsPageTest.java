package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.junit.jupiter.api.Test;

/** The keys in {@code docs/devices.md} have the defaults that they have. */
class SettingsPageTest {
    @Test
    void everyKeyWithADefaultIsThere() throws Exception {
        String page = Files.readString(Path.of("../../docs/devices.md"));
        Instance instance = Hall.instance("x");
        DeviceConfiguration.of(instance, (any, driver) -> Optional.empty(), Optional.empty());
        Map<String, String> effective = instance.settings().effective();
        effective.remove("driver");
        assertThat(effective).containsKeys("enabled", "poll", "timeout");
        effective.forEach((key, value) -> assertThat(page).contains("\n| `" + key + "` | `" + value + "` | "));
    }
}
