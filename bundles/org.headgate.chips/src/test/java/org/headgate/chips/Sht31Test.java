package org.headgate.chips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.headgate.chips.kit.SimulatedSht31;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;

class Sht31Test {
    private final SimulatedSht31 sht31 = new SimulatedSht31();

    /** Data sheet SHT3x-DIS, 4.12: CRC(0xBEEF) = 0x92. */
    @Test
    void calculatesTheChecksumOfTheDataSheet() {
        assertThat(Crc8.of(new byte[] {0, (byte) 0xBE, (byte) 0xEF, 0}, 1, 2)).isEqualTo(0x92);
    }

    /** Data sheet SHT3x-DIS, 4.13: T = -45 + 175 * S / (2^16 - 1), RH = 100 * S / (2^16 - 1). */
    @Test
    void convertsAsTheDataSheetSays() throws Exception {
        Bench bench = new Bench(Sht31.CHIP, sht31.measures(0, 0));
        assertThat(bench.read("temperature", "humidity").values)
                .containsEntry(0, -45.0)
                .containsEntry(1, 0.0);
        sht31.measures(0xFFFF, 0xFFFF);
        assertThat(bench.read("humidity", "temperature").values)
                .containsEntry(0, 100.0)
                .containsEntry(1, 130.0);
        sht31.measures(0x6666, 0x8000);
        RecordedReadings readings = bench.read("temperature", "humidity");
        assertThat(readings.number(0)).isCloseTo(25.0, within(0.002));
        assertThat(readings.number(1)).isCloseTo(50.0, within(0.002));
    }

    @Test
    void aWrongChecksumIsBadInItsOwnChannel() throws Exception {
        Bench bench = new Bench(Sht31.CHIP, sht31);
        for (int i = 0; i < 6; i++) {
            sht31.breaking(i);
            RecordedReadings readings = bench.read("temperature", "humidity");
            assertThat(readings.bad).as("byte " + i).containsOnlyKeys(i / 3);
            assertThat(readings.values).containsOnlyKeys(1 - i / 3);
        }
    }

    @Test
    void isNotOpenedWithAWrongChecksum() {
        for (int i = 0; i < 3; i++) {
            sht31.breaking(i);
            assertThatThrownBy(() -> new Bench(Sht31.CHIP, sht31)).hasMessageStartingWith("no SHT31 here");
        }
    }

    /** Data sheet SHT3x-DIS, Table 4 and Table 9. */
    @Test
    void measuresAsWellAsItIsToldTo() throws Exception {
        Bench high = new Bench(Sht31.CHIP, sht31);
        high.wire.paused = Duration.ZERO;
        high.number("temperature");
        assertThat(high.wire.writes).containsExactly("3093", "2400");
        assertThat(high.wire.paused).isGreaterThanOrEqualTo(Duration.ofNanos(15_500_000));
        Bench low = new Bench(Sht31.CHIP, sht31, "repeatability", "low");
        low.number("temperature");
        assertThat(low.wire.writes).endsWith("2416");
        Bench medium = new Bench(Sht31.CHIP, sht31, "repeatability", "medium");
        medium.number("temperature");
        assertThat(medium.wire.writes).endsWith("240b");
    }
}
