package org.headgate.device.api.kit;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;

/** Keeps what a device reports by itself. */
public final class RecordedReports implements Reports {
    private final AtomicInteger reports = new AtomicInteger();
    private final CountDownLatch late = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile RecordedReadings last = new RecordedReadings();

    @Override
    public void report(Consumer<Readings> values) {
        if (closed) {
            late.countDown();
            return;
        }
        RecordedReadings readings = new RecordedReadings();
        values.accept(readings);
        last = readings;
        reports.incrementAndGet();
    }

    @Override
    public void failed(IOException why) {
        if (closed) {
            late.countDown();
        }
    }

    /** How many reports came. */
    public int count() {
        return reports.get();
    }

    /** The last report. */
    public RecordedReadings last() {
        return last;
    }

    /** From here on a report is one too many: call it when {@code close} has returned. */
    public void end() {
        closed = true;
    }

    /** Whether something was reported after {@link #end}, watching for a while. */
    public boolean reportsAfterEnd(long millis) throws InterruptedException {
        return late.await(millis, TimeUnit.MILLISECONDS);
    }
}
