package org.headgate.system.api.kit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.headgate.data.api.ClockState;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.ClockStep;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;

/**
 * A world on one thread in which time passes only in {@link #advance}: the same seed gives the same run. A call that
 * throws {@link Hang} does not return until {@link #releaseHung} or for ever.
 */
public final class SimulatedSystem implements Clock, Scheduler, Calls, Randomness {
    /** 2024-11-21T07:00:00Z, where simulated time begins. */
    public static final long START_NANOS = 1_732_172_400_000_000_000L;

    private static final long STEPPED_NANOS = Duration.ofSeconds(60).toNanos();

    private final Random random;
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Due> timers = new PriorityQueue<>();
    private final Map<String, Integer> stuck = new HashMap<>();
    private final Queue<Runnable> hung = new ArrayDeque<>();
    private long now;
    private long offset = START_NANOS;
    private long sequence;
    private boolean clockSet = true;
    private long spent;
    private long unsetSince;
    private final List<Unset> unset = new ArrayList<>();
    private long stepped;
    private long steppedUnset;
    private Optional<ClockStep> lastStep = Optional.empty();

    /** A world from a seed. */
    public SimulatedSystem(long seed) {
        random = new Random(seed);
    }

    /** Runs everything that is ready now. */
    public void run() {
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
        }
    }

    /** Lets time pass, running everything that comes due on the way, in the order of time. */
    public void advance(Duration duration) {
        long until = now + duration.toNanos();
        run();
        while (!timers.isEmpty() && timers.peek().at <= until) {
            Due due = timers.poll();
            now = Math.max(now, due.at);
            ready.add(due.task);
            run();
        }
        now = until;
    }

    /** Sets the wall clock without letting time pass. Whether it counts as set then is said by {@link #clockSet} only. */
    public void step(Duration by) {
        long nanos = by.toNanos();
        if (!clockSet) {
            unset.add(new Unset(unsetSince, epochNanos(), steppedUnset));
            steppedUnset += nanos;
        }
        offset += nanos;
        stepped += nanos;
        unsetSince = epochNanos();
        lastStep = Optional.of(new ClockStep(nanos, now));
    }

    /** Says whether the clock counts as set, from now on. */
    public void clockSet(boolean value) {
        if (!value) {
            unsetSince = epochNanos();
            unset.clear();
        } else if (!clockSet) {
            unset.add(new Unset(unsetSince, epochNanos(), steppedUnset));
        }
        clockSet = value;
    }

    /** Inside of a call: it takes so long until it returns, or until it is abandoned. What it does, it has done at once. */
    public void spend(Duration time) {
        spent += time.toNanos();
    }

    /** Lets every hung call return now: it runs again, and what it returns is late. */
    public void releaseHung() {
        Queue<Runnable> all = new ArrayDeque<>(hung);
        hung.clear();
        all.forEach(Runnable::run);
        run();
    }

    @Override
    public long epochNanos() {
        return offset + now;
    }

    @Override
    public long monotonicNanos() {
        return now;
    }

    @Override
    public ClockState state() {
        if (!clockSet) {
            return ClockState.UNSET;
        }
        boolean shortly = lastStep.isPresent() && now - lastStep.get().atMonotonicNanos() < STEPPED_NANOS;
        return shortly ? ClockState.STEPPED : ClockState.SYNCED;
    }

    @Override
    public OptionalLong corrected(long epochNanos) {
        long[] shifts = unset.stream()
                .filter(period -> period.from <= epochNanos && epochNanos <= period.until)
                .mapToLong(period -> steppedUnset - period.stepped)
                .distinct()
                .toArray();
        return shifts.length > 1
                ? OptionalLong.empty()
                : OptionalLong.of(epochNanos + Arrays.stream(shifts).sum());
    }

    @Override
    public Optional<ClockStep> lastStep() {
        return lastStep;
    }

    @Override
    public String bootId() {
        return "simulated";
    }

    @Override
    public long processStartNanos() {
        return START_NANOS + stepped;
    }

    @Override
    public double nextDouble() {
        return random.nextDouble();
    }

    @Override
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public Loop loop(String name) {
        return new SimulatedLoop();
    }

    /** None: here a task that throws ends the test. */
    @Override
    public long failures() {
        return 0;
    }

    @Override
    public <T> Call<T> submit(
            String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply) {
        SimulatedCall<T> handle =
                new SimulatedCall<>(owner, outcome -> replyOn.execute(() -> reply.accept(outcome)), stuck);
        ready.add(() -> {
            spent = 0;
            Outcome<T> outcome;
            try {
                outcome = outcome(call);
            } catch (Hang hang) {
                hung.add(() -> handle.end(outcome(call)));
                limit(timeout, handle);
                return;
            }
            if (spent == 0) {
                handle.end(outcome);
            } else {
                limit(timeout, handle);
                at(spent, () -> handle.end(outcome));
            }
        });
        return handle;
    }

    @Override
    public int stuck() {
        return stuck.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public int stuck(String owner) {
        return stuck.getOrDefault(owner, 0);
    }

    private void limit(Duration timeout, SimulatedCall<?> call) {
        if (timeout.compareTo(Duration.ZERO) > 0) {
            at(timeout.toNanos(), call::abandon);
        }
    }

    private static <T> Outcome<T> outcome(Callable<T> call) {
        try {
            return Outcome.of(call.call());
        } catch (Hang hang) {
            throw hang;
        } catch (Exception failure) {
            return Outcome.failed(failure);
        } catch (VirtualMachineError broken) {
            throw broken;
        } catch (Error defect) {
            return Outcome.failed(new IllegalStateException(defect.toString(), defect));
        }
    }

    private void at(long delay, Runnable task) {
        timers.add(new Due(now + Math.max(0, delay), sequence++, task));
    }

    /** Thrown by a call to hang. */
    public static final class Hang extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final class SimulatedLoop implements Loop {
        private boolean closed;

        @Override
        public void execute(Runnable task) {
            ready.add(guarded(task));
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            boolean[] cancelled = new boolean[1];
            at(delay.toNanos(), () -> {
                if (!cancelled[0]) {
                    guarded(task).run();
                }
            });
            return () -> cancelled[0] = true;
        }

        @Override
        public void close() {
            closed = true;
        }

        private Runnable guarded(Runnable task) {
            return () -> {
                if (!closed) {
                    task.run();
                }
            };
        }
    }

    private record Unset(long from, long until, long stepped) {}

    private record Due(long at, long order, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }
}
