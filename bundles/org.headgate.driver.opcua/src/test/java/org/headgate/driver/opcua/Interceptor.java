package org.headgate.driver.opcua;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Somebody on the way, who has no key: what is asked openly, in each first connection of two, is answered by one server, the rest goes to
 * another.
 */
final class Interceptor implements Closeable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    Interceptor(int openly, int then) throws IOException {
        this(openly, then, answer -> answer);
    }

    /** One that changes what a server answers. */
    Interceptor(int openly, int then, UnaryOperator<byte[]> change) throws IOException {
        daemon(() -> {
            for (int i = 0; ; i++) {
                Socket client = kept(socket.accept());
                clients.add(client);
                Socket server = kept(new Socket(InetAddress.getLoopbackAddress(), i % 2 == 0 ? openly : then));
                daemon(() -> pass(client, server, asked -> asked));
                daemon(() -> pass(server, client, change));
            }
        });
    }

    String address() {
        return "opc.tcp://127.0.0.1:" + socket.getLocalPort();
    }

    /** Says something to every client that is still there, as if the server did. */
    void say(byte[] message) {
        for (Socket client : clients) {
            try {
                if (!client.isClosed()) {
                    client.getOutputStream().write(message);
                }
            } catch (IOException gone) {
                // A client that has hung up, which was not noticed here yet.
                continue;
            }
        }
    }

    private Socket kept(Socket one) {
        open.add(one);
        return one;
    }

    private static void pass(Socket from, Socket to, UnaryOperator<byte[]> change) throws IOException {
        byte[] some = new byte[1 << 16];
        try (from;
                to) {
            for (int count; (count = from.getInputStream().read(some)) >= 0; ) {
                to.getOutputStream().write(change.apply(Arrays.copyOf(some, count)));
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // One side has had enough, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket one : open) {
            one.close();
        }
    }
}
