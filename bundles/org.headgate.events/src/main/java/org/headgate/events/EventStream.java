package org.headgate.events;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.FlowSource;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Events;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes rows of events. Whoever raises one only puts it into a bounded queue, whatever locks it holds; a loop publishes. The
 * queue and the counters are guarded by the flow's monitor, which is not held while a row is published.
 */
@Component(immediate = true)
public final class EventStream implements Events, FlowSource {
    /** The producer's name, as {@code gateway:flow} shows it. */
    static final String PRODUCER = "gateway";
    /** How many events may wait to be published. */
    static final int MOST_WAITING = 1000;

    private static final int TURN = 64;

    private static final Schema SCHEMA = Schema.of(
            new Column("kind", Type.STRING, ""),
            new Column("source", Type.STRING, ""),
            new Column("state", Type.STRING, ""),
            new Column("detail", Type.STRING, ""),
            new Column("count", Type.LONG, ""));

    private final Clock clock;
    private final Publisher publisher;
    private final Loop loop;
    private final Queue<Row> waiting = new ArrayDeque<>();
    private final Flow flow = new Flow(PRODUCER, STREAM, waiting::size);
    private boolean draining;
    private boolean stopped;

    @Activate
    public EventStream(@Reference StreamBus bus, @Reference Clock clock, @Reference Scheduler scheduler) {
        this.clock = clock;
        publisher = bus.publisher(STREAM);
        loop = scheduler.loop("events");
    }

    @Deactivate
    void stop() {
        loop.close();
        publisher.close();
        synchronized (flow) {
            stopped = true;
            flow.dropped(DropReason.STOPPED, waiting.size());
            waiting.clear();
        }
    }

    @Override
    public void raise(Event event) {
        synchronized (flow) {
            // Its time is when it happened, and in the order in which it is queued.
            Row row = row(event);
            flow.in(1);
            if (stopped) {
                flow.dropped(DropReason.STOPPED, 1);
                return;
            }
            if (waiting.size() >= MOST_WAITING) {
                flow.dropped(DropReason.QUEUE_FULL, 1);
                return;
            }
            waiting.add(row);
            if (draining) {
                return;
            }
            draining = true;
        }
        loop.execute(this::drain);
    }

    private Row row(Event event) {
        // Asked before the time is noted: see Clock.state.
        ClockState state = clock.state();
        return Row.builder(SCHEMA)
                .set(0, event.kind().name())
                .set(1, event.source())
                .set(2, event.state())
                .set(3, event.detail())
                .set(4, event.count())
                .build(clock.epochNanos(), state);
    }

    /** Publishes some of what waits, then lets others have the thread; a row counts as waiting until it is with the bus. */
    private void drain() {
        for (int i = 0; i < TURN; i++) {
            Row row;
            synchronized (flow) {
                row = waiting.peek();
                if (row == null) {
                    draining = false;
                    return;
                }
            }
            publisher.publish(row);
            synchronized (flow) {
                if (waiting.poll() != null) {
                    flow.passed(1);
                    flow.emitted(1);
                }
            }
        }
        loop.execute(this::drain);
    }

    @Override
    public List<FlowSnapshot> flows() {
        return List.of(flow.snapshot());
    }
}
