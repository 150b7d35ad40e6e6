package org.headgate.driver.i2c;

import static org.assertj.core.api.Assertions.assertThat;

import com.pi4j.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.headgate.chips.Chip;
import org.headgate.chips.ChipChoice;
import org.headgate.chips.kit.SimulatedChips;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.linux.I2cAdapter;
import org.headgate.linux.I2cAdapters;
import org.headgate.linux.I2cAnswer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each chip of the library that can be on I2C, from its profile to its values. */
class KnownChipsTest {
    static Stream<Chip> chips() {
        return ChipChoice.on(Chip.Bus.I2C).chips().stream();
    }

    @ParameterizedTest
    @MethodSource("chips")
    void isFoundAndOpenedAndRead(Chip chip) throws Exception {
        int address = chip.addresses().get(0);
        Context context = SimulatedI2c.context(SimulatedChips.named(chip.name()));
        try {
            I2cDriver driver =
                    new I2cDriver(context, answers(address), ChipChoice.on(Chip.Bus.I2C), (time, closed) -> {});
            Map<String, String> profile = driver.profiles().get(chip.name());
            DeviceSettings bare = settings(String.format("i2c-1/0x%02x", address), profile);
            DeviceSettings settings = bare.withChannels(driver.channels(bare));
            driver.check(settings);
            List<Channel> readable = settings.channels().stream()
                    .filter(c -> c.access().canRead())
                    .toList();
            RecordedReadings readings = new RecordedReadings();
            try (Connection connection = driver.open(settings)) {
                connection.read(readable, readings);
            }
            assertThat(readings.bad).isEmpty();
            assertThat(readings.values).hasSameSizeAs(readable);

            List<Discovered> found = new ArrayList<>();
            driver.discovery().orElseThrow().search(settings("i2c-1", Map.of("identify", "true")), found::add);
            assertThat(found).singleElement().satisfies(one -> {
                assertThat(one.address()).isEqualTo(settings.address());
                assertThat(one.description() + one.settings()).contains(chip.name());
            });
        } finally {
            context.shutdown();
        }
    }

    private static DeviceSettings settings(String address, Map<String, String> options) {
        return new DeviceSettings("d", address, Duration.ofSeconds(1), List.of(), options);
    }

    private static I2cAdapters answers(int address) {
        return new I2cAdapters() {
            @Override
            public List<I2cAdapter> all() {
                return List.of(new I2cAdapter(1, "simulated"));
            }

            @Override
            public List<I2cAnswer> scan(int number) {
                return List.of(new I2cAnswer(address, "read byte", ""));
            }
        };
    }
}
