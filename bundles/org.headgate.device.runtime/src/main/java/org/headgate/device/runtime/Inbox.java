package org.headgate.device.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;

/**
 * What a device reports by itself, on its way from the driver's threads to the device's loop. Bounded: what does not fit is dropped
 * and counted where it stands.
 */
final class Inbox implements Reports {
    private final Columns columns;
    private final DeviceFlow.Waiting waiting;
    private final Clock clock;
    private final Loop loop;
    private final BiConsumer<RowReadings, Row> reported;
    private final Consumer<Exception> failed;
    private final List<Runnable> early = new ArrayList<>();
    private boolean isOpen;
    private boolean closed;

    /**
     * An inbox of one connection.
     *
     * @param reported takes each row on the loop; it must end the row's waiting in {@code waiting}
     * @param failed is told on the loop that nothing more will come
     */
    Inbox(
            Columns columns,
            DeviceFlow.Waiting waiting,
            Clock clock,
            Loop loop,
            BiConsumer<RowReadings, Row> reported,
            Consumer<Exception> failed) {
        this.columns = columns;
        this.waiting = waiting;
        this.clock = clock;
        this.loop = loop;
        this.reported = reported;
        this.failed = failed;
    }

    @Override
    public void report(Consumer<Readings> values) {
        take(values::accept);
    }

    @Override
    public void offline(String why) {
        take(readings -> readings.offline(why));
    }

    private void take(Consumer<RowReadings> values) {
        // Asked before the time is noted: see Clock.state.
        ClockState state = clock.state();
        RowReadings readings = new RowReadings(columns, columns.all().columns(), clock.epochNanos());
        values.accept(readings);
        Row row = readings.build(state);
        synchronized (this) {
            // Checked and counted in one step: what comes after the end of the connection does not exist.
            if (!closed && waiting.comes()) {
                pass(() -> reported.accept(readings, row));
            }
        }
    }

    @Override
    public synchronized void failed(IOException why) {
        if (!closed) {
            pass(() -> failed.accept(why));
        }
    }

    /** From now on somebody takes what comes; what came before goes first. Called on the loop. */
    synchronized void open() {
        isOpen = true;
        early.forEach(loop::execute);
        early.clear();
    }

    synchronized void close() {
        closed = true;
        // Nobody has taken them: they go through the loop, which finds them late and counts them.
        open();
    }

    /** Drivers may report before the call that opens the connection has returned: the first values are often the only ones. */
    private void pass(Runnable message) {
        if (isOpen) {
            loop.execute(message);
        } else {
            early.add(message);
        }
    }
}
