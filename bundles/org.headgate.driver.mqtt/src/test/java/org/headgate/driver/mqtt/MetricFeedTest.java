package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.ReportedRows;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** What channels say of a birth; with a broker: {@link SparkplugTest}. */
class MetricFeedTest {
    @Test
    void aMissingMetricIsOneThatTheDeviceHasNotOrOneThatThereIsNoRoomFor() throws Exception {
        DeviceSettings settings = Site.device(
                1883, Duration.ofSeconds(1), "boiler", "group = g", "edge = e", "channel.temp = sparkplug/Temp double");
        Setup setup = Setup.parse(settings);
        Intake intake = new Intake(setup.device(), setup.channels());
        ReportedRows rows = new ReportedRows();
        intake.report(settings.channels(), rows);
        MetricFeed feed = new MetricFeed(setup, SimulatedWorld.of(new SimulatedSystem(1)), intake);
        feed.born(List.of(), false);
        feed.born(List.of(), true);
        assertThat(rows.all())
                .extracting(row -> row.bad.get(0))
                .containsExactly(
                        "the device was born without the metric Temp",
                        "the edge node has more than 50000 metrics: no room for Temp");
    }
}
