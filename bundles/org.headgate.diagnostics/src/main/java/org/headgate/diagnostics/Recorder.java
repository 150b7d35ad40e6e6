package org.headgate.diagnostics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.headgate.config.api.Gateway;
import org.headgate.host.Machine;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes a sample each minute, and keeps ten at a time, so that the card is written to six times an hour. The loop only waits; what
 * blocks runs in calls, one after the other: the lock is for whoever reads in between.
 */
@Component(service = Recorder.class, immediate = true)
public final class Recorder {
    static final Duration PERIOD = Duration.ofMinutes(1);
    /** What a crash costs. */
    static final int BATCH = 10;
    /** What waits for a full disk to get room again. */
    static final int MOST_PENDING = 60;

    private static final String OWNER = "diagnostics";
    private static final long STOP_SECONDS = 1;

    private final Machine machine;
    private final Storage storage;
    private final Calls calls;
    private final Clock clock;
    private final Loop loop;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Sample> pending = new ArrayDeque<>();
    private Probe minutes;
    /** For whoever looks in between: the minute that is kept must stay a whole one. */
    private Probe looks;

    private SampleRing ring;
    private int unsaved;
    private long lost;
    private String problem = "";

    @Activate
    public Recorder(
            @Reference Gateway gateway,
            @Reference Storage storage,
            @Reference Scheduler scheduler,
            @Reference Calls calls,
            @Reference Clock clock) {
        this(Machine.of(gateway.home()), storage, scheduler, calls, clock);
    }

    Recorder(Machine machine, Storage storage, Scheduler scheduler, Calls calls, Clock clock) {
        this.machine = machine;
        this.storage = storage;
        this.calls = calls;
        this.clock = clock;
        loop = scheduler.loop(OWNER);
        loop.schedule(PERIOD, this::tick);
    }

    /** What is kept of the last time, and a sample of now. */
    CompletionStage<History> read(Duration time) {
        CompletableFuture<History> answer = new CompletableFuture<>();
        calls.submit(
                OWNER,
                () -> history(time),
                Duration.ofSeconds(20),
                Runnable::run,
                outcome -> outcome.failure()
                        .ifPresentOrElse(
                                answer::completeExceptionally,
                                () -> answer.complete(outcome.value().orElseThrow())));
        return answer;
    }

    /** No time-out: a disk that hangs is not asked again before it has answered. */
    private void tick() {
        long due = clock.monotonicNanos() + PERIOD.toNanos();
        calls.submit(OWNER, this::minute, Duration.ZERO, loop, outcome -> {
            long late = Math.max(0, due - clock.monotonicNanos());
            loop.schedule(Duration.ofNanos(late), this::tick);
        });
    }

    private Boolean minute() {
        lock.lock();
        try {
            pending.add(minutes().sample());
            looks().begin();
            if (pending.size() > MOST_PENDING) {
                pending.removeFirst();
                lost++;
            }
            if (++unsaved >= BATCH) {
                save();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void save() {
        unsaved = 0;
        try {
            ring().append(pending);
            problem = "";
        } catch (IOException failure) {
            problem = String.valueOf(failure.getMessage());
        }
    }

    private History history(Duration time) throws IOException {
        lock.lock();
        try {
            Sample now = looks().sample();
            Predicate<Sample> wanted = History.since(time, now.epochMillis());
            int most = (int) Math.max(1, time.dividedBy(PERIOD));
            ByteBuffer kept = ring().newest(Math.max(0, most - pending.size()), wanted);
            List<Sample> recent = new ArrayList<>(pending);
            recent.removeIf(wanted.negate());
            recent.add(now);
            return new History(new Samples(kept, recent), ring().damaged(), lost, problem);
        } finally {
            lock.unlock();
        }
    }

    private Probe minutes() {
        if (minutes == null) {
            minutes = new Probe(machine, clock);
        }
        return minutes;
    }

    private Probe looks() {
        if (looks == null) {
            looks = new Probe(machine, clock);
        }
        return looks;
    }

    private SampleRing ring() throws IOException {
        if (ring == null) {
            ring = new SampleRing(storage.folder(OWNER));
        }
        return ring;
    }

    /** Keeps what waits, unless the disk hangs. */
    @Deactivate
    void stop() throws InterruptedException {
        loop.close();
        if (lock.tryLock(STOP_SECONDS, TimeUnit.SECONDS)) {
            try {
                save();
                Stream.of(minutes, looks).filter(Objects::nonNull).forEach(Probe::close);
            } finally {
                lock.unlock();
            }
        }
    }
}
