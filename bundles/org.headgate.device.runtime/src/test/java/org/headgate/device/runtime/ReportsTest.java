package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.headgate.data.api.Quality;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.Reports;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** What devices report by themselves, and what of it is passed on. */
class ReportsTest {
    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();

    @Test
    void whatADeviceReportsIsARowAtItsOwnTimeAndPolledNoMore() {
        driver.reports = List.of("temperature", "pump", "level");
        connected();
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        long measured = SimulatedSystem.START_NANOS - 5_000_000;
        reporter().report(values -> {
            values.set(0, 30.25);
            values.time(measured);
        });
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(driver.log).containsExactly("open");
        assertThat(hall.rows("x")).hasSize(1);
        assertThat(hall.last("x").timeNanos()).isEqualTo(measured);
        assertThat(hall.last("x").asDouble(0)).isEqualTo(30.25);
        assertThat(hall.last("x").quality(1)).isEqualTo(Quality.ABSENT);
    }

    @Test
    void eachChannelHasItsLastRowThoughTheyComeAtDifferentTimes() {
        driver.reports = List.of("temperature", "pump", "level");
        connected();
        Commissioner commissioner = new Commissioner(hall.registry);
        assertThat(commissioner.last("x", "temperature")).isEmpty();
        reporter().report(values -> values.set(0, 30.25));
        hall.system.advance(Duration.ofSeconds(1));
        reporter().report(values -> values.set(1, true));
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(commissioner.last("x", "temperature").orElseThrow().asDouble(0))
                .isEqualTo(30.25);
        assertThat(commissioner.last("x", "pump")).contains(hall.last("x"));
        assertThat(commissioner.last("x", "level")).isEmpty();
        assertThat(commissioner.last("x", "nothing")).isEmpty();
        assertThat(commissioner.last("nobody", "level")).isEmpty();
    }

    @Test
    void whatIsReportedBeforeTheOpeningHasReturnedIsNotLost() {
        driver.reports = List.of("temperature", "pump", "level");
        driver.onSubscribe = reports -> reports.report(values -> values.set(0, 55.5));
        connected();
        assertThat(hall.rows("x")).hasSize(1);
        assertThat(hall.last("x").asDouble(0)).isEqualTo(55.5);
        assertThat(hall.flow("x").imbalance()).isZero();
    }

    @Test
    void aReportedValueIsReadAgainWhereItIsToBeRepeated() {
        driver.reports = List.of("temperature", "pump", "level");
        hall.add("x", "channel.temperature", "temperature report=change every=1m");
        hall.bind(driver);
        hall.system.advance(Duration.ofMinutes(10));
        assertThat(hall.rows("x")).hasSizeBetween(10, 12).allMatch(row -> row.quality(1) == Quality.ABSENT);
    }

