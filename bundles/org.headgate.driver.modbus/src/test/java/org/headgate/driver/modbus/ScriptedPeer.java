package org.headgate.driver.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.headgate.host.Machine;
import org.headgate.serial.SerialPorts;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.system.api.kit.Threads;

/** What is at the other end of a connection: it takes requests of 12 bytes, and sends what a test wants it to. */
final class ScriptedPeer implements AutoCloseable {
    static final Duration SHORT = Duration.ofMillis(150);
    static final Duration LONG = Duration.ofSeconds(10);
    static final byte[] READ = Requests.read(Table.HOLDING, 5, 1);
    static final byte[] ANSWER = {3, 2, 0, 42};

    final MovedClock clock = new MovedClock();
    final AtomicInteger connections = new AtomicInteger();
    final Lines lines;
    /** Answers a request; what is null is answered by hanging up. */
    volatile Function<byte[], byte[]> script = ScriptedPeer::answer;
    /** It hangs up behind each answer. */
    volatile boolean hangsUp;

    volatile Socket last;
    private final ServerSocket server;
    private final Thread accepting;

    ScriptedPeer() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        accepting = new Thread(this::accept, "server");
        accepting.setDaemon(true);
        accepting.start();
        Machine machine = new Machine(Path.of("/nowhere"), Path.of("/nowhere"));
        lines = new Lines(new Wires(SerialPorts.of(machine), new Threads(), clock), clock);
    }

    String place() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    Line open() throws Exception {
        return lines.open(BusAddress.parse("tcp:" + place()), LONG);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                last = socket;
                Thread thread = new Thread(() -> serve(socket), "connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        byte[] request = new byte[12];
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            do {
                in.readFully(request);
                byte[] answer = script.apply(request.clone());
                if (answer == null) {
                    return;
                }
                socket.getOutputStream().write(answer);
            } while (!hangsUp);
        } catch (IOException ended) {
            return;
        }
    }

    static byte[] frame(int transaction, int protocol, int unit, byte... pdu) {
        return ByteBuffer.allocate(7 + pdu.length)
                .putShort((short) transaction)
                .putShort((short) protocol)
                .putShort((short) (pdu.length + 1))
                .put((byte) unit)
                .put(pdu)
                .array();
    }

    static int transaction(byte[] request) {
        return ByteBuffer.wrap(request).getShort() & 0xFFFF;
    }

    static byte[] answer(byte[] request) {
        return frame(transaction(request), 0, request[6], ANSWER);
    }

    static byte[] together(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    /** Nobody can connect from now on. */
    @Override
    public void close() throws IOException {
        server.close();
        try {
            // The port is let go by the thread that waits at it.
            accepting.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
