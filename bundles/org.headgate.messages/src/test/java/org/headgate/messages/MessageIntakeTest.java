package org.headgate.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.headgate.device.api.Channel;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.device.api.kit.RecordedReports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void whatCameBeforeSomebodyTookItIsReportedFirstAndWhatHasNoRoomIsCounted() throws Exception {
        MessageIntake intake = intake();
        for (int i = 0; i < 100; i++) {
            assertThat(intake.isFull()).isEqualTo(i >= 64);
            message(intake, "{\"a\":" + i + "}");
        }
        intake.report(channels, reports);
        assertThat(reports.count()).isEqualTo(64);
        assertThat(reports.last().values).isEqualTo(Map.of(0, 99L));
        assertThat(intake.dropped()).isEqualTo(36);
        assertThat(intake.refused()).isEqualTo(36);
        assertThat(intake.isFull()).isFalse();
    }

    /** Its sender is told that it was taken. */
    @Test
    void aMessageIsKeptAsAWhole() throws Exception {
        MessageIntake intake = intake();
        message(intake, "{\"a\":1}\n".repeat(500));
        assertThat(intake.isFull()).isTrue();
        intake.report(channels, reports);
        assertThat(reports.count()).isEqualTo(500);
        assertThat(intake.dropped()).isZero();
    }

    /** Of a message of millions of rows, which need not be wrong. */
    @Test
    void ofALongMessageTheNewestThousandAreKeptAndTheOthersCounted() throws Exception {
        MessageIntake intake = intake();
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 2500; i++) {
            rows.append("{\"a\":").append(i).append("}\n");
        }
        message(intake, rows.toString());
        assertThat(intake.dropped()).isEqualTo(1500);
        intake.report(channels, reports);
        assertThat(reports.count()).isEqualTo(1000);
        assertThat(reports.last().values).isEqualTo(Map.of(0, 2499L));
        message(intake, rows.toString());
        assertThat(reports.count()).as("nothing waits any more").isEqualTo(3500);
        assertThat(intake.dropped()).isEqualTo(1500);
    }

    @Test
    void whatIsNoneForTheDeviceIsCountedAndMakesChannelsBadOnlyWhereNothingEverWas() throws Exception {
        MessageIntake intake = intake();
        intake.report(channels, reports);
        intake.count("nothing in it");
        assertThat(reports.last().bad)
                .isEqualTo(Map.of(0, "nothing in it (1 refused)", 1, "nothing in it (1 refused)"));
        message(intake, "{\"a\":1}");
        now.addAndGet(2_000_000_000L);
        intake.count("nothing in it");
        assertThat(reports.count()).isEqualTo(2);
        assertThat(intake.refused()).isEqualTo(2);
    }

    @Test
    void whatIsRefusedPushesNothingOut() throws Exception {
        MessageIntake intake = intake();
        message(intake, "{\"a\":1}\n".repeat(64));
        intake.refuse("no room");
        assertThat(intake.refused()).isEqualTo(1);
        intake.report(channels, reports);
        assertThat(reports.count()).isEqualTo(64);
        intake.refuse("too long");
        assertThat(reports.last().bad.get(0)).isEqualTo("too long (2 refused)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "read", "end"})
    void whoCanWaitWaitsUntilSomebodyTakesWhatCame(String then) throws Exception {
        MessageIntake intake = intake();
        intake.awaitRoom();
        message(intake, "{\"a\":1}\n".repeat(64));
        FutureTask<Boolean> waits = new FutureTask<>(() -> {
            intake.awaitRoom();
            return true;
        });
        Thread sender = new Thread(waits);
        sender.start();
        while (sender.getState() != Thread.State.WAITING) {
            Thread.yield();
        }
        switch (then) {
            case "report" -> intake.report(channels, reports);
            case "read" -> intake.read(channels, new RecordedReadings());
            default -> intake.end();
        }
        assertThat(waits.get(30, TimeUnit.SECONDS)).isTrue();
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
