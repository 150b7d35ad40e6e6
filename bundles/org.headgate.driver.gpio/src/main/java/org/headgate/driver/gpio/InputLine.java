package org.headgate.driver.gpio;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.linux.EdgeListener;
import org.headgate.pi4j.EdgeSource;
import org.headgate.system.api.Clock;

/**
 * An input with all channels that read it. Edges come from one thread that serves every line, reads from another: what both touch is
 * guarded by this line's monitor, within which nobody waits for the kernel. An edge allocates nothing here.
 */
final class InputLine implements Line, EdgeListener {
    private final String called;
    private final DigitalInput input;
    private final Clock clock;
    private final EpochOfEdges epoch;
    private final Consumer<IOException> whenFailed;
    private final Runnable release;
    private final Repeats losses;
    private final List<Repeats> alarms = new ArrayList<>();
    private final Map<String, Use> uses = new HashMap<>();
    private final EdgeCounter[] counters;
    private long sequence;
    private long lost;
    private boolean edges;
    private Optional<LevelReport> report = Optional.empty();
    private boolean active;
    private boolean closed;

    /** A channel's mode, with its counter where it counts. */
    private record Use(Mode mode, EdgeCounter counter) {}

    /**
     * What a line says beside values.
     *
     * @param failed is told when no edge will come any more
     * @param losses is told of each edge that the kernel has lost
     * @param release lets the line go
     */
    record Outside(Clock clock, Consumer<IOException> failed, Repeats losses, Runnable release) {}

    InputLine(String called, DigitalInput input, List<LineUse.Input> channels, Outside outside) {
        this.called = called;
        this.input = input;
        this.clock = outside.clock();
        this.epoch = new EpochOfEdges(clock);
        this.whenFailed = outside.failed();
        this.losses = outside.losses();
        this.release = outside.release();
        List<EdgeCounter> counting = new ArrayList<>();
        for (LineUse.Input use : channels) {
            EdgeCounter counter = new EdgeCounter(use.edges());
            uses.put(use.channel().name(), new Use(use.mode(), counter));
            if (use.mode() == Mode.COUNT || use.mode() == Mode.FREQUENCY) {
                counting.add(counter);
            }
        }
        counters = counting.toArray(EdgeCounter[]::new);
    }

    /** Has an alarm raised at each edge to active. Before {@link #listen}. */
    void alarm(Repeats alarm) {
        alarms.add(alarm);
    }

    /**
     * Begins to take edges. A chip without interrupts gives none: a line of which only the level is wanted is polled then.
     *
     * @throws IOException when edges are needed and there are none, or the level cannot be read
     */
    void listen() throws IOException {
        if (input instanceof EdgeSource source) {
            try {
                source.edges(this);
            } catch (IOException none) {
                boolean needed = !alarms.isEmpty() || uses.values().stream().anyMatch(use -> use.mode() != Mode.STATE);
                if (needed) {
                    throw none;
                }
                return;
            }
        } else {
            Refusal.checked(called, () -> input.addListener(event -> changed(event.state())));
        }
        synchronized (this) {
            edges = true;
        }
        // A contact that is open already when nobody was looking is the case to be told of.
        if (!alarms.isEmpty() && level() == DigitalState.HIGH) {
            raise();
        }
    }

    /** A change that a provider without the kernel's times tells of. */
    private synchronized void changed(DigitalState state) {
        edge(state == DigitalState.HIGH, clock.monotonicNanos(), sequence + 1);
    }

    @Override
    public synchronized void edge(boolean rising, long nanos, long number) {
        if (closed) {
            return;
        }
        long missing = number - sequence - 1;
        sequence = number;
        if (missing > 0) {
            lose(missing);
        }
        active = rising;
        for (EdgeCounter counter : counters) {
            counter.edge(rising, nanos);
        }
        if (rising) {
            raise();
        }
        if (report.isPresent()) {
            report.get().send(rising, epoch.at(nanos));
        }
    }

    private void lose(long missing) {
        lost += missing;
        for (EdgeCounter counter : counters) {
            counter.lost();
        }
        losses.add(missing);
    }

    private void raise() {
        for (int i = 0; i < alarms.size(); i++) {
            alarms.get(i).add(1);
        }
    }

    @Override
    public void failed(IOException why) {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        whenFailed.accept(why);
    }

    /**
     * Reports the level now and at each edge from now on.
     *
     * @param channels all that the device asks for, as the values of {@code into} are numbered
     * @return those of them that will be reported
     */
    List<Channel> subscribe(List<Channel> channels, Reports into) throws IOException {
        List<Channel> taken = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            Use use = uses.get(channels.get(i).name());
            if (use != null && use.mode() == Mode.STATE) {
                taken.add(channels.get(i));
                places.add(i);
            }
        }
        return begin(places.stream().mapToInt(Integer::intValue).toArray(), into) ? taken : List.of();
    }

    private boolean begin(int[] places, Reports into) throws IOException {
        long before;
        synchronized (this) {
            if (!edges || places.length == 0) {
                return false;
            }
            before = sequence;
        }
        DigitalState level = level();
        synchronized (this) {
            if (closed) {
                throw new IOException("closed");
            }
            report = Optional.of(new LevelReport(into, places));
            // An edge that came meanwhile is younger than the level.
            boolean late = sequence != before;
            if (late || level != DigitalState.UNKNOWN) {
                report.get().send(late ? active : level == DigitalState.HIGH, clock.epochNanos());
            }
        }
        return true;
    }

    @Override
    public void read(Channel channel, int index, Readings into) throws IOException {
        // Asked for whatever is read: what was counted is worth nothing once the chip is gone.
        DigitalState level = level();
        synchronized (this) {
            show(uses.get(channel.name()), level, index, into);
        }
    }

    private void show(Use use, DigitalState level, int index, Readings into) {
        switch (use.mode()) {
            case STATE -> show(level, index, into);
            case COUNT -> {
                into.set(index, use.counter().count());
                doubt(use.counter(), index, into);
            }
            case FREQUENCY -> {
                into.set(index, use.counter().frequency(clock.monotonicNanos()));
                doubt(use.counter(), index, into);
            }
            case LOST -> into.set(index, lost);
        }
    }

    /** Fails when the chip is gone. */
    void probe() throws IOException {
        level();
    }

    private static void doubt(EdgeCounter counter, int index, Readings into) {
        if (counter.lostSome()) {
            into.uncertain(index, "edges came faster than they were taken, and some were lost");
        }
    }

    /** A level, or why there is none. */
    static void show(DigitalState state, int index, Readings into) {
        if (state == DigitalState.UNKNOWN) {
            into.bad(index, "the level is not known");
        } else {
            into.set(index, state == DigitalState.HIGH);
        }
    }

    private DigitalState level() throws IOException {
        return Refusal.checked(called, input::state);
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        throw new IOException(called + " is an input");
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            report = Optional.empty();
        }
        // Outside of the monitor: the thread of the edges may be waiting for it, and be waited for.
        release.run();
        losses.flush();
        alarms.forEach(Repeats::flush);
    }
}
