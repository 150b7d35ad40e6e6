package org.headgate.driver.uart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.headgate.data.api.Type;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    private static RecordedReadings read(Type type, String text) {
        RecordedReadings readings = new RecordedReadings();
        Values.text(Scale.channel("c", "text", type), text, StandardCharsets.UTF_8, 0, readings);
        return readings;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12.5|12.5",
                " +  1.25 kg|1.25",
                "- 3|-3",
                "12kg|12",
                "45%|45",
                "21.5\u00B0C|21.5",
                "21.5 (stable)|21.5",
                "1e3|1000",
                "1.5E-3 V|0.0015",
                "2 e|2",
                ".5|0.5"
            })
    void aNumberMayBeFollowedByItsUnit(String text, double value) {
        assertThat(read(Type.DOUBLE, text).values).containsEntry(0, value);
        assertThat(read(Type.LONG, text).values).containsEntry(0, Math.round(value));
    }

    /** Half of a number is the worst of values: it looks right. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "12,5", "12,5 kg", "1,234.5", "1 234.5", "1.2.3", "12-5", "12:30", "0x1F", "1/2", "12;5", "1'234", "",
                "kg", "-", "1e999"
            })
    void whatIsNotQuiteANumberIsBad(String text) {
        for (Type type : new Type[] {Type.DOUBLE, Type.LONG}) {
            RecordedReadings readings = read(type, text);
            assertThat(readings.values).as(type + " " + text).isEmpty();
            assertThat(readings.bad).containsKey(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e30", "-1e30", "9223372036854775808", "9223372036854775807.5"})
    void whatIsTooLargeForAWholeNumberIsBad(String text) {
        assertThat(read(Type.LONG, text).values).isEmpty();
        assertThat(read(Type.LONG, text).bad).containsEntry(0, "no number: " + text);
    }
}
