package org.headgate.rule.engine;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.api.RuleExplanation;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of the rules that want to keep theirs ({@code state = checkpoint 10s}), written together as one record. What a rule that has gone left is kept
 * until one with its name and its text comes back. Thread-safe; rules are asked for their states under its lock.
 */
final class Checkpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final int VERSION = 2;
    /** So many rows may always come before the next record is written early. */
    private static final long LEAST_PROMISE = 1000;

    private static final Duration WRITE = Duration.ofSeconds(30);
    private final CheckpointFile file;
    private final Calls calls;
    private final Loop loop;
    private final Clock clock;
    private final Map<String, Kept> rules = new HashMap<>();
    private final Map<String, Long> missing = new HashMap<>();
    private final Map<String, byte[]> left = new HashMap<>();
    private Duration interval = Duration.ZERO;
    private Loop.Timer timer = () -> {};
    private boolean writing;
    private boolean again;
    private boolean failing;

    /** All that a rule remembers, and how many rows it had seen then. */
    record Snapshot(byte[] state, long rows) {}

    /** A rule whose state is kept, and what was written of it. */
    private static final class Kept {
        private final RuleProgram program;
        private final long everyMillis;
        /** Rows that it had seen when the record was made that is being written, and that was written last. */
        private long taken;

        private long written;
        private long writtenNanos;
        private long takenBytes;
        private long bytes;
        private long promise = LEAST_PROMISE;
        private boolean pending;

        Kept(RuleProgram program, Duration every) {
            this.program = program;
            this.everyMillis = every.toMillis();
        }

        /** Its state now, as part of a record. */
        byte[] take(Runnable early) {
            Snapshot snapshot = program.meter().snapshot(program::state);
            promise = Math.max(LEAST_PROMISE, Math.max(4 * (snapshot.rows() - taken), promise / 2));
            taken = snapshot.rows();
            takenBytes = snapshot.state().length;
            pending = true;
            program.meter().alarm(taken + promise / 2, early);
            return snapshot.state();
        }

        void written(long nowNanos) {
            if (!pending) {
                return;
            }
            pending = false;
            written = taken;
            bytes = takenBytes;
            writtenNanos = nowNanos;
        }
    }

    Checkpoints(Storage var, Calls calls, Clock clock, Loop loop) {
        this.calls = calls;
        this.clock = clock;
        this.loop = loop;
        this.file = new CheckpointFile(var);
        read();
    }

    /** From now on a rule's state is written, and at least so often; gives what it left when it ran last. */
    synchronized byte[] add(String name, Duration every, RuleProgram rule) {
        rules.put(name, new Kept(rule, every));
        if (interval.isZero() || every.compareTo(interval) < 0) {
            interval = every;
            schedule();
        }
        // What is on the disk promises nothing about the rows that come now.
        loop.execute(this::early);
        return left.getOrDefault(name, new byte[0]);
    }

    /** A rule has ended with this state: what the next one of its name begins with. */
    synchronized void remove(String name, byte[] state) {
        rules.remove(name);
        left.put(name, state);
    }

    /** How the state of a rule is written; empty when it is not. */
    synchronized Optional<RuleExplanation.Checkpoint> explain(String name, long seen) {
        return Optional.ofNullable(rules.get(name))
                .map(rule -> new RuleExplanation.Checkpoint(
                        rule.everyMillis,
                        rule.writtenNanos,
                        rule.bytes,
                        seen - rule.written,
                        missing.getOrDefault(name, 0L)));
    }

    /** Writes what is there now, at once: the gateway stops. */
    @Override
    public synchronized void close() {
        timer.cancel();
        if (!rules.isEmpty() || !left.isEmpty()) {
            try {
                file.writeLast(record(true));
            } catch (IOException failure) {
                LOG.warn("the state of the rules was not kept: {}", failure.getMessage());
            }
        }
    }

    private void read() {
        try {
            file.read().ifPresent(this::load);
        } catch (IOException failure) {
            LOG.warn("the state of the rules cannot be read, they begin empty: {}", failure.getMessage());
        }
    }

    private void load(byte[] record) {
        try {
            ByteInput in = new ByteInput(ByteBuffer.wrap(record));
            if (in.getByte() != VERSION) {
                LOG.warn("the state of the rules is of another version, they begin empty");
                return;
            }
            for (int rest = in.getCount(); rest > 0; rest--) {
                String name = in.getText();
                left.put(name, in.getBytes());
                missing.put(name, in.getVarint());
            }
            if (in.getByte() != 0) {
                missing.clear();
            }
            missing.values().removeIf(rows -> rows == 0);
            missing.forEach((rule, rows) -> LOG.warn(
                    "rule {}: the gateway was killed: up to {} rows since the last checkpoint are missing",
                    rule,
                    rows));
        } catch (IllegalArgumentException | BufferUnderflowException damaged) {
            LOG.warn("the state of the rules is damaged, they begin empty: {}", damaged.getMessage());
        }
    }

    private void schedule() {
        timer.cancel();
        timer = loop.schedule(interval, this::tick);
    }

    private synchronized void tick() {
        write();
        schedule();
    }

    /** Many rows have come: what a crash would cost is to stay below what the last record says. */
    private synchronized void early() {
        again = writing;
        write();
    }

    private void write() {
        if (!writing && !rules.isEmpty()) {
            writing = true;
            byte[] record = record(false);
            calls.submit(
                    "rules",
                    () -> {
                        file.write(record);
                        return true;
                    },
                    WRITE,
                    loop,
                    outcome -> written(outcome.failure().orElse(null)));
        }
    }

    private synchronized void written(Exception failure) {
        writing = false;
        if (failure == null) {
            long now = clock.epochNanos();
            rules.values().forEach(rule -> rule.written(now));
        }
        if (failure != null && !failing) {
            LOG.warn("the state of the rules cannot be written, it will be tried again: {}", failure.getMessage());
        } else if (failure == null && failing) {
            LOG.info("the state of the rules is written again");
        }
        failing = failure != null;
        if (again && !failing) {
            again = false;
            write();
        }
    }

    /**
     * The states of all rules. With each goes a promise: so many rows come before the next record, at most, or it is written early. After a crash nobody knows how many
     * came; this is the bound that is known without a write for each.
     */
    private byte[] record(boolean stops) {
        Map<String, byte[]> all = new HashMap<>(left);
        Runnable early = () -> loop.execute(this::early);
        // A rule that has just been added, and was not given its state yet, has none: what it left still counts.
        rules.forEach((name, rule) -> all.merge(name, rule.take(early), (old, now) -> now.length == 0 ? old : now));
        ByteOutput out = new ByteOutput(4096);
        out.putByte(VERSION);
        out.putVarint(all.size());
        all.forEach((name, state) -> {
            out.putText(name);
            out.putBytes(state);
            long lost = missing.getOrDefault(name, 0L);
            out.putVarint(rules.containsKey(name) ? lost + rules.get(name).promise : lost);
        });
        out.putByte(stops ? 1 : 0);
        return out.bytes();
    }
}
