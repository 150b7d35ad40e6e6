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
        return framer.bad();
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

    /** Reads until the line is closed or dead: the body of the thread. */
    Boolean read(Duration silence) {
        byte[] piece = new byte[PIECE];
        long heard = clock.monotonicNanos();
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
                } else if (!silence.isZero() && now - heard > silence.toNanos()) {
                    throw new IOException("nothing came for " + silence.toSeconds()
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

    private void tell(byte[] content) {
        long now = clock.epochNanos();
        for (FrameListener listener : listeners) {
            listener.frame(content, now);
        }
    }
}
