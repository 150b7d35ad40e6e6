package org.headgate.mqtt.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A broker that lets everybody in and answers each SUBSCRIBE with the same reason codes, and each PUBLISH of QoS 1 or 2 with the first of them.
 */
final class ScriptedBroker implements AutoCloseable {
    private static final int PUBLISH = 3;
    private static final int PUBREL = 6;
    private static final int SUBSCRIBE = 8;
    private static final int DISCONNECT = 14;

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final boolean five;
    private final int[] codes;
    private final CompletableFuture<byte[]> greeting = new CompletableFuture<>();
    private final CompletableFuture<String> farewell = new CompletableFuture<>();

    ScriptedBroker(String version, int... codes) throws IOException {
        five = version.equals("5");
        this.codes = codes;
        thread.execute(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        try (Socket client = server.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            greeting.complete(packet(in));
            out.write(five ? new byte[] {0x20, 3, 0, 0, 0} : new byte[] {0x20, 2, 0, 0});
            while (true) {
                byte[] packet = packet(in);
                if ((packet[0] & 0xff) >> 4 == DISCONNECT) {
                    client.setSoTimeout(100);
                    farewell.complete(end(in));
                    return;
                }
                if ((packet[0] & 0xff) >> 4 == PUBLISH) {
                    // The packet's identifier is behind a short topic.
                    int identifier = 3 + packet[2];
                    int answer = (packet[0] >> 1 & 3) == 2 ? 0x50 : 0x40;
                    out.write(
                            new byte[] {(byte) answer, 3, packet[identifier], packet[identifier + 1], (byte) codes[0]});
                }
                if ((packet[0] & 0xff) >> 4 == PUBREL) {
                    out.write(new byte[] {0x70, 2, packet[1], packet[2]});
                }
                if ((packet[0] & 0xff) >> 4 == SUBSCRIBE) {
                    ByteArrayOutputStream answer = new ByteArrayOutputStream();
                    answer.write(0x90);
                    answer.write(2 + (five ? 1 : 0) + codes.length);
                    answer.write(packet[1]);
                    answer.write(packet[2]);
                    answer.writeBytes(new byte[five ? 1 : 0]);
                    for (int code : codes) {
                        answer.write(code);
                    }
                    out.write(answer.toByteArray());
                }
            }
        } catch (IOException gone) {
            // The client has enough.
        }
    }

    /** The CONNECT, without its length. */
    CompletableFuture<byte[]> greeting() {
        return greeting;
    }

    /** Who hangs up first after a DISCONNECT. */
    CompletableFuture<String> farewell() {
        return farewell;
    }

    private static String end(DataInputStream in) throws IOException {
        try {
            return in.read() < 0 ? "the client hung up" : "the client went on";
        } catch (SocketTimeoutException waits) {
            return "the client waits";
        }
    }

    /** First byte and content of a short packet. */
    private static byte[] packet(DataInputStream in) throws IOException {
        byte first = in.readByte();
        byte[] packet = new byte[1 + in.readUnsignedByte()];
        packet[0] = first;
        in.readFully(packet, 1, packet.length - 1);
        return packet;
    }

    @Override
    public void close() throws IOException {
        server.close();
        thread.shutdownNow();
    }
}
