package org.headgate.chips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.headgate.chips.kit.SimulatedDs3231;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ds3231Test {
    private final SimulatedDs3231 ds3231 = new SimulatedDs3231();

    /** 19-5170, "Temperature Registers": 00011001 01 is +25.25; two's complement below zero. */
    @ParameterizedTest
    @CsvSource({"0x19,0x40,25.25", "0x00,0x00,0", "0xFF,0xC0,-0.25", "0xE6,0x80,-25.5", "0x7F,0xC0,127.75"})
    void readsTheTemperature(String high, String low, double expected) throws Exception {
        ds3231.set(0x11, Integer.decode(high), Integer.decode(low));
        assertThat(new Bench(Ds3231.CHIP, ds3231).number("temperature")).isEqualTo(expected);
    }

    @Test
    void readsTheTime() throws Exception {
        assertThat(time()).isEqualTo("2026-11-21T06:30:15Z");
        // Twelve hours: bit 6, and bit 5 for the afternoon.
        ds3231.set(0x02, 0x40 | 0x12);
        assertThat(time()).isEqualTo("2026-11-21T00:30:15Z");
        ds3231.set(0x02, 0x60 | 0x12);
        assertThat(time()).isEqualTo("2026-11-21T12:30:15Z");
        ds3231.set(0x02, 0x60 | 0x11);
        assertThat(time()).isEqualTo("2026-11-21T23:30:15Z");
        ds3231.set(0x05, 0x80 | 0x12);
        assertThat(time()).isEqualTo("2126-12-21T23:30:15Z");
    }

    private String time() throws Exception {
        return Instant.ofEpochSecond((long) new Bench(Ds3231.CHIP, ds3231).number("time"))
                .toString();
    }

    @Test
    void doesNotBelieveAClockThatHasStood() throws Exception {
        Bench bench = new Bench(Ds3231.CHIP, ds3231);
        assertThat(bench.read("time", "stopped").values).containsEntry(1, false);
        assertThat(bench.read("time").uncertain).isEmpty();
        ds3231.reset();
        RecordedReadings readings = bench.read("time", "stopped", "temperature");
        assertThat(readings.uncertain).containsOnlyKeys(0);
        assertThat(readings.values).containsEntry(1, true);
    }

    @ParameterizedTest
    @CsvSource({
        "2000-01-01T00:00:00Z,00000006010100",
        "2024-02-29T23:59:58Z,58592304290224",
        "2100-03-01T12:00:00Z,00001201018300",
        "2199-12-31T23:59:59Z,59592302319299"
    })
    void isSetAndGoesOn(String when, String registers) throws Exception {
        ds3231.reset();
        ds3231.set(0x0F, 0x8B);
        Bench bench = new Bench(Ds3231.CHIP, ds3231);
        bench.write("time", Instant.parse(when).getEpochSecond());
        assertThat(bench.wire.writes.get(0)).isEqualTo("00" + registers);
        assertThat(bench.read("time", "stopped").values).containsEntry(1, false);
        assertThat(time()).isEqualTo(when);
        // The alarms' flags and the output of 32 kHz are none of ours.
        assertThat(ds3231.get(0x0F)).isEqualTo(0x0B);
    }

    @Test
    void refusesTimesThatItCannotShow() throws Exception {
        Bench bench = new Bench(Ds3231.CHIP, ds3231);
        assertThatThrownBy(() -> bench.write("time", 946_684_799L)).hasMessageStartingWith("time: 946684799 (expected");
        assertThatThrownBy(() -> bench.write("time", 7_258_118_400L)).hasMessageStartingWith("time: 7258118400");
        assertThatThrownBy(() -> bench.write("temperature", 20.0)).hasMessage("temperature cannot be written");
        assertThat(bench.wire.writes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0x04,0x31", "0x05,0x00", "0x05,0x13", "0x00,0x6A", "0x01,0x60", "0x02,0x24", "0x02,0x40", "0x06,0xA0"})
    void aTimeThatThereIsNotIsBad(String register, String value) throws Exception {
        ds3231.set(Integer.decode(register), Integer.decode(value));
        RecordedReadings readings = new Bench(Ds3231.CHIP, ds3231).read("time", "temperature");
        assertThat(readings.bad).containsOnlyKeys(0);
        assertThat(readings.values).containsOnlyKeys(1);
    }

    @ParameterizedTest
    @CsvSource({"0x00,0x80", "0x03,0x08", "0x05,0x31", "0x0F,0x10", "0x12,0x41"})
    void refusesBitsThatADs3231HasNot(String register, String value) {
        ds3231.set(Integer.decode(register), Integer.decode(value));
        assertThatThrownBy(() -> new Bench(Ds3231.CHIP, ds3231))
                .hasMessageStartingWith("no DS3231 here: register " + register);
    }
}
