package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.headgate.data.api.Quality;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.Readings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device is DEGRADED while one of its channels is, whatever it reports of the others. */
class BadChannelsTest {
    private static final DeviceState OPEN = new DeviceState.Degraded("temperature: the sensor is open");

    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();

    @BeforeEach
    void connect() {
        driver.reports = List.of("temperature", "pump", "level");
        hall.add("x");
        hall.bind(driver);
    }

    private DeviceState after(Consumer<Readings> report) {
        driver.reporter.orElseThrow().report(report);
        hall.system.run();
        return hall.state("x");
    }

    /** OPC UA tells of a variable when it changes, and not of the others. */
    @Test
    void aReportOfAnotherChannelHealsNone() {
        assertThat(after(values -> values.bad(0, "the sensor is open"))).isEqualTo(OPEN);
        assertThat(after(values -> values.set(1, true))).isEqualTo(OPEN);
        assertThat(after(values -> values.bad(2, "no level"))).isEqualTo(OPEN);
        assertThat(after(values -> values.set(0, 21.0))).isEqualTo(new DeviceState.Degraded("level: no level"));
        assertThat(after(values -> values.set(2, 1))).isInstanceOf(DeviceState.Online.class);
    }

    /** A message that cannot be understood makes all BAD; the next one that can does not have all of them, it may be never. */
    @Test
    void whatIsBadForOneReasonIsGoodTogether() {
        DeviceState refused = after(values -> {
            for (int i = 0; i < 3; i++) {
                values.bad(i, "no JSON (1 refused)");
            }
        });
        assertThat(refused).isEqualTo(new DeviceState.Degraded("temperature: no JSON (1 refused)"));
        assertThat(after(values -> values.set(1, true))).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void theSameReasonInAnotherReportIsAnotherFault() {
        after(values -> values.bad(0, "the sensor is open"));
        after(values -> values.bad(2, "the sensor is open"));
        assertThat(after(values -> values.set(2, 7))).isEqualTo(OPEN);
        assertThat(after(values -> values.set(0, 7.5))).isInstanceOf(DeviceState.Online.class);
    }

    /** What a message must have and has not is missing in the next one, too. */
    @Test
    void whatIsSaidToBeBadOnceMoreStaysSo() {
        after(values -> {
            values.bad(0, "not in the message");
            values.bad(1, "not in the message");
        });
        assertThat(after(values -> {
                    values.bad(0, "not in the message");
                    values.set(1, true);
                }))
                .isEqualTo(new DeviceState.Degraded("temperature: not in the message"));
    }

    @Test
    void aDeviceThatWasGoneIsThereWithItsFirstReport() {
        driver.reporter.orElseThrow().offline("its edge node has died");
        hall.system.run();
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Offline.class);
        assertThat(after(values -> values.set(2, 7))).isInstanceOf(DeviceState.Online.class);
    }

    /** The node is not there, so it is polled: reports of others do not make the device ONLINE between two polls. */
    @Test
    void aChannelThatIsPolledStaysBadBetweenTwoPolls() {
        driver.reports = List.of("pump", "level");
        driver.badChannel = "temperature";
        hall.add("y");
        hall.system.advance(Duration.ofSeconds(5));
        driver.reporter.orElseThrow().report(values -> values.set(1, true));
        hall.system.run();
        assertThat(hall.last("y").quality(1)).isEqualTo(Quality.GOOD);
        assertThat(hall.state("y")).isInstanceOf(DeviceState.Degraded.class);
        driver.badChannel = "";
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(hall.state("y")).isInstanceOf(DeviceState.Online.class);
    }
}
