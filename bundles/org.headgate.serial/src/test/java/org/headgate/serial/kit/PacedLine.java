package org.headgate.serial.kit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A half-duplex line at a baud rate between two ends. Each character has its time on the wire, one after the other in both directions, counted from
 * an absolute moment: nothing adds up. A character is at the other end when its last bit is. Who speaks while the other still does destroys what is
 * on the wire, and is counted.
 *
 * <p>Characters arrive one by one, or a millisecond of them at once where they are shorter; the last one of what was sent always at its own moment.
 */
public final class PacedLine implements AutoCloseable {
    private static final long PIECE_NANOS = 1_000_000;
    /** A thread is woken so much later than it wanted; the rest of the time it looks at the clock. */
    private static final long WAKE_NANOS = 120_000;

    private final long baud;
    private final long bits;
    private final List<Thread> threads;
    private volatile boolean closed;
    private long freeAt = System.nanoTime();
    private long busyNanos;
    private long collisions;
    private long latestNanos;
    private LineEnd speaker;

    /**
     * Joins two ends.
     *
     * @param baud bits a second
     * @param bits of one character, with start, parity and stop bits: 11 for Modbus RTU
     */
    public PacedLine(LineEnd near, LineEnd far, int baud, int bits) {
        this.baud = baud;
        this.bits = bits;
        BlockingQueue<Sent> there = new LinkedBlockingQueue<>();
        BlockingQueue<Sent> back = new LinkedBlockingQueue<>();
        this.threads = List.of(
                start(() -> listen(near, there)),
                start(() -> pass(far, there)),
                start(() -> listen(far, back)),
                start(() -> pass(near, back)));
    }

    /** How long so many characters are on the wire, in nanoseconds. */
    public long nanosOf(double count) {
        return Math.round(count * bits * TimeUnit.SECONDS.toNanos(1) / baud);
    }

    /** How long there were characters on the wire. */
    public synchronized long busyNanos() {
        return busyNanos;
    }

    /** The moment at which the last character that was sent until now is over, by {@link System#nanoTime}. */
    public synchronized long freeAt() {
        return freeAt;
    }

    /** How often one end spoke while the other did. */
    public synchronized long collisions() {
        return collisions;
    }

    /** By how much a character came later to the other end than it should have, at most: what the machine was late, not the line. */
    public synchronized long latestNanos() {
        return latestNanos;
    }

    private static Thread start(Runnable body) {
        Thread thread = new Thread(body, "paced line");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Takes what an end sends, at once, and gives it its time on the wire. */
    private void listen(LineEnd from, BlockingQueue<Sent> wire) {
        byte[] piece = new byte[4096];
        try {
            for (int count = from.read(piece); count >= 0 && !closed; count = from.read(piece)) {
                wire.add(occupy(from, Arrays.copyOf(piece, count)));
            }
        } catch (IOException gone) {
            // The end was pulled: nothing more is said.
            closed = true;
        }
    }

    /** Hands characters to the other end when their time on the wire is over. */
    private void pass(LineEnd to, BlockingQueue<Sent> wire) {
        int most = (int) Math.max(1, PIECE_NANOS / nanosOf(1));
        try {
            while (!closed) {
                Sent sent = wire.take();
                for (int at = 0; at < sent.bytes.length; ) {
                    int end = Math.min(sent.bytes.length, at + most);
                    await(sent.start + nanosOf(end));
                    noteLate(sent.start + nanosOf(end));
                    to.write(Arrays.copyOfRange(sent.bytes, at, end));
                    at = end;
                }
            }
        } catch (IOException | InterruptedException over) {
            closed = true;
        }
    }

    /** Takes the wire for characters, as soon as it is free. */
    private synchronized Sent occupy(LineEnd from, byte[] bytes) {
        long now = System.nanoTime();
        boolean free = now - freeAt >= 0;
        if (!free && speaker != from) {
            collisions++;
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] ^= 0x55;
            }
        }
        Sent sent = new Sent(free ? now : freeAt, bytes);
        speaker = from;
        freeAt = sent.start + nanosOf(bytes.length);
        busyNanos += nanosOf(bytes.length);
        return sent;
    }

    private synchronized void noteLate(long moment) {
        latestNanos = Math.max(latestNanos, System.nanoTime() - moment);
    }

    private static void await(long moment) {
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
            if (left > WAKE_NANOS) {
                LockSupport.parkNanos(left - WAKE_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Ends it; the ends stay with whoever made them, and what waits for them ends with them. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }

    /** Characters on the wire, and when the first of them begins. */
    private record Sent(long start, byte[] bytes) {}
}
