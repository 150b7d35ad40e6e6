package org.headgate.mqtt.client.kit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A small proxy on the loopback address: HTTP CONNECT or SOCKS 5, told apart by the first byte, or a plain relay to a port. It looks no name up:
 * all of them are this machine. It can stop carrying bytes without closing anything, and cut what it carries.
 */
public final class TestProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int relayTo;
    private final String user;
    private final String password;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Future<?> accepting;
    private final Object gate = new Object();
    private boolean frozen;

    private TestProxy(int relayTo, String user, String password) throws IOException {
        this.relayTo = relayTo;
        this.user = user;
        this.password = password;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        accepting = threads.submit(this::accept);
    }

    /** A proxy; it wants a user and a password unless they are empty. */
    public static TestProxy start(String user, String password) throws IOException {
        return new TestProxy(0, user, password);
    }

    /** Carries bytes to a port of this machine. */
    public static TestProxy relay(int port) throws IOException {
        return new TestProxy(port, "", "");
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** What clients wanted, as {@code host:port}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** From now on nothing is carried, nothing closed: the cable is out. */
    public void freeze() {
        synchronized (gate) {
            frozen = true;
        }
    }

    /** Cuts all connections. */
    public void cut() {
        for (Socket socket : open) {
            close(socket);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        Socket target = new Socket();
        open.add(target);
        try {
            DataInputStream in = new DataInputStream(client.getInputStream());
            int port = relayTo;
            if (port == 0) {
                int first = in.read();
                port = first == 5 ? socks(in, client.getOutputStream()) : http(in, client.getOutputStream());
            }
            if (port > 0) {
                target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
                if (relayTo == 0) {
                    client.getOutputStream().write(reply);
                }
                threads.execute(() -> carry(target, client));
                carry(client, target);
            }
        } catch (IOException gone) {
            // The other side sees it, too.
        } finally {
            close(client);
            close(target);
        }
    }

    private volatile byte[] reply = {};

    private int http(DataInputStream in, OutputStream out) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        if (lines.isEmpty()) {
            return 0;
        }
        String place = lines.get(0).split(" ")[1];
        asked.add(place);
        String who = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        if (!user.isEmpty() && !lines.contains("Proxy-Authorization: Basic " + who)) {
            out.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            return 0;
        }
        if (place.startsWith("forbidden.example")) {
            out.write("HTTP/1.1 403 Forbidden\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return 0;
        }
        reply = "HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        return Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append(next == '\r' ? "" : (char) next);
        }
        return line.toString();
    }

    private int socks(DataInputStream in, OutputStream out) throws IOException {
        byte[] methods = new byte[in.readUnsignedByte()];
        in.readFully(methods);
        boolean offersPassword = new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
        if (!user.isEmpty()) {
            out.write(new byte[] {5, (byte) (offersPassword ? 2 : 0xff)});
            if (!offersPassword) {
                return 0;
            }
            in.readByte();
            String name = text(in);
            boolean known = name.equals(user) & text(in).equals(password);
            out.write(new byte[] {1, (byte) (known ? 0 : 1)});
            if (!known) {
                return 0;
            }
        } else {
            out.write(new byte[] {5, 0});
        }
        in.readFully(new byte[3]);
        if (in.readByte() != 3) {
            return 0;
        }
        String host = text(in);
        int port = in.readUnsignedShort();
        asked.add(host + ":" + port);
        if (host.equals("forbidden.example")) {
            out.write(new byte[] {5, 2, 0, 1, 0, 0, 0, 0, 0, 0});
            return 0;
        }
        reply = new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0};
        return port;
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedByte()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                synchronized (gate) {
                    while (frozen) {
                        gate.wait();
                    }
                }
                to.getOutputStream().write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            close(from);
            close(to);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Closed is what it should be.
        }
    }

    /** The port is let go by the thread that waits at it. */
    private void awaitRefusal() throws IOException {
        try {
            accepting.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            throw new IOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        awaitRefusal();
        cut();
        threads.shutdownNow();
    }
}
