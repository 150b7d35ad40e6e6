package org.headgate.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Takes the edges of all lines from the kernel, on one thread: whoever makes a pump gives it a thread by calling {@link #call}, which
 * returns when the pump is closed. Between edges that thread sleeps in the kernel.
 */
public final class EdgePump implements Callable<Void>, AutoCloseable {
    private static final int POLLFD_BYTES = 8;
    private static final int POLLFD_EVENTS = 4;
    private static final int POLLFD_RESULT = 6;
    private static final int EDGES_AT_ONCE = 64;
    private static final long LOWER = 0xFFFF_FFFFL;

    private final OpenFile wake = OpenFile.of(Libc.eventfd(0, Libc.O_CLOEXEC | Libc.O_NONBLOCK));
    private final Memory wakeUp = new Memory(Long.BYTES);
    private final Memory edges = new Memory((long) GpioUapi.EVENT_BYTES * EDGES_AT_ONCE);
    private final List<Line> lines = new ArrayList<>();
    private boolean closed;

    /** A pump that has no lines yet. */
    public EdgePump() {
        wakeUp.setLong(0, 1);
    }

    /** A line that is listened to; used by the pump's thread only, but for its end. */
    private static final class Line {
        final GpioPin pin;
        final EdgeListener listener;
        long sequence;
        volatile boolean ended;

        Line(GpioPin pin, EdgeListener listener) {
            this.pin = pin;
            this.listener = listener;
        }
    }

    /** A line that is listened to. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        /** Ends it: the listener is told nothing more, but for an edge that is on its way to it. Close it before the pin. */
        @Override
        void close();
    }

    /**
     * Hands the edges of a line to a listener from now on. One that throws is told {@link EdgeListener#failed}, and nothing more.
     *
     * @throws KernelException when the line gives no edges, or the pump is closed
     */
    public Registration add(GpioPin pin, EdgeListener listener) throws KernelException {
        pin.noteEdges();
        Line line = new Line(pin, listener);
        synchronized (lines) {
            if (closed) {
                throw new KernelException(0, pin.name() + ": edges are not taken any more");
            }
            lines.add(line);
            wake();
        }
        return () -> end(line);
    }

    private void end(Line line) {
        line.ended = true;
        synchronized (lines) {
            if (lines.remove(line) && !closed) {
                wake();
            }
        }
    }

    /** Only under the lock of the lines, and as long as the pump is open: later the file is gone. */
    private void wake() {
        wake.write(wakeUp, Long.BYTES);
    }

    @Override
    public Void call() {
        try {
            pump();
        } finally {
            stop();
            wake.close();
        }
        return null;
    }

    private void pump() {
        List<Line> polled = new ArrayList<>();
        Memory fds = pollfds(polled);
        Memory drain = new Memory(Long.BYTES);
        while (true) {
            synchronized (lines) {
                if (closed) {
                    return;
                }
                if (!polled.equals(lines)) {
                    polled = new ArrayList<>(lines);
                    fds = pollfds(polled);
                }
            }
            if (Libc.poll(fds, polled.size() + 1, -1) < 0) {
                if (Native.getLastError() != Errno.EINTR) {
                    throw new LastErrorException(Native.getLastError());
                }
                // By a signal: what is in there is of the time before.
                continue;
            }
            if (ready(fds, 0)) {
                wake.read(drain, Long.BYTES);
            }
            for (int i = 0; i < polled.size(); i++) {
                if (ready(fds, i + 1)) {
                    take(polled.get(i));
                }
            }
        }
    }

    /** Whoever still listens when the thread ends unasked must hear of it. */
    private void stop() {
        List<Line> left;
        synchronized (lines) {
            closed = true;
            left = new ArrayList<>(lines);
            lines.clear();
        }
        left.forEach(line -> fail(line, new KernelException(0, line.pin.name() + ": edges are not taken any more")));
    }

    private Memory pollfds(List<Line> polled) {
        Memory fds = new Memory((long) POLLFD_BYTES * (polled.size() + 1));
        fds.clear();
        fds.setInt(0, wake.fd());
        fds.setShort(POLLFD_EVENTS, Libc.POLLIN);
        Iterator<Line> each = polled.iterator();
        for (int at = POLLFD_BYTES; each.hasNext(); at += POLLFD_BYTES) {
            fds.setInt(at, each.next().pin.file().fd());
            fds.setShort(at + POLLFD_EVENTS, Libc.POLLIN);
        }
        return fds;
    }

    private static boolean ready(Memory fds, int index) {
        return fds.getShort((long) index * POLLFD_BYTES + POLLFD_RESULT) != 0;
    }

    private void take(Line line) {
        if (line.ended) {
            return;
        }
        int bytes;
        try {
            bytes = line.pin.file().read(edges, GpioUapi.EVENT_BYTES * EDGES_AT_ONCE);
        } catch (LastErrorException error) {
            fail(line, Errno.refused(line.pin.name(), error));
            return;
        }
        try {
            for (int at = 0; at + GpioUapi.EVENT_BYTES <= bytes && !line.ended; at += GpioUapi.EVENT_BYTES) {
                line.sequence += (edges.getInt(at + GpioUapi.EVENT_LINE_SEQUENCE) - line.sequence) & LOWER;
                line.listener.edge(
                        edges.getInt(at + GpioUapi.EVENT_ID) == GpioUapi.RISING_EDGE, edges.getLong(at), line.sequence);
            }
        } catch (RuntimeException | LinkageError defect) {
            // One that is being swapped may miss its classes; the lines of the others go on.
            fail(line, new KernelException(0, line.pin.name() + ": whoever took its edges has failed: " + defect));
        }
    }

    private void fail(Line line, KernelException why) {
        if (line.ended) {
            return;
        }
        end(line);
        try {
            line.listener.failed(why);
        } catch (RuntimeException | LinkageError gone) {
            // Nobody is left to be told.
            return;
        }
    }

    /** Ends {@link #call}; the listeners are told nothing more. */
    @Override
    public void close() {
        synchronized (lines) {
            if (!closed) {
                closed = true;
                lines.forEach(line -> line.ended = true);
                lines.clear();
                wake();
            }
        }
    }
}
