package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.headgate.device.api.DeviceState;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read behind a write, beside what the device tells of it by itself: the answer of a method of OPC UA, for instance. */
class ReadBackTest {
    private static final long MEASURED = SimulatedSystem.START_NANOS - 5_000_000;

    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();

    @BeforeEach
    void connect() {
        driver.reports = List.of("temperature", "pump", "level");
        hall.add("x");
        hall.bind(driver);
        driver.log.clear();
    }

    private void tellsOfWrites(long level, long timeNanos) {
        driver.onWrite = device -> driver.reporter.orElseThrow().report(readings -> {
            readings.set(2, level);
            readings.time(timeNanos);
        });
    }

    @Test
    void aSampleThatWasReportedIsNoRowOnceMore() {
        tellsOfWrites(42, MEASURED);
        driver.measured = OptionalLong.of(MEASURED);
        hall.write("x", "level", "42");
        assertThat(driver.log).as("read back, since that proves the device").containsExactly("write level=42", "read");
        assertThat(hall.rows("x")).hasSize(1);
        assertThat(hall.flow("x").imbalance()).isZero();
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void anotherTimeOrAnotherValueIsAnotherSample() {
        tellsOfWrites(42, MEASURED);
        driver.measured = OptionalLong.of(MEASURED + 1);
        hall.write("x", "level", "42");
        assertThat(hall.rows("x")).hasSize(2);
        tellsOfWrites(43, MEASURED + 1);
        hall.write("x", "level", "44");
        assertThat(hall.rows("x")).hasSize(4);
    }

    @Test
    void whatHasNoTimeOfItsOwnIsReadAtItsTime() {
        driver.onWrite = device -> driver.reporter.orElseThrow().report(readings -> readings.set(2, 42));
        hall.write("x", "level", "42");
        assertThat(hall.rows("x")).hasSize(2);
    }

    private void tells(long level, long timeNanos) {
        driver.reporter.orElseThrow().report(readings -> {
            readings.set(2, level);
            readings.time(timeNanos);
        });
        hall.system.advance(Duration.ofMillis(1));
    }

    /** A server of OPC UA tells of a variable one publishing interval after it was written and read. */
    @Test
    void aSampleThatWasReadBackAndIsReportedLaterIsNoRowOnceMore() {
        driver.measured = OptionalLong.of(MEASURED);
        hall.write("x", "level", "42");
        assertThat(hall.rows("x")).hasSize(1);
        tells(42, MEASURED);
        assertThat(hall.rows("x")).hasSize(1);
        assertThat(hall.flow("x").imbalance()).isZero();
        tells(42, MEASURED);
        assertThat(hall.rows("x"))
                .as("what is told twice is for the driver to know")
                .hasSize(2);
    }

    /** Also where each value has its time, as a read of OPC UA does. */
    @Test
    void aSampleWithATimeOfItsOwnIsNoRowOnceMoreEither() {
        driver.times.put("level", MEASURED);
        hall.write("x", "level", "42");
        assertThat(hall.rows("x")).hasSize(1);
        tells(42, MEASURED);
        assertThat(hall.rows("x")).hasSize(1);
    }

    @Test
    void whatIsReportedBehindAReadBackAndIsAnotherSampleIsARow() {
        driver.measured = OptionalLong.of(MEASURED);
        hall.write("x", "level", "42");
        tells(42, MEASURED + 1);
        assertThat(hall.rows("x")).as("another time").hasSize(2);
        tells(42, MEASURED);
        assertThat(hall.rows("x")).as("behind another row").hasSize(3);
        hall.write("x", "level", "43");
        tells(44, MEASURED);
        assertThat(hall.rows("x")).as("another value").hasSize(5);
        hall.write("x", "level", "45");
        driver.reporter.orElseThrow().report(readings -> readings.set(2, 45));
        hall.system.advance(Duration.ofMillis(1));
        assertThat(hall.rows("x")).as("no time of its own").hasSize(7);
    }

    /** A device that is polled tells of its age by its time, and each poll is a row all the same. */
    @Test
    void aPollIsARowWheneverItWasMeasured() {
        driver.reports = List.of();
        driver.measured = OptionalLong.of(MEASURED);
        hall.add("y");
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.rows("y")).hasSizeBetween(10, 12);
    }
}
