package org.headgate.device.api.kit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a driver and its peer on the loopback interface and disturbs what they say. A disturbance reaches open connections
 * as well as new ones; {@link #heal} cuts those that it has reached. Thread-safe.
 */
public final class FaultyProxy implements Closeable {
    private final InetSocketAddress peer;
    private final int port;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile Disturbance disturbance = Disturbance.NONE;
    private ServerSocket listener;
    private Thread accepting;

    /** A proxy for the server at an address. */
    public FaultyProxy(InetSocketAddress peer) throws IOException {
        this.peer = peer;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    /** Where the proxy listens on 127.0.0.1; stays the same for its whole life. */
    public int port() {
        return port;
    }

    /** Cuts all connections and listens no more. */
    public synchronized void refuse() throws IOException {
        stopListening();
        cutAll();
    }

    /** Accepts connections and passes nothing on, neither way. */
    public void hang() {
        disturb(new Disturbance.Hang());
    }

    /** Passes on that many more bytes of the peer's answers on each connection, then resets it. */
    public void cutAfter(int bytes) {
        disturb(new Disturbance.Cut(bytes));
    }

    /** Passes answers on a byte at a time. */
    public void trickle(Duration perByte) {
        disturb(new Disturbance.Trickle(perByte));
    }

    /** Replaces each byte of the answers by one of a random sequence. */
    public void garble(long seed) {
        disturb(new Disturbance.Garble(seed));
    }

    /** Flips one bit in each piece of the answers, wherever the random sequence says. */
    public void flip(long seed) {
        disturb(new Disturbance.Flip(seed));
    }

    /** Ends every disturbance. Connections that one has reached are cut, as what they carry is not to be trusted. */
    public synchronized void heal() throws IOException {
        synchronized (connections) {
            if (disturbance != Disturbance.NONE) {
                // What was held back is not delivered late: the old connections keep their disturbance to their end.
                disturbance = Disturbance.NONE;
                cutAll();
            }
        }
        if (listener.isClosed()) {
            listener = listen(port);
        }
    }

    /** How many connections a driver holds open. */
    public int open() {
        return connections.size();
    }

    @Override
    public synchronized void close() throws IOException {
        stopListening();
        cutAll();
    }

    private void disturb(Disturbance next) {
        synchronized (connections) {
            disturbance = next;
            connections.forEach(connection -> connection.disturb(next));
        }
    }

    private void cutAll() {
        connections.forEach(ProxiedConnection::cut);
    }

    private ServerSocket listen(int where) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), 1024);
        accepting = ProxiedConnection.daemon("proxy-accept", () -> accept(socket));
        return socket;
    }

    /** The kernel goes on accepting for as long as a thread is inside of accept. */
    private void stopListening() throws IOException {
        listener.close();
        try {
            accepting.join(5000);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket driver = from.accept();
                ProxiedConnection connection = new ProxiedConnection(driver, new Socket(), connections::remove);
                admit(connection);
                if (from.isClosed()) {
                    connection.cut();
                } else {
                    connection.start(peer);
                }
            }
        } catch (IOException closed) {
            // The listener was closed: that is how this loop ends.
        }
    }

    private void admit(ProxiedConnection connection) {
        synchronized (connections) {
            connections.add(connection);
            connection.disturb(disturbance);
        }
    }
}
