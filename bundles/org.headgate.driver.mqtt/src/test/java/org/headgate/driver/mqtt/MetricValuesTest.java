package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.headgate.sparkplug.DataType;
import org.headgate.sparkplug.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is what the other side reads, or it is refused. */
class MetricValuesTest {
    private static long readBack(DataType type, Object value) {
        Metric metric = new Metric(
                "m",
                OptionalLong.empty(),
                OptionalLong.empty(),
                type.number(),
                false,
                false,
                Map.of(),
                Optional.of(MetricValues.wire(type, value)));
        return metric.whole(type).orElseThrow();
    }

    private static void refused(DataType type, Object value, String why) {
        assertThatThrownBy(() -> MetricValues.wire(type, value))
                .as("%s as %s", value, type)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @CsvSource({
        "INT8,-128,127",
        "INT16,-32768,32767",
        "INT32,-2147483648,2147483647",
        "INT64,-9223372036854775808,9223372036854775807",
        "UINT8,0,255",
        "UINT16,0,65535",
        "UINT32,0,4294967295",
        "UINT64,0,9223372036854775807",
        "DATE_TIME,0,9223372036854775807"
    })
    void aWholeNumberIsWithinItsType(DataType type, long least, long most) {
        String why = "the metric is " + type + ": " + least + " to " + most;
        for (long value : new long[] {least, least + 1, 1, most - 1, most}) {
            assertThat(readBack(type, value)).isEqualTo(value);
        }
        if (least != Long.MIN_VALUE) {
            refused(type, least - 1, why);
            refused(type, Long.MIN_VALUE, why);
        }
        if (most != Long.MAX_VALUE) {
            refused(type, most + 1, why);
            refused(type, Long.MAX_VALUE, why);
        }
        assertThat(readBack(type, 7.0)).isEqualTo(7);
        assertThat(readBack(type, true)).isOne();
        for (double value : new double[] {0.5, 2.7, -1e19, 0x1p63, Double.NaN, Double.POSITIVE_INFINITY}) {
            refused(type, value, why);
        }
    }

    @Test
    void aNumberThatAFloatCannotHoldIsRefused() {
        assertThat(MetricValues.wire(DataType.FLOAT, 21.5)).isEqualTo(21.5f);
        assertThat(MetricValues.wire(DataType.FLOAT, -(double) Float.MAX_VALUE)).isEqualTo(-Float.MAX_VALUE);
        assertThat(MetricValues.wire(DataType.FLOAT, Double.NaN)).isEqualTo(Float.NaN);
        refused(DataType.FLOAT, 1e39, "the metric is FLOAT: up to 3.4028235E38");
        refused(DataType.FLOAT, -1e39, "the metric is FLOAT: up to 3.4028235E38");
        assertThat(MetricValues.wire(DataType.DOUBLE, 1e39)).isEqualTo(1e39);
    }
}
