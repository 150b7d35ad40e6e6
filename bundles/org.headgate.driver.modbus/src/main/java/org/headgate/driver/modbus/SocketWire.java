package org.headgate.driver.modbus;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.HostNames;

/** A TCP connection. One on which the peer has hung up between two requests is made anew: many devices do that after a minute of silence. */
final class SocketWire implements Wire {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int SCRAPS = 512;
    /** More than that unasked is no device of ours. */
    private static final int MOST_SCRAPS = 64 * 1024;

    private final BusAddress address;
    private final HostNames names;
    private final Clock clock;
    /** Whether frames say how long they are: then what is late is taken off whole by who reads them, and no piece of it here. */
    private final boolean isFramed;

    private final byte[] scraps = new byte[SCRAPS];
    private int kept;
    private volatile Socket socket;
    private volatile boolean closed;
    private boolean isDistrusted;
    /** The peer was once found to have hung up soon after its answer: so it is looked at before each request. */
    private boolean hangsUp;

    private long used;

    SocketWire(BusAddress address, HostNames names, Clock clock, Deadline deadline) throws IOException {
        this.address = address;
        this.names = names;
        this.clock = clock;
        this.isFramed = address.kind() == BusAddress.Kind.TCP;
        connect(deadline);
    }

    private void connect(Deadline deadline) throws IOException {
        InetSocketAddress peer;
        try {
            peer = new InetSocketAddress(names.find(address.host(), deadline), address.port());
        } catch (UnknownHostException unknown) {
            throw new IOException("no address is known for the host " + address.host() + ": is its name right?");
        }
        Socket fresh = new Socket();
        try {
            fresh.setTcpNoDelay(true);
            fresh.setKeepAlive(true);
            fresh.connect(peer, millis(deadline.leftNanos()));
        } catch (SocketTimeoutException silent) {
            fresh.close();
            throw new IOException(
                    address.medium() + " does not answer within " + deadline + ": is it on, is the address right?");
        } catch (ConnectException refused) {
            fresh.close();
            throw new IOException(address.medium() + ": " + refused.getMessage());
        } catch (IOException failed) {
            fresh.close();
            throw failed;
        }
        socket = fresh;
        kept = 0;
        isDistrusted = false;
        used = clock.monotonicNanos();
        if (closed) {
            close();
            throw new IOException("closed");
        }
    }

    @Override
    public int prepare(Deadline deadline) throws IOException {
        boolean looks = hangsUp || clock.monotonicNanos() - used >= IDLE_NANOS;
        if (isDistrusted) {
            return connectAnew(deadline);
        }
        if (!looks || kept > 0) {
            return isFramed ? 0 : discard();
        }
        int late = 0;
        while (true) {
            int count;
            try {
                // Looks whether the peer has hung up: bytes that are waiting come before that.
                count = receive(scraps, 0, 1);
            } catch (IOException hungUp) {
                return connectAnew(deadline);
            }
            if (isFramed) {
                kept = count;
                return 0;
            }
            if (count == 0) {
                return late;
            }
            late = counted(late, count);
        }
    }

    private int connectAnew(Deadline deadline) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        socket.close();
        connect(deadline);
        return ANEW;
    }

    private int discard() throws IOException {
        InputStream in = socket.getInputStream();
        int late = 0;
        while (in.available() > 0) {
            late = counted(late, in.read(scraps));
        }
        return late;
    }

    private int counted(int before, int more) throws IOException {
        if (before > MOST_SCRAPS) {
            throw new IOException(address.medium() + " sends without being asked: is that a Modbus device?");
        }
        return before + Math.max(0, more);
    }

    @Override
    public void send(byte[] bytes, int count, Deadline deadline) throws IOException {
        try {
            socket.getOutputStream().write(bytes, 0, count);
        } catch (IOException ended) {
            throw ended(ended);
        }
        used = clock.monotonicNanos();
    }

    @Override
    public int receive(byte[] into, int from, long nanos) throws IOException {
        if (kept > 0) {
            int some = Math.min(kept, into.length - from);
            System.arraycopy(scraps, 0, into, from, some);
            System.arraycopy(scraps, some, scraps, 0, kept - some);
            kept -= some;
            return some;
        }
        Socket current = socket;
        try {
            current.setSoTimeout(millis(nanos));
            int count = current.getInputStream().read(into, from, into.length - from);
            if (count < 0) {
                throw new IOException(address.medium() + " has closed the connection");
            }
            return count;
        } catch (SocketTimeoutException silent) {
            return 0;
        } catch (IOException ended) {
            throw ended(ended);
        }
    }

    private IOException ended(IOException why) {
        hangsUp = clock.monotonicNanos() - used < IDLE_NANOS;
        return why;
    }

    /** At once, so that a peer that takes one connection only can take the next. */
    @Override
    public void distrust() {
        isDistrusted = true;
        try {
            socket.close();
        } catch (IOException already) {
            // Closed is what it shall be.
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException already) {
            // Closed is what it shall be.
        }
    }

    /** Rounded up: 0 would be for ever. */
    private static int millis(long nanos) {
        return (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000 + 1);
    }
}
