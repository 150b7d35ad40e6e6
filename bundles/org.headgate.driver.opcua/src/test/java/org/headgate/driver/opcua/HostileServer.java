package org.headgate.driver.opcua;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Answers every connection with what it was made with, again and again until the connection is closed. */
final class HostileServer implements Closeable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final byte[] first;
    private final byte[] then;
    private final boolean endless;

    HostileServer(byte[] first, byte[] then, boolean endless) throws IOException {
        this.first = first;
        this.then = then;
        this.endless = endless;
        daemon(this::accept);
    }

    String url() {
        return "opc.tcp://127.0.0.1:" + socket.getLocalPort();
    }

    /** A chunk whose header says {@code length}, whatever its body is (OPC 10000-6, 7.1.2.2). */
    static byte[] chunk(String type, long length, byte... body) {
        return ByteBuffer.allocate(8 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt((int) length)
                .put(body)
                .array();
    }

    /** An acknowledgement with these sizes for its buffers and messages. */
    static byte[] acknowledge(int receives, int sends, int message, int chunks) {
        byte[] body = ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0)
                .putInt(receives)
                .putInt(sends)
                .putInt(message)
                .putInt(chunks)
                .array();
        return chunk("ACKF", 28, body);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "hostile");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket one = socket.accept();
                open.add(one);
                daemon(() -> answer(one));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void answer(Socket one) {
        try (one) {
            OutputStream out = one.getOutputStream();
            byte[] hello = new byte[8];
            one.getInputStream().readNBytes(hello, 0, hello.length);
            out.write(first);
            do {
                out.write(then);
            } while (endless);
            one.getInputStream().readAllBytes();
        } catch (IOException gone) {
            // The driver has had enough.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket one : open) {
            one.close();
        }
    }
}
