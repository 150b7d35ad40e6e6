package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a device's file, and what is wrong with it. */
class SettingsTest {
    @ParameterizedTest
    @CsvSource({
        "holding/100, holding/100 (40101)", "40101, holding/100 (40101)", "400101, holding/100 (40101)",
        "holding/0x64, holding/100 (40101)", "30001, input/0 (30001)", "10005, discrete/4 (10005)",
        "00004, coil/3 (00004)", "coil/3, coil/3 (00004)", "holding/9998, holding/9998 (49999)",
        "holding/9999, holding/9999 (410000)", "465536, holding/65535 (465536)", "000001, coil/0 (00001)",
    })
    void aSourceIsShownBothWays(String text, String shown) {
        assertThat(Source.parse(text).orElseThrow()).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40000",
                "20001",
                "465537",
                "4001",
                "holding/65536",
                "holdings/1",
                "holding/",
                "holding/-1",
                "1",
                "holding/0x10000",
                "Holding/1"
            })
    void whatIsNoSourceIsNone(String text) {
        assertThat(Source.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'tcp:192.0.2.10', 192.0.2.10:502, 1",
        "'tcp:192.0.2.10:1502,unit=0', 192.0.2.10:1502, 0",
        "'tcp:meter-1.example,unit=255', meter-1.example:502, 255",
        "'tcp:[2001:db8::1]:503, unit=9', [2001:db8::1]:503, 9",
        "'rtu-tcp:192.0.2.10:4001,unit=3', 192.0.2.10:4001, 3",
        "'rtu:/dev/ttyUSB0,unit=3', /dev/ttyUSB0, 3",
        "'rtu:usb-FTDI-if00,unit=3,9600-8E1,rs485=auto', /dev/serial/by-id/usb-FTDI-if00, 3",
    })
    void anAddressNamesALineAndAUnit(String text, String medium, int unit) throws Exception {
        UnitAddress address = UnitAddress.parse(text);
        assertThat(address.bus().medium()).isEqualTo(medium);
        assertThat(address.unit()).isEqualTo(unit);
    }

    /** Modbus over serial line V1.02, section 2.5.1: 19200, even parity. */
    @Test
    void aPortHasWhatTheSpecificationSaysWhereTheAddressDoesNot() throws Exception {
        assertThat(BusAddress.parse("rtu:/dev/ttyS0")).isEqualTo(BusAddress.parse("rtu:/dev/ttyS0,19200-8E1"));
        assertThat(BusAddress.parse("rtu:/dev/ttyS0,9600")).isEqualTo(BusAddress.parse("rtu:/dev/ttyS0,9600-8E1"));
        assertThat(Wires.silence(
                        BusAddress.parse("rtu:/dev/ttyS0,9600-8E1").serial().orElseThrow()))
                .isBetween(4_010_000L, 4_011_000L);
        assertThat(Wires.silence(
                        BusAddress.parse("rtu:/dev/ttyS0,115200-8E1").serial().orElseThrow()))
                .isEqualTo(1_750_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.10 | address: 192.0.2.10 (expected: tcp:HOST[:PORT],unit=1, rtu:",
                "tcp:,unit=1 | address: tcp: (expected: tcp:HOST",
                "tcp:host:99999,unit=1 | address: tcp:host:99999 (expected: ",
                "tcp:host,unit=256 | address: unit=256 (expected: a unit from 0 to 255)",
                "tcp:host,unit=1,unit=2 | address: unit=2 (expected: one unit)",
                "tcp:host,9600-8N1 | address: 9600-8N1 (expected: unit=1 behind the host)",
                "rtu-tcp:host,unit=1 | address: rtu-tcp:host (expected: ",
                "rtu:/dev/ttyS0 | address: rtu:/dev/ttyS0 (expected: a unit behind it: rtu:/dev/ttyS0,unit=1)",
                "rtu:/dev/ttyS0,9600-7E1,unit=1 | address: 7 data bits (expected: 8, as RTU has: 9600-8E1)",
                "rtu:/dev/ttyS0,rs485=on,unit=1 | address: rs485=on (expected: rs485=off, rs485=auto or rs485=auto-low)",
            })
    void aWrongAddressSaysWhatIsRight(String address, String message) {
        assertThatThrownBy(() -> UnitAddress.parse(address))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message);
    }

    private static DeviceSettings meter(String... channels) {
        return Units.device("tcp:192.0.2.10", channels);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "block.max | 126 | block.max: 126 (expected: from 1 to 125)",
                "block.coils | 0 | block.coils: 0 (expected: from 1 to 2000)",
                "gap.max | -1 | gap.max: -1 (expected: from 0 to 125)",
                "order | ABDC | order: ABDC (expected: ABCD, CDAB, BADC or DCBA)",
                "write | 16 | write: 16 (expected: single or multiple)",
                "write.bits | 22 | write.bits: 22 (expected: read or mask)",
                "response.timeout | 1ms | response.timeout: 1ms (expected: a duration such as 500ms",
                "retries | 3 | retries: 3 (expected: one of order, block.max, block.coils, gap.max, response.timeout, write, write.bits)",
            })
    void aWrongKeySaysWhatIsRight(String key, String value, String message) {
        assertThatThrownBy(() -> Setup.parse(Units.with(meter(), key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: input/3 int16 access=rw | channel.a: input/3 (30004) (expected: a coil or a holding register, for access=w and rw)",
                "a: holding/65535 float32 | channel.a: holding/65535 (465536) with 2 registers (expected: up to 125 registers, before 65536)",
                "a: holding/1 string length=248 access=w | channel.a: holding/1 (40002) with 124 registers (expected: up to 123",
                "a: coil/1 int16 | channel.a: int16 (expected: bool, as coils and discrete inputs are)",
                "a: coil/1 bool bit=1 | channel.a: bit=1 (expected: no options, for one bit)",
                "a: registers/1 | channel.a: registers/1 (expected: coil/3, discrete/3, input/100 or holding/100 (counted from 0), or 40101 (from 1))",
                "a: count/lost | channel.a: count/lost (expected: count/requests, answers, silent, damaged or late, to be read)",
            })
    void aWrongChannelSaysWhatIsRight(String channel, String message) {
        assertThatThrownBy(() -> Setup.parse(meter(channel)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void unit0IsEverybodyOnASerialLineAndAUnitOverTcp() throws Exception {
        Setup.parse(Units.device("tcp:192.0.2.10,unit=0", "a: holding/1"));
        Setup.parse(Units.device("rtu:/dev/ttyS0,unit=0", "a: holding/1 int16 access=w"));
        assertThatThrownBy(() -> Setup.parse(Units.device("rtu:/dev/ttyS0,unit=0", "a: holding/1")))
                .hasMessageContaining("access=w, since nobody answers as unit 0");
        DeviceSettings bits = Units.device("rtu:/dev/ttyS0,unit=0", "a: holding/1 bool bit=3 access=w");
        assertThatThrownBy(() -> Setup.parse(bits)).hasMessageContaining("write.bits = mask");
        Setup.parse(Units.with(bits, "write.bits", "mask"));
    }

    @Test
    void aReadEndsBeforeTheRuntimeGivesItUpAndAResponseSooner() throws Exception {
        DeviceSettings settings = Units.within(meter(), Duration.ofSeconds(1));
        assertThat(Setup.parse(settings).patience()).isEqualTo(Duration.ofMillis(800));
        assertThat(Setup.parse(settings).response()).isEqualTo(Duration.ofMillis(800));
        assertThat(Setup.parse(Units.with(settings, "response.timeout", "150ms"))
                        .response())
                .isEqualTo(Duration.ofMillis(150));
        assertThat(Setup.parse(Units.with(settings, "response.timeout", "5s")).response())
                .isEqualTo(Duration.ofMillis(800));
    }

    /** A request may get lost there: half of the time is for the next. */
    @Test
    void onASerialLineThereIsTimeToAskTwice() throws Exception {
        for (String address : List.of("rtu:/dev/ttyS0,unit=1", "rtu-tcp:192.0.2.10:4001,unit=1")) {
            DeviceSettings settings = Units.within(Units.device(address), Duration.ofSeconds(1));
            assertThat(Setup.parse(settings).response()).isEqualTo(Duration.ofMillis(400));
            assertThat(Setup.parse(Units.with(settings, "response.timeout", "700ms"))
                            .response())
                    .isEqualTo(Duration.ofMillis(700));
        }
    }

    @Test
    void theOrderOfADeviceIsThatOfItsChannelsButForThoseThatSayOne() throws Exception {
        Setup setup =
                Setup.parse(Units.with(meter("a: holding/1 int32", "b: holding/1 int32 order=ABCD"), "order", "CDAB"));
        byte[] swapped = new byte[4];
        setup.points().get("a").coding().put(1L, swapped);
        byte[] plain = new byte[4];
        setup.points().get("b").coding().put(1L, plain);
        assertThat(List.of(swapped[1], plain[3])).isEqualTo(List.of((byte) 1, (byte) 1));
    }
}
