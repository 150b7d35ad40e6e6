package org.headgate.payload.senml;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.TimeUnitName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenmlSettingsTest {
    private static void check(PayloadFormat format, TimeUnitName unit, Map<String, String> options) {
        format.check(new PayloadSettings("cloud", "gw-1", unit, options));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bn            | :x:                | senml.bn: :x: (expected: letters, digits and - : . / _, and {gateway}, ",
                "bn            | {gateway} {stream} | senml.bn: {gateway} {stream} (expected: letters",
                "bn            | {channel}:         | senml.bn: {channel}: (expected: letters",
                "bn            | ''                 | 'senml.bn:  (expected: letters'",
                "meta          | yes                | senml.meta: yes (expected: true or false)",
                "base          | x                  | senml.base: x (expected: senml.bn, senml.serial.DEVICE or senml.meta)",
                "serial.       | x                  | senml.serial.: x (expected: senml.bn, senml.serial.DEVICE or senml.meta)",
                "serial.boiler | 47 11              | senml.serial.boiler: 47 11 (expected: letters, digits and - : . / _)",
            })
    void whatCannotWorkIsRefusedByItsKey(String key, String value, String message) {
        assertThatThrownBy(() -> check(new SenmlJsonFormat(), TimeUnitName.MS, Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aSerialThatWouldStandNowhereIsRefused() {
        assertThatThrownBy(() -> check(
                        new SenmlCborFormat(), TimeUnitName.MS, Map.of("bn", "{device}:", "serial.boiler", "4711")))
                .hasMessage("senml-cbor.serial.boiler: 4711 (expected: {serial} in senml-cbor.bn, which is {device}:)");
    }

    @Test
    void nanosecondsAreRefusedForDoublesCannotTellThem() {
        assertThatThrownBy(() -> check(new SenmlJsonFormat(), TimeUnitName.NS, Map.of()))
                .hasMessageStartingWith("time.unit: ns (expected: ms or us;");
        assertThatCode(() -> check(new SenmlJsonFormat(), TimeUnitName.US, Map.of()))
                .doesNotThrowAnyException();
    }
}
