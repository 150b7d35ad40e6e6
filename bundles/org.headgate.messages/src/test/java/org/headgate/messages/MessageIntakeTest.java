package org.headgate.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.headgate.device.api.Channel;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.device.api.kit.RecordedReports;
import org.junit.jupiter.api.Test;

class MessageIntakeTest {
    private final List<Channel> channels = Decoding.channels("/a long", "/b long");
    private final AtomicLong now = new AtomicLong(-5);
    private final RecordedReports reports = new RecordedReports();

    private MessageIntake intake() throws Exception {
        return new MessageIntake(MessageDecoder.of(channels, Map.of()), channels, now::get);
    }

    private static String message(MessageIntake intake, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return intake.message(bytes, 0, bytes.length, 1);
    }

    @Test
    void keepsTheLastValueOfEachChannel() throws Exception {
        MessageIntake intake = intake();
        message(intake, "{\"a\":1}");
        RecordedReadings first = new RecordedReadings();
        intake.read(List.of(channels.get(1), channels.get(0)), first);
        assertThat(first.values).isEqualTo(Map.of(1, 1L));
        assertThat(first.bad).isEqualTo(Map.of(0, "nothing came yet"));
        message(intake, "{\"a\":2}\n{\"b\":3}");
        RecordedReadings second = new RecordedReadings();
        intake.read(channels, second);
        assertThat(second.values).isEqualTo(Map.of(0, 2L, 1, 3L));
        assertThat(intake.rows()).isEqualTo(3);
        assertThat(intake.messages()).isEqualTo(2);
    }

    @Test
    void reportsByTheNumbersOfWhoAsks() throws Exception {
        MessageIntake intake = intake();
        intake.report(List.of(channels.get(1)), reports);
        message(intake, "{\"a\":1,\"b\":2}");
        assertThat(reports.last().values).isEqualTo(Map.of(0, 2L));
    }

    /** What says something once only, when it begins, is heard by who subscribes a moment later. */
    @Test
    void whatCameBeforeSomebodyTookItIsReportedFirst() throws Exception {
        MessageIntake intake = intake();
        for (int i = 0; i < 100; i++) {
            message(intake, "{\"a\":" + i + "}");
        }
        intake.report(channels, reports);
        assertThat(reports.count()).isEqualTo(64);
        assertThat(reports.last().values).isEqualTo(Map.of(0, 99L));
    }

    @Test
    void aFloodOfGarbageIsOneBadRowASecond() throws Exception {
        MessageIntake intake = intake();
        intake.report(channels, reports);
        for (int i = 0; i < 1000; i++) {
            assertThat(message(intake, "{")).startsWith("no JSON: ");
        }
        assertThat(reports.count()).isEqualTo(1);
        assertThat(reports.last().bad.get(1)).endsWith("(1 refused)");
        now.addAndGet(1_000_000_000L);
        message(intake, "{");
        assertThat(reports.count()).isEqualTo(2);
        assertThat(reports.last().bad.get(0)).endsWith("(1001 refused)");
        assertThat(intake.refused()).isEqualTo(1001);
        message(intake, "{\"a\":1}");
        assertThat(reports.last().values).isEqualTo(Map.of(0, 1L));
    }

    @Test
    void reportsNothingAfterItsEnd() throws Exception {
        MessageIntake intake = intake();
        intake.report(channels, reports);
        intake.end();
        message(intake, "{\"a\":1}");
        intake.failed(new java.io.IOException("x"));
        assertThat(reports.count()).isZero();
        assertThat(intake.awaitFirst(0)).isTrue();
    }

    @Test
    void waitsNoLongerThanToldForAFirstRow() throws Exception {
        MessageIntake intake = new MessageIntake(MessageDecoder.of(channels, Map.of()), channels, System::nanoTime);
        assertThat(intake.awaitFirst(10_000_000)).isFalse();
    }
}
