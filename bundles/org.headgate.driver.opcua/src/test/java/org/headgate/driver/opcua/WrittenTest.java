package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before it is sent. */
class WrittenTest {
    /** A dozen characters must not take the heap, or a core for minutes. */
    @ParameterizedTest
    @CsvSource({
        "Int32, 1e500000000",
        "Int32, 1e-500000000",
        "UInt64, 1e500000000",
        "UInt64, 1e-500000000",
        "UInt64, 1e2147483647",
        "UInt64, -1",
        "UInt64, 0.5",
        "UInt64, 18446744073709551616",
        "Int64, 1e2147483647",
        "Int64, 9223372036854775808",
        "StatusCode, 1e500000000"
    })
    void aNumberThatIsNoneOfItsTypeIsRefusedAtOnce(OpcUaDataType type, String text) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> Written.as(type, 0, text))
                        .isInstanceOf(IOException.class)
                        .hasMessage(text + " is no " + type.name()));
    }

    @ParameterizedTest
    @CsvSource({
        "UInt64, 18446744073709551615, 18446744073709551615",
        "UInt64, 1.8e3, 1800",
        "UInt64, 0e500000000, 0",
        "Int64, -9223372036854775808, -9223372036854775808",
        "Int16, 5.0, 5"
    })
    void aWholeNumberIsTakenHoweverItIsWritten(OpcUaDataType type, String text, String value) throws Exception {
        assertThat(Written.as(type, 0, text).value()).hasToString(value);
    }

    /** A set point of infinity is nobody's wish. */
    @ParameterizedTest
    @CsvSource({"Float, 1e39", "Float, -1e39", "Double, 1e400", "Double, NaN", "Float, NaN", "Double, -Infinity"})
    void aNumberThatWouldBecomeInfiniteIsRefused(OpcUaDataType type, String text) {
        assertThatThrownBy(() -> Written.as(type, 0, text)).hasMessage(text + " is no " + type.name());
        Object number = Double.valueOf(text);
        assertThatThrownBy(() -> Written.as(type, 0, number)).hasMessage(number + " is no " + type.name());
        assertThatThrownBy(() -> Written.as(type, 1, List.of(1L, number))).hasMessage(number + " is no " + type.name());
    }

    @Test
    void theLargestNumbersAreTaken() throws Exception {
        assertThat(Written.as(OpcUaDataType.Float, 0, 3.4e38).value()).isEqualTo(3.4e38f);
        assertThat(Written.as(OpcUaDataType.Double, 0, Double.MAX_VALUE).value())
                .isEqualTo(Double.MAX_VALUE);
    }
}
