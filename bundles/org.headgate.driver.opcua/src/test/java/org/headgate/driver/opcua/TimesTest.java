package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times and status codes, which come in bits of their own. */
class TimesTest {
    private static final DateTime SOURCE = new DateTime(Instant.parse("2026-11-22T04:00:00.0000001Z"));
    private static final DateTime SERVER = new DateTime(Instant.parse("2026-11-22T05:00:00Z"));
    private static final long NANOS = Instant.parse("2026-11-22T04:00:00Z").getEpochSecond() * 1_000_000_000L;

    private static long of(DateTime source, UShort picos, DateTime server) {
        return Times.of(new DataValue(new Variant(1), StatusCode.GOOD, source, picos, server, null));
    }

    @Test
    void theSourcesTimeComesBeforeTheServersToTheNanosecond() {
        assertThat(of(SOURCE, null, SERVER)).isEqualTo(NANOS + 100);
        // Picoseconds come in tens (OPC 10000-6, 5.2.2.17).
        assertThat(of(SOURCE, UShort.valueOf(4200), SERVER)).isEqualTo(NANOS + 142);
        assertThat(of(SOURCE, UShort.valueOf(60_000), SERVER))
                .as("more than there are")
                .isEqualTo(NANOS + 199);
        assertThat(of(null, null, SERVER)).isEqualTo(NANOS + 3600 * 1_000_000_000L);
    }

    @Test
    void aTimeThatIsNoneIsNone() {
        assertThat(of(null, null, null)).isEqualTo(Times.NONE);
        assertThat(of(DateTime.MIN_VALUE, null, null)).isEqualTo(Times.NONE);
        assertThat(of(new DateTime(Long.MAX_VALUE), null, null)).isEqualTo(Times.NONE);
        assertThat(of(DateTime.MIN_VALUE, null, SERVER)).isEqualTo(NANOS + 3600 * 1_000_000_000L);
    }

    /** The lower half says whether values were lost, or which limit was hit (OPC 10000-4, 7.39.1). */
    @ParameterizedTest
    @CsvSource({"0", "0x0480", "0x0100"})
    void aStatusHasItsNameWhateverItsFlags(String flags) {
        StatusCode code = new StatusCode(StatusCodes.Bad_SensorFailure | Long.decode(flags));
        assertThat(Faults.name(code)).isEqualTo("Bad_SensorFailure");
        assertThat(Faults.text(code)).startsWith("Bad_SensorFailure: ");
        assertThat(Faults.is(new StatusException(code), StatusCodes.Bad_SensorFailure))
                .isTrue();
        assertThat(Faults.text(new StatusCode(0x80FF_0000L))).isEqualTo("status 0x80FF0000");
    }
}
