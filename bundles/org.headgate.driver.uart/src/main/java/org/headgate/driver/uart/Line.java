package org.headgate.driver.uart;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.headgate.serial.SerialLine;
import org.headgate.system.api.Clock;

/**
 * An open port, for all devices that speak over it: one thread reads and tells everybody each frame, and who asks has the line to himself until the
 * answer is there.
 */
final class Line {
    private static final int PIECE = 4096;

    private final SerialLine port;
    private final Framing framing;
    private final Clock clock;
    private final Framer framer;
    private final List<FrameListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile IOException failure;
    /** How long it may be silent; 0 for ever. */
    private volatile long silence;

    /** When bytes came last. */
    private volatile long heard;

    /** When somebody waited for an answer last, in vain. */
    private volatile long gaveUp;

    /** Whether that answer may still come. */
    private volatile boolean unsettled;
    /** Frames that came then, and that nobody wants. */
    private volatile long late;

    Line(SerialLine port, Framing framing, Clock clock) {
        this.port = port;
        this.framing = framing;
        this.clock = clock;
        this.framer = new Framer(framing, this::tell);
    }

    /** Whoever holds it asks, and nobody else. */
    ReentrantLock turn() {
        return turn;
    }

    long frames() {
        return framer.good();
    }

    long errors() {
        return framer.bad() + late;
    }

    Clock clock() {
        return clock;
    }

    /** An answer did not come in time. */
    void unsettle() {
        gaveUp = clock.monotonicNanos();
        unsettled = true;
    }

    /** Who asks next may take what comes for an answer. */
    void settle() {
        unsettled = false;
    }

    /** How long the line must still be silent before somebody asks; at most 0 when nothing is awaited any more. */
    long unsettledNanos(long silence) {
        long now = clock.monotonicNanos();
        return unsettled ? silence - Math.min(now - heard, now - gaveUp) : 0;
    }

    void listen(FrameListener listener) {
        listeners.add(listener);
        IOException dead = failure;
        if (dead != null) {
            listener.failed(dead);
        }
    }

    void forget(FrameListener listener) {
        listeners.remove(listener);
    }

    /** Fails when the line is dead. */
    void check() throws IOException {
        IOException dead = failure;
        if (dead != null) {
            throw new IOException(dead.getMessage());
        }
    }

    /** Whether the line is dead, looked up where nobody has noticed yet; then everybody is told. */
    boolean isDead() {
        try {
            check();
            port.hasMore();
            return false;
        } catch (IOException dead) {
            fail(dead);
            return true;
        }
    }

    void send(byte[] bytes, Duration timeout) throws IOException {
        check();
        port.write(bytes, timeout);
    }

    /** A device wants the line to be opened anew after so much silence, or never with zero; of several devices the most impatient one counts. */
    synchronized void silence(Duration most) {
        long nanos = most.toNanos();
        if (nanos > 0 && (silence == 0 || nanos < silence)) {
            silence = nanos;
        }
    }

    /** Reads until the line is closed or dead: the body of the thread. */
    Boolean read() {
        byte[] piece = new byte[PIECE];
        heard = clock.monotonicNanos();
        try {
            while (true) {
                int count = port.read(piece);
                long now = clock.monotonicNanos();
                if (count > 0) {
                    if (now - heard > framing.gap().toNanos() && framing.kind() == Framing.Kind.LENGTH) {
                        framer.pause();
                    }
                    heard = now;
                    framer.add(piece, count);
                    if (framing.kind() == Framing.Kind.IDLE && framer.isPart() && !port.awaitMore(framing.gap())) {
                        framer.pause();
                    }
                } else if (silence > 0 && now - heard > silence) {
                    throw new IOException(
                            "nothing came for " + Duration.ofNanos(silence).toSeconds()
                                    + "s: is the device on, are the baud rate and the wires right?");
                }
            }
        } catch (IOException dead) {
            fail(dead);
            return true;
        }
    }

    /** Ends the line, and tells everybody once. */
    void fail(IOException why) {
        // First the port, so that whoever sees the failure can open it anew.
        port.close();
        synchronized (this) {
            if (failure != null) {
                return;
            }
            failure = why;
        }
        listeners.forEach(listener -> listener.failed(why));
    }

    void close() {
        port.close();
    }

    /** Only the thread that reads counts. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private void count() {
        late = late + 1;
    }

    private void tell(byte[] content) {
        long now = clock.epochNanos();
        boolean wanted = false;
        for (FrameListener listener : listeners) {
            wanted |= listener.frame(content, now);
        }
        if (!wanted && unsettled) {
            count();
        }
    }
}
