package org.headgate.mqtt.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.SocketFactory;

/** Makes a client's sockets and can close them under it: a Paho thread that hangs in a socket ends then, whatever else. */
final class Sockets extends SocketFactory implements AutoCloseable {
    private final MqttSettings settings;
    private final Excess excess;
    private final Consumer<IOException> died;
    private final List<Socket> made = new ArrayList<>();
    private boolean connected;
    private String death = "";
    private boolean closed;
    private boolean admitted;
    private volatile Wire wire;

    Sockets(MqttSettings settings) {
        this(settings, new Excess(() -> MqttEvents.LONGEST), why -> {});
    }

    /**
     * Sockets of a client.
     *
     * @param excess what of the broker's is too long
     * @param died is told when nothing can come any more; more than once, it may be, and beside what the client itself says
     */
    Sockets(MqttSettings settings, Excess excess, Consumer<IOException> died) {
        this.settings = settings;
        this.excess = excess;
        this.died = died;
    }

    /** The client believes that it is connected: fails when nothing can come any more. */
    void connected() throws Told {
        synchronized (made) {
            connected = true;
            if (!death.isEmpty()) {
                throw new Told(death);
            }
        }
    }

    /** The thread of the client that reads has ended with an exception that it should not have. */
    void readerDied(Throwable why) {
        end("what the broker sent could not be read: " + Causes.line(why), why);
        close();
    }

    /** The way to the broker has ended. Paho's threads may die of just that and say nothing. */
    void wayEnded(IOException why) {
        end(Causes.line(why), why);
    }

    private void end(String line, Throwable why) {
        boolean tell;
        synchronized (made) {
            death = death.isEmpty() ? line : death;
            tell = connected;
        }
        if (tell) {
            died.accept(new Told(line, why));
        }
    }

    /** What Paho asks for: it knows no host and no port, the settings do. */
    @Override
    public Socket createSocket() throws IOException {
        return wire();
    }

    /** A way to the broker, not yet gone. */
    Wire wire() throws IOException {
        wire = new Wire(settings, excess, this);
        return wire;
    }

    /** A socket of the kernel's, not connected. */
    Socket plain() throws IOException {
        Socket socket = new Socket();
        synchronized (made) {
            if (closed) {
                socket.close();
                throw new SocketException("given up");
            }
            made.add(socket);
        }
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** A way that has come through after all is too late once this is closed: Paho shall not begin on it. */
    void admit() throws IOException {
        synchronized (made) {
            if (closed) {
                throw new SocketException("given up");
            }
            admitted = true;
        }
    }

    /** From now on the broker may hang up first, when Paho closes its socket. */
    void sayGoodbye() {
        Wire way = wire;
        if (way != null) {
            way.sayGoodbye();
        }
    }

    /** Returns when Paho can be ended without a thread of it staying; within 0.3 s, mostly at once. */
    void settle() {
        boolean begun;
        synchronized (made) {
            begun = admitted;
        }
        if (begun) {
            wire.settle();
        }
    }

    /** Why connecting has failed, with what was seen on the way. */
    String line(Throwable failure) {
        Wire way = wire;
        if (way == null) {
            return Causes.line(failure);
        }
        String tls = way.explain(failure);
        if (!tls.isEmpty()) {
            return tls;
        }
        if (Causes.isTimeout(failure)) {
            return way.silence();
        }
        Throwable root = Causes.root(failure);
        boolean hungUp = root instanceof EOFException || root instanceof SocketException && way.isThrough();
        if (hungUp && !settings.server().tls()) {
            return "the broker hung up before it answered: does this port want TLS (mqtts://)?";
        }
        return Causes.line(failure);
    }

    @Override
    public void close() {
        List<Socket> all;
        synchronized (made) {
            closed = true;
            all = List.copyOf(made);
        }
        for (Socket socket : all) {
            try {
                socket.close();
            } catch (IOException alreadyGone) {
                // Closed is what it should be.
            }
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("not asked for by Paho");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket("", port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket("", port);
    }
}
