package org.headgate.mqtt.client;

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
    private final MqttSettings settings;
    private final MqttAddress server;
    private final Sockets sockets;
    private volatile Socket plain;
    private volatile TlsConnection tls;
    private volatile String silence = "";
    private volatile boolean through;
    private InputStream in;
    private OutputStream out;

    Wire(MqttSettings settings, Sockets sockets) throws SocketException {
        super((SocketImpl) null);
        this.settings = settings;
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
            through = true;
            plain.setSoTimeout(0);
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

    /** Closes below TLS, which would wait for its turn to write a farewell; MQTT has had its own. */
    @Override
    public void close() throws IOException {
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
