package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.headgate.device.api.Channel;
import org.headgate.device.api.kit.ReportedRows;
import org.headgate.messages.Recorded;
import org.junit.jupiter.api.Test;

/** What comes before somebody takes it: a broker sends all that it has kept with the subscription, and only once. */
class IntakeTest {
    private final List<Channel> channels =
            List.of(Site.channel("temp", "/t double"), Site.channel("mode", "/mode string"));
    private final Intake intake = new Intake("lamp", channels);
    private final ReportedRows rows = new ReportedRows();

    private void comes(int channel, Object value) {
        Recorded message = new Recorded(2);
        message.set(channel, value);
        intake.take(message);
    }

    private void fill() {
        IntStream.range(0, Intake.MOST_EARLY).forEach(i -> comes(0, i));
    }

    @Test
    void whatHasRoomComesAsItWas() {
        fill();
        intake.report(channels, rows);
        assertThat(rows.all()).hasSize(Intake.MOST_EARLY);
        assertThat(rows.all().get(Intake.MOST_EARLY - 1).uncertain).isEmpty();
        assertThat(intake.dropped()).isZero();
    }

    /** Else a channel whose only message was one too many would have no value for as long as the broker keeps it. */
    @Test
    void whatHasNoRoomIsCountedAndTheNewestValuesAreTold() {
        fill();
        comes(1, "eco");
        comes(0, -1);
        intake.report(channels, rows);
        assertThat(intake.dropped()).isEqualTo(2);
        assertThat(rows.all()).hasSize(Intake.MOST_EARLY + 1);
        assertThat(rows.all().get(Intake.MOST_EARLY).values).isEqualTo(Map.of(0, -1, 1, "eco"));
        assertThat(rows.all().get(Intake.MOST_EARLY).uncertain).containsOnlyKeys(0, 1);
        comes(0, 5);
        assertThat(rows.all().get(Intake.MOST_EARLY + 1).values).isEqualTo(Map.of(0, 5));
        assertThat(rows.all().get(Intake.MOST_EARLY + 1).uncertain).isEmpty();
    }

    @Test
    void thatTheDeviceIsNotThereIsToldHoweverMuchCameBefore() {
        fill();
        intake.offline("gone");
        intake.report(channels, rows);
        assertThat(rows.offline()).containsExactly("gone");
        assertThat(intake.dropped()).as("no row").isZero();
    }

    @Test
    void thatItsValuesAreBadIsTold() {
        fill();
        intake.allBad("stale");
        intake.report(channels, rows);
        assertThat(rows.all().get(Intake.MOST_EARLY).bad).isEqualTo(Map.of(0, "stale", 1, "stale"));
    }
}
