package org.headgate.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.headgate.device.api.kit.RecordedReadings;

/** Whatever strangers send: rows or one line, in bounded time and memory. */
class MessagesFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void jsonIsRowsOrRefused(byte[] message) throws Exception {
        decode(
                Decoding.of("time=/t rows=/d", "/a/b double", "/0 string", "/c bytes", "/d/0/x boolean required=true"),
                message);
        decode(Decoding.of("time=/t", "/a long", "text string", "/b string map=1:x"), message);
    }

    @FuzzTest(maxDuration = "60s")
    void csvIsRowsOrRefused(byte[] message) throws Exception {
        decode(Decoding.of("time=csv/0", "csv/1 double", "csv/2 string", "csv/0 long"), message);
    }

    @FuzzTest(maxDuration = "60s")
    void senmlIsRowsOrRefused(byte[] message) throws Exception {
        decode(
                Decoding.of("", "senml/a double", "senml/b string", "senml/c bytes", "senml/a double field=sum unit=s"),
                message);
    }

    private static void decode(Decoding decoding, byte[] message) {
        try {
            List<RecordedReadings> rows = decoding.decode(message).rows;
            assertThat(rows.size()).isLessThanOrEqualTo(message.length + 1);
            rows.forEach(row -> row.bad.values().forEach(MessagesFuzzTest::line));
        } catch (MessageException refused) {
            assertThat(decoding.rows).isEmpty();
            line(refused.getMessage());
        }
    }

    private static void line(String text) {
        assertThat(text).isNotBlank().hasSizeLessThan(300).doesNotContainPattern("\\p{Cntrl}");
    }
}
