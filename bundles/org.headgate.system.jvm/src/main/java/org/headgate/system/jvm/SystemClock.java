package org.headgate.system.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.headgate.data.api.ClockState;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.ClockStep;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's clock. It looks for steps once a second and whenever somebody asks for its state, and says that it is set
 * once there is reason to believe so; from then on it stays set, for the kernel withdraws its flag nine hours after the last
 * answer of a time server, when the clock is as good as before.
 */
@Component(service = {Clock.class, SystemClock.class})
public final class SystemClock implements Clock {
    /** 2026-01-01T00:00:00Z: no time before this software was made is right. (To parse the text costs the start 4 ms.) */
    static final long FLOOR_NANOS = 1_767_225_600_000_000_000L;

    static final Duration LOOK = Duration.ofSeconds(1);
    static final Duration ASK = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SystemClock.class);
    private static final long STEPPED_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int TRIES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Wall wall;
    private final Evidence evidence;
    private final Calls calls;
    private final Loop loop;
    private final String bootId;
    private final long processStartNanos;
    private final boolean batteryBacked;
    private boolean asking;
    private long askedNanos;

    /** These are guarded by this. */
    private final Timeline timeline;

    private Trust trust = Trust.AUTO;
    private Kernel kernel;
    private int unanswered;
    private boolean waits;

    /** What is known of the kernel's flag. */
    private enum Kernel {
        NOT_ASKED,
        SET,
        NOT_SET,
        NOBODY_KNOWS
    }

    @Activate
    public SystemClock(@Reference Scheduler scheduler, @Reference Calls calls) {
        this(
                Wall.MACHINE,
                new MachineEvidence(
                        Path.of("/"), System.getenv("PATH") + ":/usr/sbin:/sbin", System.getProperty("os.arch")),
                Path.of("/proc/sys/kernel/random/boot_id"),
                scheduler,
                calls);
    }

    SystemClock(Wall wall, Evidence evidence, Path bootIdFile, Scheduler scheduler, Calls calls) {
        this.wall = wall;
        this.evidence = evidence;
        this.calls = calls;
        bootId = read(bootIdFile);
        // The launcher knows better: its process, which becomes ours, may have built the software first.
        long launchedMicros = Long.getLong("headgate.launched.micros", 0);
        processStartNanos = launchedMicros > 0
                ? launchedMicros * 1000
                : Wall.nanos(ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
        timeline = new Timeline(wall.offset(), wall.monotonicNanos());
        askedNanos = wall.monotonicNanos() - ASK.toNanos();
        batteryBacked = evidence.isBatteryBacked();
        // Where the battery answers, nobody looks for tools during the start.
        boolean ask = batteryBacked || evidence.canAsk();
        kernel = evidence.isSynchronized() ? Kernel.SET : ask ? Kernel.NOT_ASKED : Kernel.NOBODY_KNOWS;
        synchronized (this) {
            timeline.set(isBelieved(epochNanos()));
        }
        loop = scheduler.loop("clock");
        loop.execute(this::look);
    }

    @Deactivate
    void stop() {
        loop.close();
    }

    /** The setting has been read or edited. */
    synchronized void trust(Trust how) {
        if (how != trust) {
            trust = how;
            timeline.set(isBelieved(epochNanos()));
        }
    }

    @Override
    public long epochNanos() {
        return wall.epochNanos();
    }

    @Override
    public long monotonicNanos() {
        return wall.monotonicNanos();
    }

    @Override
    public synchronized ClockState state() {
        update();
        if (!timeline.isSet()) {
            return ClockState.UNSET;
        }
        return timeline.last()
                        .filter(step -> monotonicNanos() - step.atMonotonicNanos() < STEPPED_NANOS)
                        .isPresent()
                ? ClockState.STEPPED
                : ClockState.SYNCED;
    }

    @Override
    public synchronized OptionalLong corrected(long epochNanos) {
        return timeline.corrected(epochNanos);
    }

    @Override
    public synchronized Optional<ClockStep> lastStep() {
        return timeline.last();
    }

    @Override
    public String bootId() {
        return bootId;
    }

    @Override
    public synchronized long processStartNanos() {
        return processStartNanos + timeline.total();
    }

    /** Each second, on the loop. What the machine says is read before the clocks: first they step, then it says so. */
    private void look() {
        boolean file = evidence.isSynchronized();
        boolean ask;
        synchronized (this) {
            kernel = file ? Kernel.SET : kernel;
            boolean stepped = update();
            logState();
            boolean due = stepped || monotonicNanos() - askedNanos >= ASK.toNanos();
            ask = due && !asking && kernel != Kernel.SET && !timeline.isSet();
        }
        if (ask) {
            ask();
        }
        loop.schedule(LOOK, this::look);
    }

    private void ask() {
        asking = true;
        askedNanos = monotonicNanos();
        calls.submit("clock", evidence::ask, PATIENCE, loop, answer -> {
            asking = false;
            Optional<Boolean> says = answer.value().flatMap(said -> said);
            synchronized (this) {
                learn(says);
                update();
                logState();
            }
        });
    }

    /** That nobody can say is believed when it was so from the first try on: a tool may fail once, after a start of the machine. */
    private void learn(Optional<Boolean> says) {
        if (kernel == Kernel.SET) {
            return;
        }
        if (says.isPresent()) {
            kernel = says.get() ? Kernel.SET : Kernel.NOT_SET;
        } else if (kernel == Kernel.NOT_ASKED && ++unanswered >= TRIES) {
            kernel = Kernel.NOBODY_KNOWS;
        }
    }

    /** Looks at the clocks; whether they have stepped. */
    private boolean update() {
        long monotonic = monotonicNanos();
        long offset = wall.offset();
        long by = timeline.look(offset, monotonic);
        long epoch = monotonic + offset;
        if (by != 0) {
            LOG.info("{}", String.format(Locale.ROOT, "the clock was stepped by %+.1f s", by / 1e9));
        }
        boolean believed = isBelieved(epoch) || timeline.isSet() && epoch >= FLOOR_NANOS;
        if (believed != timeline.isSet()) {
            timeline.set(believed);
        }
        return by != 0;
    }

    private void logState() {
        if (waits && timeline.isSet()) {
            LOG.info("the clock is set");
        } else if (!waits && !timeline.isSet() && kernel != Kernel.NOT_ASKED) {
            LOG.info("the clock is not set yet: rows wait in outboxes until it is, for max-hold at most");
        } else {
            return;
        }
        waits = !waits;
    }

    private boolean isBelieved(long epoch) {
        if (trust == Trust.TRUSTED) {
            return true;
        }
        if (epoch < FLOOR_NANOS) {
            return false;
        }
        return switch (kernel) {
            case SET -> true;
            case NOBODY_KNOWS -> trust == Trust.AUTO;
            case NOT_ASKED, NOT_SET -> trust == Trust.AUTO && batteryBacked;
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            // Without the kernel's identity of this boot, no monotonic time of an earlier process may be believed.
            return "unknown-" + ProcessHandle.current().pid();
        }
    }
}
