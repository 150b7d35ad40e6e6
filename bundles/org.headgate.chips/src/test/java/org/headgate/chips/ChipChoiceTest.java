package org.headgate.chips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.Test;

/** What a device may say beside {@code chip = NAME}, and how long a wire waits. */
class ChipChoiceTest {
    private final Chip chip = new Nameless();
    private final ChipChoice choice = new ChipChoice(List.of(chip));

    private static DeviceSettings device(Map<String, String> options) {
        return new DeviceSettings("d", "i2c-1/0x20", Duration.ofSeconds(1), List.of(), options);
    }

    private static Channel channel(String source, Map<String, String> options) {
        return new Channel("c", source, Type.DOUBLE, "", Access.READ, options);
    }

    @Test
    void aDeviceNamesItsChipOrNone() throws Exception {
        assertThat(choice.of(device(Map.of()))).isEmpty();
        assertThat(choice.of(device(Map.of("chip", "nameless")))).contains(chip);
        assertThatThrownBy(() -> choice.of(device(Map.of("chip", "other"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("chip: other (expected: one of nameless)");
        assertThat(choice.at(0x20)).containsExactly(chip);
        assertThat(choice.at(0x21)).isEmpty();
        assertThat(choice.profiles()).isEqualTo(Map.of("nameless", Map.of("chip", "nameless")));
    }

    @Test
    void everyChipOfABusIsOffered() {
        for (Chip.Bus bus : Chip.Bus.values()) {
            assertThat(ChipChoice.on(bus).chips())
                    .isEqualTo(Chips.all().stream()
                            .filter(one -> one.buses().contains(bus))
                            .toList());
        }
    }

    @Test
    void whatTheDeviceSaysCountsAndElseTheChipsDefault() {
        assertThat(ChipChoice.settings(chip, device(Map.of("gain", "4", "chip", "nameless"))))
                .isEqualTo(Map.of("gain", "4", "rate", "8"));
    }

    @Test
    void aKeyOfNobodyIsRefused() throws Exception {
        ChipChoice.checkKeys(Optional.of(chip), device(Map.of("gain", "1", "chip", "nameless")), Set.of());
        ChipChoice.checkKeys(Optional.empty(), device(Map.of("own", "1")), Set.of("own"));
        assertThatThrownBy(() -> ChipChoice.checkKeys(Optional.empty(), device(Map.of("gain", "1")), Set.of("own")))
                .hasMessage("gain: 1 (expected: one of chip, own)");
    }

    @Test
    void valuesOfAChipHaveOnlyTheOptionsThatItReads() throws Exception {
        ChipChoice.checkSources(
                chip, List.of(channel("a0", Map.of("type", "double")), channel("a1", Map.of("bias", "up"))));
        assertThatThrownBy(() -> ChipChoice.checkSources(chip, List.of(channel("a2", Map.of()))))
                .hasMessage("channel.c: a2 (expected: one of a0, a1)");
        assertThatThrownBy(() -> ChipChoice.checkSources(chip, List.of(channel("a0", Map.of("bias", "up")))))
                .hasMessageStartingWith("channel.c: bias=up (expected: no such option");
    }

    @Test
    void aPauseEndsWithTheConnectionAndWithTheCall() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Pause.REAL.on(closed, Duration.ofNanos(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Pause.REAL.on(closed, Duration.ofHours(1))).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        closed.countDown();
        assertThatThrownBy(() -> Pause.REAL.on(closed, Duration.ofHours(1)))
                .isInstanceOf(IOException.class)
                .hasMessage("closed");
    }

    private static final class Nameless implements Chip {
        @Override
        public String name() {
            return "nameless";
        }

        @Override
        public String description() {
            return "a chip";
        }

        @Override
        public List<Bus> buses() {
            return List.of(Bus.I2C);
        }

        @Override
        public List<Integer> addresses() {
            return List.of(0x20);
        }

        @Override
        public List<Channel> channels() {
            return List.of(channel("a0", Map.of()), channel("a1", Map.of("bias", "off")));
        }

        @Override
        public Map<String, String> defaults() {
            return Map.of("gain", "1", "rate", "8");
        }

        @Override
        public boolean identify(Wire wire) {
            return false;
        }

        @Override
        public Session open(Wire wire, Map<String, String> settings) throws IOException {
            throw new IOException("nothing there");
        }
    }
}
