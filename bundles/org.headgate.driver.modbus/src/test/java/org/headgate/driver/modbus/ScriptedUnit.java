package org.headgate.driver.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.headgate.serial.kit.Pty;

/** What is at the other end of a tty: it takes requests of 8 bytes, and sends what a test wants it to. */
final class ScriptedUnit implements AutoCloseable {
    /** When requests came, and answers went, in turn. */
    final List<Long> times = new CopyOnWriteArrayList<>();

    private final Pty pty;
    private volatile Function<byte[], byte[]> script = request -> new byte[0];

    ScriptedUnit(Path root) throws IOException {
        pty = new Pty(root.resolve("dev/serial/by-id/usb-line"));
        serve();
    }

    /** An address of its tty. */
    static BusAddress address(String settings) throws Exception {
        return BusAddress.parse("rtu:usb-line," + settings);
    }

    void answers(Function<byte[], byte[]> next) {
        script = next;
    }

    void send(byte[] bytes) throws IOException {
        pty.send(bytes);
    }

    void pull() throws IOException {
        pty.pull();
    }

    void plugIn() throws IOException {
        pty.plugIn();
        serve();
    }

    private void serve() {
        DataInputStream in = new DataInputStream(pty.received());
        Thread thread = new Thread(
                () -> {
                    byte[] request = new byte[8];
                    try {
                        while (true) {
                            in.readFully(request);
                            times.add(System.nanoTime());
                            byte[] answer = script.apply(request.clone());
                            if (answer.length > 0) {
                                times.add(System.nanoTime());
                                pty.send(answer);
                            }
                        }
                    } catch (IOException pulled) {
                        return; // The next thread serves the next tty.
                    }
                },
                "unit");
        thread.setDaemon(true);
        thread.start();
    }

    /** The answer that a unit gives to a read: registers that hold their address. */
    static byte[] registers(byte[] request) {
        int from = (request[2] & 0xFF) << 8 | request[3] & 0xFF;
        int count = request[5] & 0xFF;
        byte[] pdu = new byte[2 + 2 * count];
        pdu[0] = request[1];
        pdu[1] = (byte) (2 * count);
        for (int i = 0; i < count; i++) {
            pdu[2 + 2 * i] = (byte) (from + i >> 8);
            pdu[3 + 2 * i] = (byte) (from + i);
        }
        return RtuFrame.of(request[0], pdu);
    }

    @Override
    public void close() throws IOException {
        pty.close();
    }
}
