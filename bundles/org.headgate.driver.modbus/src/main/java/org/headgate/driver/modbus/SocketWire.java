package org.headgate.driver.modbus;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/** A TCP connection. One on which the peer has hung up between two requests is made anew: many devices do that after a minute of silence. */
final class SocketWire implements Wire {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int SCRAPS = 512;
    /** More than that unasked is no device of ours. */
    private static final int MOST_SCRAPS = 64 * 1024;

    private final BusAddress address;
    private final Clock clock;
    private final byte[] scraps = new byte[SCRAPS];
    private volatile Socket socket;
    private volatile boolean closed;
    private long used;

    SocketWire(BusAddress address, Clock clock, Deadline deadline) throws IOException {
        this.address = address;
        this.clock = clock;
        connect(deadline);
    }

    private void connect(Deadline deadline) throws IOException {
        InetSocketAddress peer = new InetSocketAddress(address.host(), address.port());
        if (peer.isUnresolved()) {
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
        used = clock.monotonicNanos();
        if (closed) {
            close();
            throw new IOException("closed");
        }
    }

    @Override
    public int prepare(Deadline deadline) throws IOException {
        if (clock.monotonicNanos() - used < IDLE_NANOS) {
            return discard();
        }
        int late = 0;
        while (true) {
            int count;
            try {
                // Looks whether the peer has hung up: bytes that are waiting come before that.
                count = receive(scraps, 0, 1);
            } catch (IOException hungUp) {
                if (closed) {
                    throw hungUp;
                }
                socket.close();
                connect(deadline);
                return late;
            }
            if (count == 0) {
                return late;
            }
            late = counted(late, count);
        }
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
        socket.getOutputStream().write(bytes, 0, count);
        used = clock.monotonicNanos();
    }

    @Override
    public int receive(byte[] into, int from, long nanos) throws IOException {
        Socket current = socket;
        current.setSoTimeout(millis(nanos));
        try {
            int count = current.getInputStream().read(into, from, into.length - from);
            if (count < 0) {
                throw new IOException(address.medium() + " has closed the connection");
            }
            return count;
        } catch (SocketTimeoutException silent) {
            return 0;
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
