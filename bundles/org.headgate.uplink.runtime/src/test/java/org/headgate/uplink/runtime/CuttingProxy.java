package org.headgate.uplink.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A TCP proxy on a free loopback port that does to connections what networks and servers do: each one that it accepts gets a {@link Fault}
 * of its own, which strikes behind a number of bytes in one direction. All of its threads end with it.
 */
final class CuttingProxy implements AutoCloseable {
    /** What happens to a connection. */
    enum Kind {
        /** Nothing. */
        NONE,
        /** Both ends hear of the end at once; what they have not read yet is gone (RST). */
        RESET,
        /** The connection ends in good order, in the middle of whatever was being said (FIN). */
        END,
        /** Nothing is carried any more, and nobody is told: a half-open connection. */
        FREEZE,
        /** What the server says is not carried any more; what the client says is. */
        MUTE,
        /** Nothing is carried for some time, then all of it. */
        STALL,
        /** Each byte goes by itself. */
        TRICKLE
    }

    /** What happens to a connection, behind how many bytes of the client (up) or of the server. */
    record Fault(Kind kind, boolean up, long after) {
        static final Fault NONE = new Fault(Kind.NONE, true, 0);
    }

    private static final int STALL_MILLIS = 300;

    private final int server;
    private final ServerSocket door = new ServerSocket();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger struck = new AtomicInteger();
    private volatile Supplier<Fault> plan;

    CuttingProxy(int server, Supplier<Fault> plan) throws IOException {
        this.server = server;
        this.plan = plan;
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        threads.execute(this::accept);
    }

    String address() {
        return "mqtt://127.0.0.1:" + door.getLocalPort();
    }

    /** How many connections have come. */
    int accepted() {
        return accepted.get();
    }

    /** How many faults have struck. */
    int struck() {
        return struck.get();
    }

    /** What happens to the connections that come from now on. */
    void plan(Supplier<Fault> other) {
        plan = other;
    }

    /** Nothing happens from now on, and what is frozen or mute is ended. */
    void heal() {
        plan(() -> Fault.NONE);
        open.forEach(connection -> connection.close(true));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        door.close();
        open.forEach(connection -> connection.close(true));
        threads.shutdownNow();
        if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new IOException("a thread of the proxy does not end");
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                accepted.incrementAndGet();
                Socket behind = new Socket();
                try {
                    behind.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
                } catch (IOException down) {
                    client.close();
                    behind.close();
                    continue;
                }
                client.setTcpNoDelay(true);
                behind.setTcpNoDelay(true);
                Connection connection = new Connection(client, behind, plan.get());
                open.add(connection);
                threads.execute(() -> connection.carry(true));
                threads.execute(() -> connection.carry(false));
            }
        } catch (IOException closed) {
            // The end of the proxy.
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket behind;
        private final Fault fault;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean frozen;
        private volatile boolean mute;
        private volatile boolean trickling;

        Connection(Socket client, Socket behind, Fault fault) {
            this.client = client;
            this.behind = behind;
            this.fault = fault;
        }

        /** Carries bytes in one direction until the connection ends. */
        void carry(boolean up) {
            byte[] buffer = new byte[8192];
            long carried = 0;
            boolean struckYet = fault.kind() == Kind.NONE || fault.up() != up;
            try (InputStream in = (up ? client : behind).getInputStream();
                    OutputStream out = (up ? behind : client).getOutputStream()) {
                while (true) {
                    int count = in.read(buffer);
                    if (count < 0) {
                        break;
                    }
                    int from = 0;
                    if (!struckYet && carried + count >= fault.after()) {
                        struckYet = true;
                        from = (int) (fault.after() - carried);
                        write(out, up, buffer, 0, from);
                        strike();
                    }
                    write(out, up, buffer, from, count - from);
                    carried += count;
                }
            } catch (IOException | InterruptedException over) {
                // The other end is told below.
            }
            close(false);
        }

        private void write(OutputStream out, boolean up, byte[] buffer, int from, int count)
                throws IOException, InterruptedException {
            if (frozen) {
                ended.await();
            } else if (mute && !up) {
                return;
            } else if (trickling) {
                for (int i = from; i < from + count; i++) {
                    out.write(buffer, i, 1);
                }
            } else {
                out.write(buffer, from, count);
            }
        }

        private void strike() throws InterruptedException {
            struck.incrementAndGet();
            switch (fault.kind()) {
                case RESET -> close(true);
                case END -> close(false);
                case FREEZE -> frozen = true;
                case MUTE -> mute = true;
                case STALL -> ended.await(STALL_MILLIS, TimeUnit.MILLISECONDS);
                default -> trickling = true;
            }
        }

        void close(boolean hard) {
            open.remove(this);
            for (Socket socket : new Socket[] {client, behind}) {
                try {
                    if (hard) {
                        socket.setSoLinger(true, 0);
                    }
                    socket.close();
                } catch (IOException closedAlready) {
                    // As it should be.
                }
            }
            ended.countDown();
        }
    }
}
