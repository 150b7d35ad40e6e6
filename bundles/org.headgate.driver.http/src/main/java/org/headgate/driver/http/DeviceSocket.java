package org.headgate.driver.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/**
 * A device's web socket. It has no thread: Jetty calls it when bytes have come, or when nothing has for the server's idle time, when it is
 * asked whether the device is still there. A message that is not taken is answered with a line that begins with the status of HTTP.
 */
final class DeviceSocket extends AbstractConnection implements Connection.UpgradeTo, Frames.Listener {
    private static final int BUFFER = 4 << 10;
    private static final int MOST_WAITING = 32;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final byte[] NOTHING = {};

    private final Recipient recipient;
    private final Clock clock;
    private final long wholeNanos;
    private final Frames frames;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private boolean writing;
    private boolean ending;
    private boolean asked;
    private boolean refusing;
    private long begun;
    /** Whether a message has begun that has not ended; asked by whoever closes it. */
    private volatile boolean inside;

    private boolean violated;

    DeviceSocket(EndPoint endPoint, Executor executor, Recipient recipient, Clock clock, long wholeMillis) {
        super(endPoint, executor);
        this.recipient = recipient;
        this.clock = clock;
        this.wholeNanos = wholeMillis * NANOS_PER_MILLI;
        this.frames = new Frames(recipient.longest(), this);
    }

    private record Outgoing(byte[] frame, boolean last, CompletableFuture<Void> sent) {}

    /** What came with the request already. */
    @Override
    public void onUpgradeTo(ByteBuffer early) {
        if (early != null && early.hasRemaining()) {
            fed(early);
        }
    }

    @Override
    public void onOpen() {
        super.onOpen();
        DeviceSocket tooMany = recipient.connected(this);
        if (tooMany != null) {
            tooMany.goAway();
        }
        if (tooMany != this) {
            fillInterested();
        }
    }

    @Override
    public void onFillable() {
        try {
            while (!isEnding()) {
                buffer.clear().limit(0);
                int count = getEndPoint().fill(buffer);
                if (count == 0) {
                    fillInterested();
                    return;
                }
                if (count < 0) {
                    throw new EOFException();
                }
                asked = false;
                fed(buffer);
            }
        } catch (IOException gone) {
            close();
        }
    }

    /** A message that does not come to its end keeps what it has, so it must not last for ever. */
    private void fed(ByteBuffer bytes) {
        boolean before = inside;
        long now = clock.monotonicNanos();
        if (before && now - begun > wholeNanos) {
            violated(Frames.POLICY);
            return;
        }
        frames.feed(bytes);
        inside = frames.isInside() && !violated;
        if (!before) {
            begun = now;
        }
    }

    @Override
    public void message(byte[] bytes, int length) {
        begun = clock.monotonicNanos();
        Verdict verdict;
        if (recipient.begins()) {
            try {
                verdict = recipient.take(bytes, length);
            } finally {
                recipient.ended();
            }
        } else {
            verdict = Verdict.TOO_MANY;
        }
        // Said once until one is taken again: who floods us is not flooded with complaints.
        if (!verdict.isTaken() && !refusing) {
            String line = verdict.status() + " " + verdict.line();
            queue(Frames.frame(Frames.TEXT, line.getBytes(StandardCharsets.UTF_8)), false);
        }
        refusing = !verdict.isTaken();
    }

    @Override
    public void ping(byte[] content) {
        queue(Frames.frame(Frames.PONG, content), false);
    }

    @Override
    public void pong() {
        // That something came was noted already.
    }

    @Override
    public void end(int code) {
        queue(Frames.close(code), true);
    }

    @Override
    public void violated(int code) {
        violated = true;
        inside = false;
        recipient.refused(
                switch (code) {
                    case Frames.TOO_BIG -> Verdict.tooLong(recipient.longest()).line();
                    case Frames.POLICY -> Verdict.TOO_LATE.line();
                    case Frames.NOT_UTF8 -> "a text that is not UTF-8";
                    default -> "not the protocol of web sockets (RFC 6455)";
                });
        end(code);
    }

    /** Ends it from our side. */
    void goAway() {
        end(Frames.GOING_AWAY);
    }

    /**
     * Sends a text, and waits until it has left.
     *
     * @throws IOException when it cannot
     */
    void send(byte[] text, Deadline deadline) throws IOException {
        // First of all: what is too late is not sent.
        int left = deadline.millis();
        try {
            queue(Frames.frame(Frames.TEXT, text), false).get(left, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(
                    "the web socket has ended: " + failed.getCause().getMessage(), failed);
        } catch (TimeoutException late) {
            close();
            throw new IOException("the device does not take what is sent to it", late);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("ended", stop);
        }
    }

    /** Nothing has come for a while: asks once, and gives up when nothing comes then either. */
    @Override
    public boolean onIdleExpired(TimeoutException idle) {
        if (asked) {
            close();
            return true;
        }
        asked = true;
        queue(Frames.frame(Frames.PING, NOTHING), false);
        return false;
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        recipient.gone(this);
        if (inside) {
            recipient.refused(Verdict.CUT.line());
        }
        synchronized (waiting) {
            ending = true;
            waiting.forEach(one -> one.sent.completeExceptionally(new EOFException("it was closed")));
            waiting.clear();
        }
    }

    private boolean isEnding() {
        synchronized (waiting) {
            return ending;
        }
    }

    /** One write at a time is what Jetty takes. What does not leave is dropped with its connection. */
    private CompletableFuture<Void> queue(byte[] frame, boolean last) {
        Outgoing outgoing = new Outgoing(frame, last, new CompletableFuture<>());
        boolean full;
        synchronized (waiting) {
            if (ending) {
                outgoing.sent.completeExceptionally(new EOFException("it is ending"));
                return outgoing.sent;
            }
            ending = last;
            full = waiting.size() >= MOST_WAITING;
            waiting.add(outgoing);
            if (writing && !full) {
                return outgoing.sent;
            }
            writing = true;
        }
        if (full) {
            recipient.refused("it asks for more answers than it takes");
            close();
        } else {
            next();
        }
        return outgoing.sent;
    }

    private void next() {
        Outgoing outgoing;
        synchronized (waiting) {
            outgoing = waiting.poll();
            writing = outgoing != null;
        }
        if (outgoing != null) {
            getEndPoint()
                    .write(
                            Callback.from(() -> sent(outgoing), failure -> {
                                outgoing.sent.completeExceptionally(failure);
                                close();
                            }),
                            ByteBuffer.wrap(outgoing.frame));
        }
    }

    private void sent(Outgoing outgoing) {
        outgoing.sent.complete(null);
        if (outgoing.last) {
            close();
        } else {
            next();
        }
    }
}
