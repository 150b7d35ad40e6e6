package org.headgate.driver.gpio;

import java.util.function.Consumer;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;

/** Reports the level of a line in all of its channels; one object for all rows. Guarded by its line's monitor. */
final class LevelReport implements Consumer<Readings> {
    private final Reports to;
    private final int[] indices;
    private boolean active;
    private long epochNanos;

    /** To report to, and the channels' places in its rows. */
    LevelReport(Reports to, int[] indices) {
        this.to = to;
        this.indices = indices;
    }

    void send(boolean level, long timeNanos) {
        active = level;
        epochNanos = timeNanos;
        to.report(this);
    }

    @Override
    public void accept(Readings into) {
        for (int index : indices) {
            into.set(index, active);
        }
        into.time(epochNanos);
    }
}
