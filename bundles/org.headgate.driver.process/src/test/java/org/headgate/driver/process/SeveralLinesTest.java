package org.headgate.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More lines than one row, or than somebody has taken yet. */
class SeveralLinesTest {
    private static final byte[] LINE = "{\"v\":1}".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private Programs programs;

    @BeforeEach
    void start() {
        programs = new Programs(folder);
    }

    @AfterEach
    void stop() {
        programs.close();
    }

    @Test
    void aPollTakesEachChannelsNewestAndCountsWhatIsLeftOut() throws Exception {
        List<Channel> channels = List.of(
                Channel.readable("a", "/a", Type.LONG, ""),
                Channel.readable("b", "/b", Type.LONG, ""),
                Channel.readable("rows", Counts.ROWS, Type.LONG, ""),
                Channel.readable("older", Counts.OLDER, Type.LONG, ""));
        DeviceSettings settings = programs.settings("printf '{\"a\":0}\\n{\"a\":1}\\n{\"b\":2}\\n'", "run=poll")
                .withChannels(channels);
        try (Connection connection = programs.driver.open(settings)) {
            for (long polls = 1; polls <= 2; polls++) {
                RecordedReadings row = new RecordedReadings();
                connection.read(channels, row);
                assertThat(row.values).isEqualTo(Map.of(0, 1L, 1, 2L, 2, polls, 3, polls));
            }
        }
    }

    /** It says first what it has found, and the runtime subscribes a moment later. */
    @Test
    void whatAProgramSaysBeforeSomebodyListensWaitsInThePipe() throws Exception {
        Path said = folder.resolve("said");
        DeviceSettings settings = programs.settings(
                "for i in $(seq 500); do echo '{\"v\":'$i'}'; done; touch '" + said + "'; exec sleep 60");
        try (Connection connection = programs.driver.open(settings)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(said));
            connection.subscribe(settings.channels(), programs.said);
            programs.said.awaitCount(500);
        }
        assertThat(programs.said.all())
                .extracting(row -> row.values.get(0))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 500).boxed().toList());
    }

    /** Else it would be ended as hung while we are what it waits for. */
    @Test
    void aProgramThatWaitsForUsIsNotSilent() throws Exception {
        MovedClock clock = new MovedClock();
        Setup setup = Setup.parse(programs.settings("", "silence=1s"));
        ProcessConnection connection = new ProcessConnection(setup, clock, new Watch(null, null));
        for (int i = 0; i < 64; i++) {
            connection.line(LINE, LINE.length);
        }
        FutureTask<Boolean> next = new FutureTask<>(() -> {
            connection.line(LINE, LINE.length);
            return true;
        });
        Thread reader = new Thread(next);
        reader.start();
        while (reader.getState() != Thread.State.WAITING) {
            Thread.yield();
        }
        clock.advance(Duration.ofHours(1));
        assertThat(connection.silent()).isZero();
        connection.ended(new IOException("over"));
        assertThat(next.get(30, TimeUnit.SECONDS)).isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(connection.silent()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(50));
    }
}
