package org.headgate.driver.modbus;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.headgate.serial.SerialLine;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/** A serial port. One thread reads it for as long as it is open, since a read of a port cannot be told to end within milliseconds. */
final class SerialWire implements Wire {
    private static final int ROOM = 4096;

    private final SerialLine port;
    private final long silenceNanos;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] waiting = new byte[ROOM];
    private int count;
    /** When the last byte came or left. */
    private long last;

    private IOException failure;

    SerialWire(SerialLine port, long silenceNanos, Clock clock) {
        this.port = port;
        this.silenceNanos = silenceNanos;
        this.clock = clock;
        this.last = clock.monotonicNanos();
    }

    /** Reads until the port is closed or gone: the body of the thread. */
    Boolean read() {
        byte[] piece = new byte[ROOM];
        try {
            while (true) {
                int some = port.read(piece);
                if (some > 0) {
                    add(piece, some);
                }
            }
        } catch (IOException gone) {
            fail(gone);
            return true;
        }
    }

    private void add(byte[] piece, int some) {
        lock.lock();
        try {
            // What nobody takes is noise: all of it is thrown away before the next request.
            int taken = Math.min(some, ROOM - count);
            System.arraycopy(piece, 0, waiting, count, taken);
            count += taken;
            last = clock.monotonicNanos();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends it, and wakes who waits. */
    void fail(IOException why) {
        port.close();
        lock.lock();
        try {
            if (failure == null) {
                failure = why;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int prepare(Deadline deadline) throws IOException {
        lock.lock();
        try {
            int late = count;
            count = 0;
            for (long left = silence(); left > 0; left = silence()) {
                if (deadline.leftNanos() == 0) {
                    throw new AnswerException("the line is never quiet: is somebody else the master, or its noise?");
                }
                await(left);
                late += count;
                count = 0;
            }
            return late;
        } finally {
            lock.unlock();
        }
    }

    private long silence() {
        return silenceNanos - (clock.monotonicNanos() - last);
    }

    @Override
    public void send(byte[] bytes, int length, Deadline deadline) throws IOException {
        byte[] frame = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
        port.write(frame, deadline.left());
        lock.lock();
        try {
            last = clock.monotonicNanos();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int receive(byte[] into, int from, long nanos) throws IOException {
        lock.lock();
        try {
            long left = nanos;
            while (count == 0 && left > 0) {
                left = await(left);
            }
            check();
            int taken = Math.min(count, into.length - from);
            System.arraycopy(waiting, 0, into, from, taken);
            System.arraycopy(waiting, taken, waiting, 0, count - taken);
            count -= taken;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private long await(long nanos) throws IOException {
        check();
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AnswerException("stopped");
        }
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage());
        }
    }

    @Override
    public void close() {
        fail(new IOException("closed"));
    }
}