    @Test
    void whatItDoesNotReportIsPolledAsEver() {
        driver.reports = List.of("pump");
        connected();
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.rows("x")).hasSizeBetween(10, 12).allMatch(row -> row.quality(1) == Quality.ABSENT);
        reporter().report(values -> values.set(1, true));
        hall.system.run();
        assertThat(hall.last("x").asBoolean(1)).isTrue();
        assertThat(hall.last("x").quality(0)).isEqualTo(Quality.ABSENT);
    }

    @Test
    void aFloodIsDroppedAndCountedBeyondWhatMayWait() {
        driver.reports = List.of("temperature", "pump", "level");
        connected();
        for (int i = 0; i < 5000; i++) {
            double value = i;
            reporter().report(values -> values.set(0, value));
        }
        assertThat(hall.flow("x").queued()).isEqualTo(1024);
        assertThat(hall.flow("x").imbalance()).isZero();
        hall.system.run();
        assertThat(hall.flow("x").in()).isEqualTo(5000);
        assertThat(hall.flow("x").passed()).isEqualTo(1024);
        assertThat(hall.flow("x").dropped()).containsEntry("queue-full", 3976L);
        assertThat(hall.flow("x").imbalance()).isZero();
    }

    @Test
    void aReportAfterTheEndDoesNotExistAndOneThatWaitedIsCounted() {
        driver.reports = List.of("temperature", "pump", "level");
        DeviceFile file = hall.add("x");
        hall.bind(driver);
        Reports old = reporter();
        old.report(values -> values.set(0, 1.0));
        hall.system.run();
        hall.registry.drop(file);
        old.report(values -> values.set(0, 2.0));
        hall.system.run();
        old.report(values -> values.set(0, 3.0));
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.flow("x").in()).isEqualTo(2);
        assertThat(hall.flow("x").passed()).isEqualTo(1);
        assertThat(hall.flow("x").dropped()).containsEntry("stopped", 1L);
        assertThat(hall.flow("x").queued()).isZero();
        assertThat(hall.flow("x").imbalance()).isZero();
    }

    @Test
    void whatIsReportedWhileTheDeviceIsBeingStoppedIsCountedToo() {
        driver.reports = List.of("temperature", "pump", "level");
        driver.onClose = device -> reporter().report(values -> values.set(0, 2.0));
        DeviceFile file = hall.add("x");
        hall.bind(driver);
        CompletableFuture<Void> stopped = hall.registry.drop(file);
        for (int i = 0; i < 50; i++) {
            reporter().report(values -> values.set(0, 1.0));
        }
        hall.system.run();
        assertThat(stopped).isDone();
        assertThat(hall.flow("x").in()).isEqualTo(50);
        assertThat(hall.flow("x").dropped()).containsEntry("stopped", 50L);
        assertThat(hall.flow("x").queued()).isZero();
        assertThat(hall.flow("x").imbalance()).isZero();
    }

    @Test
    void onChangeReportsOnlyChangesAndCountsTheRestAsFiltered() {
        hall.add(
                "x",
                "poll",
                "1s",
                "channel.temperature",
                "temperature report=change deadband=1 every=1m",
                "channel.pump",
                "pump report=change",
                "channel.level",
                "level report=change");
        hall.bind(driver);
        hall.system.advance(Duration.ofSeconds(30));
        assertThat(hall.rows("x")).hasSize(1);
        assertThat(hall.flow("x").filtered()).isBetween(29L, 31L);
        driver.values.put("temperature", 22.4);
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(hall.rows("x")).hasSize(1);
        driver.values.put("temperature", 22.6);
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(hall.rows("x")).hasSize(2);
        assertThat(hall.last("x").asDouble(0)).isEqualTo(22.6);
        assertThat(hall.last("x").quality(1)).isEqualTo(Quality.ABSENT);
        driver.values.put("pump", true);
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.last("x").asBoolean(1)).isTrue();
        hall.system.advance(Duration.ofMinutes(10));
        assertThat(hall.rows("x")).hasSizeBetween(12, 14);
        assertThat(hall.flow("x").imbalance()).isZero();
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void readingsAreScaledMaskedAndCheckedForTheirRange() {
        driver.values.put("r1", 1234L);
        driver.values.put("r2", 0x0A55L);
        hall.add(
                "x",
                "channel.power",
                "r1 int16 scale=0.1 offset=-40 min=-40 max=80",
                "channel.mode",
                "r2 uint16 mask=0x0F00 shift=8",
                "channel.alarm",
                "r2 bool mask=0x0040");
        hall.bind(driver);
        var row = hall.last("x");
        assertThat(row.asDouble(row.schema().indexOf("power")))
                .isEqualTo(83.4, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(row.quality(row.schema().indexOf("power"))).isEqualTo(Quality.UNCERTAIN);
        assertThat(row.asLong(row.schema().indexOf("mode"))).isEqualTo(10);
        assertThat(row.asBoolean(row.schema().indexOf("alarm"))).isTrue();
    }

    @Test
    void aDriverThatGivesAWrongTypeMakesThatChannelBadAndNoOther() {
        driver.values.put("temperature", "warm");
        connected();
        assertThat(hall.last("x").quality(0)).isEqualTo(Quality.BAD);
        assertThat(hall.last("x").quality(2)).isEqualTo(Quality.GOOD);
        assertThat(hall.state("x").detail()).startsWith("temperature: ");
    }

    private Reports reporter() {
        return driver.reporter.orElseThrow();
    }

    private void connected() {
        hall.add("x");
        hall.bind(driver);
    }
}
