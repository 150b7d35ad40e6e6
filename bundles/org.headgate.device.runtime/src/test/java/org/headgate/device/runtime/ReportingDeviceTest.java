package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.headgate.data.api.Quality;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.Reports;
import org.junit.jupiter.api.Test;

/** In which state a device is that reports by itself, and how it is opened anew. */
class ReportingDeviceTest {
    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();

    @Test
    void aSubscriptionThatFailsBeforeTheOpeningHasReturnedIsMadeAnew() {
        driver.reports = List.of("temperature", "pump", "level");
        driver.onSubscribe = reports -> reports.failed(new IOException("kicked out"));
        connected();
        assertThat(hall.state("x").detail()).startsWith("kicked out; next try in ");
        driver.onSubscribe = reports -> {};
        hall.system.advance(Duration.ofSeconds(2));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void aDeadDeviceThatOnlyReportedIsTriedAsOftenAsAnyOther() {
        driver.reports = List.of("temperature", "pump", "level");
        hall.add("x", "timeout", "10s");
        hall.bind(driver);
        driver.onOpen = device -> {
            hall.system.spend(Duration.ofSeconds(9));
            throw new IOException("nobody there");
        };
        reporter().failed(new IOException("the server went away"));
        driver.log.clear();
        hall.system.advance(Duration.ofMinutes(10));
        assertThat(driver.log.stream().filter("open"::equals).count()).isBetween(8L, 20L);
    }

    @Test
    void aPeerThatAnswersAndHangsUpAtOnceIsNoStorm() {
        driver.reports = List.of("temperature", "pump", "level");
        driver.onSubscribe = reports -> reports.failed(new IOException("another client has this id"));
        connected();
        driver.log.clear();
        hall.system.advance(Duration.ofMinutes(10));
        assertThat(driver.log.stream().filter("open"::equals).count()).isLessThan(25);
    }

    @Test
    void aBadReportDegradesTheDeviceAndAGoodOneHealsIt() {
        driver.reports = List.of("temperature", "pump", "level");
        connected();
        reporter().report(values -> values.bad(0, "the sensor is open"));
        hall.system.run();
        assertThat(hall.state("x")).isEqualTo(new DeviceState.Degraded("temperature: the sensor is open"));
        reporter().report(values -> values.set(0, 1.0));
        hall.system.run();
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void aDeviceBehindAGoodConnectionIsOfflineUntilItReportsAgain() {
        driver.reports = List.of("temperature", "pump", "level");
        hall.add(
                "x",
                "channel.temperature",
                "temperature report=change every=1m",
                "channel.pump",
                "pump report=change every=1m",
                "channel.level",
                "level report=change every=1m");
        hall.bind(driver);
        reporter().report(values -> values.set(0, 30.25));
        hall.system.run();
        driver.log.clear();
        reporter().offline("its edge node has died");
        hall.system.run();
        assertThat(hall.state("x")).isEqualTo(new DeviceState.Offline("its edge node has died", Duration.ZERO));
        assertThat(hall.state("x").detail()).isEqualTo("its edge node has died");
        assertThat(hall.last("x").quality(0)).isEqualTo(Quality.BAD);
        assertThat(hall.last("x").quality(2)).isEqualTo(Quality.BAD);
        // Neither a poll that the bridge answers nor time brings it back, and nothing is opened anew.
        hall.system.advance(Duration.ofMinutes(10));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Offline.class);
        assertThat(driver.log).contains("read").doesNotContain("open", "close");
        reporter().report(values -> {
            values.set(0, 31.0);
            values.set(1, true);
            values.set(2, 7L);
        });
        hall.system.run();
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(hall.last("x").asDouble(0)).isEqualTo(31.0);
        assertThat(hall.flow("x").imbalance()).isZero();
    }

    @Test
    void aConnectionThatIsLostWhileItsDeviceIsOfflineIsOpenedAnew() {
        driver.reports = List.of("temperature", "pump", "level");
        connected();
        reporter().offline("silent for 30s");
        reporter().failed(new IOException("the broker is gone"));
        hall.system.run();
        assertThat(hall.state("x").detail()).startsWith("the broker is gone; next try in ");
        hall.system.advance(Duration.ofSeconds(2));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void aSubscriptionThatFailsIsMadeAnew() {
        driver.reports = List.of("temperature", "pump", "level");
        connected();
        Reports first = reporter();
        first.failed(new IOException("the server closed the session"));
        first.report(values -> values.set(0, 1.0));
        hall.system.run();
        assertThat(hall.flow("x").dropped()).containsEntry("stopped", 1L);
        assertThat(hall.flow("x").queued()).isZero();
        assertThat(hall.state("x").detail()).startsWith("the server closed the session; next try in ");
        hall.system.advance(Duration.ofSeconds(2));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        first.failed(new IOException("said twice"));
        hall.system.run();
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(driver.open).isEqualTo(1);
    }

    private Reports reporter() {
        return driver.reporter.orElseThrow();
    }

    private void connected() {
        hall.add("x");
        hall.bind(driver);
    }
}
