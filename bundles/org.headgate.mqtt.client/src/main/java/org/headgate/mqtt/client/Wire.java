package org.headgate.mqtt.client;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.headgate.tls.ServerCertificate;
import org.headgate.tls.TlsClient;
import org.headgate.tls.TlsConnection;

/**
 * The way to a broker: TCP, then whatever lies between (a proxy, TLS, a web socket). For Paho it is a plain socket: its own modules for TLS and
 * web sockets are not used. They take no proxy, and its web socket loses its place in the stream when a frame arrives in two
 * halves a second apart, and hangs up at a ping.
 *
 * <p>One thread connects, one reads, one writes; any may close.
 */
final class Wire extends Socket {
    private static final long SETTLES_SECONDS = 5;
    private static final long GOODBYE_MILLIS = 250;

    private final MqttSettings settings;
    private final MqttAddress server;
    private final Excess excess;
    private final Sockets sockets;
    private volatile Socket plain;
    private volatile TlsConnection tls;
    private volatile String silence = "";
    private volatile boolean through;
    private final CountDownLatch spoken = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean farewell;
    private InputStream in;
    private OutputStream out;

    Wire(MqttSettings settings, Excess excess, Sockets sockets) throws SocketException {
        super((SocketImpl) null);
        this.settings = settings;
        this.excess = excess;
        this.sockets = sockets;
        server = settings.server();
    }

    /** Goes the whole way; where to is in the settings, and so is the time-out, of which each stretch may use all. */
    @Override
    public void connect(SocketAddress ignored, int ignoredMillis) throws IOException {
        try {
            Optional<ProxySettings> proxy = settings.proxy();
            plain = proxy.isEmpty() ? dial(server.host(), server.port(), server.place()) : dialProxy(proxy.get());
            plain.setSoTimeout((int) settings.timeout().toMillis());
            if (proxy.isPresent()) {
                silence = "no answer from the proxy " + proxy.get().place() + ": is it one of this kind?";
                Tunnel.through(proxy.get(), plain, server);
            }
            in = plain.getInputStream();
            out = plain.getOutputStream();
            if (server.tls()) {
                silence = "no answer to the TLS handshake in time: is this a port for TLS?";
                tls = TlsClient.connect(settings.tls(), settings.clock(), plain, server.host(), server.port());
                in = tls.socket().getInputStream();
                out = tls.socket().getOutputStream();
            }
            if (server.webSocket()) {
                silence = "no answer to the web socket's request: is this a port for web sockets?";
                WebSocket socket = WebSocket.open(in, out, server);
                in = socket.input();
                out = socket.output();
            }
            silence = "accepts the connection and does not answer: is it a broker of MQTT " + settings.version() + "?";
            plain.setSoTimeout(0);
            in = new Ear(new Packets(in, settings.version().equals("5"), excess));
            out = new Mouth(out);
            through = true;
            sockets.admit();
        } catch (SocketTimeoutException silent) {
            throw new Told(silence, silent);
        }
    }

    private Socket dialProxy(ProxySettings proxy) throws IOException {
        try {
            return dial(proxy.host(), proxy.port(), "the proxy " + proxy.place());
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException failure) {
            throw new Told("the proxy " + proxy.place() + ": " + Causes.line(failure), failure);
        }
    }

    /** Tries all addresses that the name has, in their order. */
    private Socket dial(String host, int port, String place) throws IOException {
        silence = "no answer from " + place + ": is the address right, and does a firewall let it through?";
        InetAddress[] addresses = InetAddress.getAllByName(host);
        int share = (int) Math.max(1, settings.timeout().toMillis() / addresses.length);
        IOException failure = null;
        for (InetAddress address : addresses) {
            Socket socket = sockets.plain();
            try {
                socket.connect(new InetSocketAddress(address, port), share);
                return socket;
            } catch (IOException next) {
                socket.close();
                failure = next;
            }
        }
        throw failure == null ? new SocketException("no address") : failure;
    }

    /** What is to be said when nothing comes: how far we got, and what that may mean. */
    String silence() {
        return silence;
    }

    /** Whether only MQTT itself was still to come. */
    boolean isThrough() {
        return through;
    }

    /** What TLS has to say of a failure; empty for nothing. */
    String explain(Throwable failure) {
        TlsConnection connection = tls;
        return connection == null ? "" : connection.explain(failure);
    }

    Optional<ServerCertificate> server() {
        return Optional.ofNullable(tls).map(TlsConnection::server);
    }

    /** Returns when Paho is past the beginning (see {@link Ear}), or when it had its time. */
    void settle() {
        try {
            spoken.await(SETTLES_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Hears nothing before the first word is said. Paho starts three threads one after the other and waits in steps of 100 ms until each of
     * them runs; when the broker hangs up meanwhile, one of them has run and ended, and Paho waits for ever.
     */
    private final class Ear extends FilterInputStream {
        private final byte[] one = new byte[1];
        private boolean watched;

        Ear(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int from, int count) throws IOException {
            listen();
            if (!watched) {
                watched = true;
                // Paho's reader dies of a topic that it takes for bad text, and nobody would ever know.
                Thread.currentThread().setUncaughtExceptionHandler((reader, why) -> sockets.readerDied(why));
            }
            try {
                int read = in.read(to, from, count);
                if (read < 0) {
                    ended.countDown();
                    sockets.wayEnded(new EOFException());
                }
                return read;
            } catch (IOException broken) {
                ended.countDown();
                sockets.wayEnded(broken);
                throw broken;
            }
        }

        private void listen() throws IOException {
            try {
                spoken.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                throw new SocketException("ended");
            }
        }
    }

    private final class Mouth extends FilterOutputStream {
        Mouth(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int single) throws IOException {
            spoken.countDown();
            out.write(single);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            spoken.countDown();
            out.write(bytes, from, count);
        }
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    /** Paho wants to look up once a second; it is woken by {@link #close}, and a packet that comes slowly stays whole. */
    @Override
    public void setSoTimeout(int millis) {
        // See above.
    }

    @Override
    public void shutdownInput() {
        // Followed by close().
    }

    /** From now on {@link #close} lets the broker hang up first. */
    void sayGoodbye() {
        farewell = true;
    }

    /**
     * Closes below TLS, which would wait for its turn to write a farewell; MQTT has had its own. A broker may see the end of the connection before it has
     * read our DISCONNECT (Artemis does), and then publishes the will: it is given the time to hang up itself.
     */
    @Override
    public void close() throws IOException {
        try {
            if (farewell) {
                ended.await(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException now) {
            Thread.currentThread().interrupt();
        }
        Socket socket = plain;
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public boolean isClosed() {
        return plain != null && plain.isClosed();
    }

    @Override
    public boolean isConnected() {
        return through;
    }

    @Override
    public String toString() {
        return "Wire[" + settings.address() + "]";
    }
}
