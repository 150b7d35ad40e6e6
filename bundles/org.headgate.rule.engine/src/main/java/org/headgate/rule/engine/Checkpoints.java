package org.headgate.rule.engine;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.system.api.Calls;
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
    private static final int VERSION = 1;
    private static final Duration WRITE = Duration.ofSeconds(30);
    private final CheckpointFile file;
    private final Calls calls;
    private final Loop loop;
    private final Map<String, Checkpointing> rules = new HashMap<>();
    private final Map<String, byte[]> left = new HashMap<>();
    private Duration interval = Duration.ZERO;
    private Loop.Timer timer = () -> {};
    private boolean writing;
    private boolean failing;

    /** A rule whose state is kept. */
    interface Checkpointing {
        /** Its state now; empty when it has none yet. */
        byte[] state();
    }

    Checkpoints(Storage var, Calls calls, Loop loop) {
        this.calls = calls;
        this.loop = loop;
        this.file = new CheckpointFile(var);
        read();
    }

    /** From now on a rule's state is written, and at least so often; gives what it left when it ran last. */
    synchronized byte[] add(String name, Duration every, Checkpointing rule) {
        rules.put(name, rule);
        if (interval.isZero() || every.compareTo(interval) < 0) {
            interval = every;
            schedule();
        }
        return left.getOrDefault(name, new byte[0]);
    }

    /** A rule has ended with this state: what the next one of its name begins with. */
    synchronized void remove(String name, byte[] state) {
        rules.remove(name);
        left.put(name, state);
    }

    /** Writes what is there now, at once: the gateway stops. */
    @Override
    public synchronized void close() {
        timer.cancel();
        if (!rules.isEmpty() || !left.isEmpty()) {
            try {
                file.writeLast(record());
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
                left.put(in.getText(), in.getBytes());
            }
        } catch (IllegalArgumentException | BufferUnderflowException damaged) {
            LOG.warn("the state of the rules is damaged, they begin empty: {}", damaged.getMessage());
        }
    }

    private void schedule() {
        timer.cancel();
        timer = loop.schedule(interval, this::tick);
    }

    private synchronized void tick() {
        if (!writing && !rules.isEmpty()) {
            writing = true;
            byte[] record = record();
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
        schedule();
    }

    private synchronized void written(Exception failure) {
        writing = false;
        if (failure != null && !failing) {
            LOG.warn("the state of the rules cannot be written, it will be tried again: {}", failure.getMessage());
        } else if (failure == null && failing) {
            LOG.info("the state of the rules is written again");
        }
        failing = failure != null;
    }

    private byte[] record() {
        Map<String, byte[]> all = new HashMap<>(left);
        rules.forEach((name, rule) -> all.put(name, rule.state()));
        ByteOutput out = new ByteOutput(4096);
        out.putByte(VERSION);
        out.putVarint(all.size());
        all.forEach((name, state) -> {
            out.putText(name);
            out.putBytes(state);
        });
        return out.bytes();
    }
}
