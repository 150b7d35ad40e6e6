package org.headgate.rule.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WallClockTest {
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"})
    void showsWhatTheJdkShows(String name) {
        ZoneId zone = ZoneId.of(name);
        WallClock clock = new WallClock(zone);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            // Most of them of our days, some at the seams of the offset, some of any time at all.
            long millis = switch (i % 4) {
                case 0 -> random.nextLong();
                case 1 -> 1_711_846_800_000L + random.nextLong(-5_000, 5_000);
                case 2 -> 1_710_054_000_000L + random.nextLong(-2, 2);
                default -> random.nextLong(-3_000_000_000_000L, 3_000_000_000_000L);
            };
            ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(zone);
            assertThat(clock.year(millis)).as(time.toString()).isEqualTo(time.getYear());
            assertThat(clock.month(millis)).as(time.toString()).isEqualTo(time.getMonthValue());
            assertThat(clock.dayOfMonth(millis)).as(time.toString()).isEqualTo(time.getDayOfMonth());
            assertThat(clock.dayOfYear(millis)).as(time.toString()).isEqualTo(time.getDayOfYear());
            assertThat(clock.dayOfWeek(millis))
                    .as(time.toString())
                    .isEqualTo(time.getDayOfWeek().getValue() % 7);
            assertThat(clock.hour(millis)).as(time.toString()).isEqualTo(time.getHour());
            assertThat(clock.minute(millis)).as(time.toString()).isEqualTo(time.getMinute());
            assertThat(clock.second(millis)).as(time.toString()).isEqualTo(time.getSecond());
            assertThat(clock.microsecond(millis)).as(time.toString()).isEqualTo(time.getNano() / 1000);
        }
    }
}
