package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** A poll asks once; an answer may have values of several times. */
class SeveralRowsTest {
    private static final List<Channel> CHANNELS = List.of(
            Channel.readable("temp", "senml/temp", Type.DOUBLE, ""),
            Channel.readable("hum", "senml/hum", Type.DOUBLE, ""),
            Counters.CHANNELS.get(2));
    private static final String PACK =
            "[{\"bt\":1.7e9,\"n\":\"temp\",\"t\":-2,\"v\":20.5},{\"n\":\"temp\",\"t\":-1,\"v\":21.5},{\"n\":\"hum\",\"v\":40.5}]";

    @TempDir
    private Path folder;

    private Station station;
    private Connection connection;

    @BeforeEach
    void start() throws Exception {
        station = new Station();
        DeviceSettings settings =
                Station.at(station.address().getPort(), Duration.ofSeconds(20)).withChannels(CHANNELS);
        connection = new HttpDriver(
                        new Home().vault(folder), new Inbox(any -> true), () -> {}, Home.NAMES, new MovedClock())
                .open(settings);
    }

    @AfterEach
    void stop() {
        connection.close();
        station.close();
    }

    private RecordedReadings read() throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(CHANNELS, readings);
        return readings;
    }

    @Test
    void eachChannelHasItsNewestValueAndWhatIsLeftOutIsCounted() throws Exception {
        for (long polls = 1; polls <= 2; polls++) {
            station.next(exchange -> Station.say(exchange, 200, PACK));
            RecordedReadings row = read();
            assertThat(row.values).isEqualTo(Map.of(0, 21.5, 1, 40.5, 2, polls));
            assertThat(row.time).isEqualTo(1_700_000_000_000_000_000L);
            assertThat(row.times).isEqualTo(Map.of(0, 1_699_999_999_000_000_000L, 1, 1_700_000_000_000_000_000L));
        }
    }

    @Test
    void anAnswerThatHasNotChangedIsCountedOnce() throws Exception {
        station.next(exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"7\"");
            Station.say(exchange, 200, PACK);
        });
        read();
        station.next(exchange -> Station.say(exchange, 304, ""));
        assertThat(read().values).isEqualTo(Map.of(0, 21.5, 1, 40.5, 2, 1L));
    }
}
