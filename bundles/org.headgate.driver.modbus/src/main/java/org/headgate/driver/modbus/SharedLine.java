package org.headgate.driver.modbus;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/** A line for all who use it: whoever has the turn sends and waits. One that has failed stays so; its users open it anew. Thread-safe. */
final class SharedLine {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Connects, and says how frames look there. */
    interface Opener {
        Opened open(Deadline deadline, LineCounts counts) throws IOException;
    }

    /** What was opened. */
    record Opened(Wire wire, Framing framing) {}

    private final BusAddress address;
    private final Opener opener;
    private final Clock clock;
    private final LineCounts counts = new LineCounts();
    private final ReentrantLock turn = new ReentrantLock();
    private Opened opened;
    private boolean closed;
    private volatile IOException failure;

    SharedLine(BusAddress address, Opener opener, Clock clock) {
        this.address = address;
        this.opener = opener;
        this.clock = clock;
    }

    BusAddress address() {
        return address;
    }

    LineCounts counts() {
        return counts;
    }

    boolean isDead() {
        return failure != null;
    }

    /** Opens it where it is not. */
    void open(Duration timeout, Framing.User user) throws IOException {
        Deadline deadline = Deadline.in(timeout, clock);
        takeTurn(deadline, user);
        try {
            if (current() == null) {
                keep(opener.open(deadline, counts));
            }
        } catch (IOException dead) {
            fail(dead);
            throw dead;
        } finally {
            turn.unlock();
        }
    }

    byte[] exchange(int unit, byte[] pdu, Duration timeout, Framing.User user) throws IOException {
        Deadline deadline = Deadline.in(timeout, clock);
        takeTurn(deadline, user);
        try {
            return current().framing.exchange(unit, pdu, deadline, user);
        } catch (AnswerException failed) {
            throw failed;
        } catch (IOException dead) {
            fail(dead);
            user.check();
            throw dead;
        } finally {
            turn.unlock();
        }
    }

    private synchronized Opened current() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage());
        }
        if (closed) {
            throw new IOException(address.medium() + " is closed");
        }
        return opened;
    }

    private synchronized void keep(Opened fresh) throws IOException {
        if (closed) {
            fresh.wire.close();
        }
        opened = fresh;
        current();
    }

    private void takeTurn(Deadline deadline, Framing.User user) throws IOException {
        try {
            do {
                user.check();
                current();
                if (turn.tryLock(Math.min(deadline.leftNanos(), LOOK_NANOS), TimeUnit.NANOSECONDS)) {
                    return;
                }
            } while (deadline.leftNanos() > 0);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AnswerException("stopped");
        }
        throw new AnswerException(address.medium() + " is busy with others for " + deadline);
    }

    private synchronized void fail(IOException why) {
        if (failure == null) {
            close();
            failure = why;
        }
    }

    /** Ends it for everybody. */
    synchronized void close() {
        closed = true;
        if (opened != null) {
            opened.wire.close();
        }
    }
}
