package org.headgate.driver.opcua;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;

/**
 * Makes rows of what a server sends: values of one time are one report, and the times of a message ascend, for a server lists all values
 * of a variable before those of the next one. Where a variable's own times do not ascend, its order is what counts, and all stay as they
 * came. Used by one thread at a time.
 */
final class Arrivals implements Consumer<Readings> {
    private final Plan[] plans;
    private final long alignNanos;
    private final Reports reports;
    /** By the channel's place: in which report of ours it was last, and its last time in this message. */
    private final long[] lastReport;

    private final long[] lastTime;
    private long report;

    private MonitoredItemNotification[] items = {};
    private int from;
    private int to;

    /**
     * Arrivals for channels.
     *
     * @param plans by the channel's place, which is the handle of its monitored item
     * @param alignNanos what times are cut to; 0 for as they are
     */
    Arrivals(Plan[] plans, long alignNanos, Reports reports) {
        this.plans = plans;
        this.alignNanos = alignNanos;
        this.reports = reports;
        this.lastReport = new long[plans.length];
        this.lastTime = new long[plans.length];
    }

    /** Reports what a message has; a handle that is not ours is left out. */
    void deliver(MonitoredItemNotification[] message) {
        items = Arrays.stream(message).filter(item -> place(item) >= 0).toArray(MonitoredItemNotification[]::new);
        if (ascendsForEach()) {
            Arrays.sort(items, Comparator.comparingLong(this::time));
        }
        for (from = 0; from < items.length; from = to) {
            next();
            reports.report(this);
        }
        items = new MonitoredItemNotification[0];
    }

    private boolean ascendsForEach() {
        Arrays.fill(lastTime, Long.MIN_VALUE);
        for (MonitoredItemNotification item : items) {
            int place = place(item);
            long time = time(item);
            if (time < lastTime[place]) {
                return false;
            }
            lastTime[place] = time;
        }
        return true;
    }

    /** The values from {@code from} on that have the same time and are of different channels. */
    private void next() {
        report++;
        long time = time(items[from]);
        for (to = from; to < items.length && time(items[to]) == time; to++) {
            int place = place(items[to]);
            if (lastReport[place] == report) {
                return;
            }
            lastReport[place] = report;
        }
    }

    @Override
    public void accept(Readings readings) {
        for (int i = from; i < to; i++) {
            int place = place(items[i]);
            Values.set(plans[place], items[i].getValue(), place, readings);
        }
        long time = time(items[from]);
        if (time != Times.NONE) {
            readings.time(time);
        }
    }

    private int place(MonitoredItemNotification item) {
        long handle = item.getClientHandle().longValue();
        return handle < plans.length && plans[(int) handle] != null ? (int) handle : -1;
    }

    private long time(MonitoredItemNotification item) {
        return Times.cut(Times.of(item.getValue()), alignNanos);
    }
}
