package org.headgate.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * An open serial port, exclusively ours. One thread reads and one writes at a time; {@link #close} may be called by any and ends their calls.
 *
 * <p>What jSerialComm leaves to its user is done here. Its listeners are not used, which tell that the peer is gone thousands of times until somebody
 * closes the port: here the one who reads learns it, once. Its {@code closePort} takes the file away from under a call that is inside, whose number may be
 * another file's by then, and drops what was not sent yet: here calls are woken, waited for, and then it is closed, and a write is over when its
 * bytes have left.
 */
public final class SerialLine implements AutoCloseable {
    /** A silent line is looked at this often; closing does not wait for it. */
    private static final int LOOK_MILLIS = 1000;

    private static final int BUSY = 16;
    private static final int AGAIN = 11;
    private static final long CLOSING_MILLIS = 1000;
    /** Kernels keep 4 KiB to be sent: with half of it at a time a write never blocks in there. */
    private static final int PIECE = 1024;

    private static final int MOST_WAITING = 2048;
    private static final long STEP_NANOS = 2_000_000;
    private static final int ON_RTS = SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED;
    private static final int ON_CHARACTERS =
            SerialPort.FLOW_CONTROL_XONXOFF_IN_ENABLED | SerialPort.FLOW_CONTROL_XONXOFF_OUT_ENABLED;

    private final PortSettings settings;
    private final SerialPort port;
    /** Calls inside of the native library share it; closing has it alone. */
    private final ReadWriteLock inside = new ReentrantReadWriteLock();

    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private SerialLine(PortSettings settings, SerialPort port) {
        this.settings = settings;
        this.port = port;
    }

    /**
     * Opens a port.
     *
     * @throws IOException when it is not there, may not be used, or is in use: with one line for the user that says what to do
     */
    public static SerialLine open(PortSettings settings, SerialPorts ports) throws IOException {
        String obstacle = ports.obstacle(settings.path());
        if (!obstacle.isEmpty()) {
            throw new IOException(obstacle);
        }
        NativeLibrary.load();
        SerialPort port = port(settings.path(), ports);
        port.setComPortParameters(settings.baud(), settings.dataBits(), stopBits(settings), parity(settings));
        port.setFlowControl(
                switch (settings.flow()) {
                    case NONE -> SerialPort.FLOW_CONTROL_DISABLED;
                    case RTSCTS -> ON_RTS;
                    case XONXOFF -> ON_CHARACTERS;
                });
        if (settings.rs485() == PortSettings.Rs485.OFF) {
            port.disableRs485ModeControl();
        } else {
            port.setRs485ModeParameters(true, settings.rs485() == PortSettings.Rs485.AUTO, 0, 0);
        }
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, LOOK_MILLIS, 0);
        if (!port.openPort(0)) {
            int code = port.getLastErrorCode();
            if (ports.device(settings.path()).isEmpty()) {
                throw isMissing(settings.path(), ports);
            }
            // 2 is jSerialComm's own code for a port that this process has open; for the kernel there is none, asked
            // above.
            boolean inUse = code == BUSY || code == AGAIN || code == 2;
            throw new IOException(settings.path()
                    + (inUse ? " is used by another device or program" : " cannot be opened (error " + code + ")"));
        }
        return new SerialLine(settings, port);
    }

    /** An adapter may be pulled at any moment, and then comes back under another number. */
    private static SerialPort port(String path, SerialPorts ports) throws IOException {
        String device = ports.device(path).orElseThrow(() -> isMissing(path, ports));
        try {
            return SerialPort.getCommPort(device);
        } catch (SerialPortInvalidPortException gone) {
            throw isMissing(path, ports);
        }
    }

    private static IOException isMissing(String path, SerialPorts ports) {
        return new IOException("no port " + path + ": " + ports.remedyOfMissing(path));
    }

    /**
     * Takes what has arrived, or waits for it.
     *
     * @return how many bytes; 0 after a second of silence
     * @throws IOException when the peer or the adapter is gone, or the line was closed, meanwhile too
     */
    public int read(byte[] into) throws IOException {
        enter();
        try {
            int count = port.readBytes(into, into.length);
            if (closing.get()) {
                throw isClosed();
            }
            if (count < 0) {
                throw isGone();
            }
            return count;
        } finally {
            inside.readLock().unlock();
        }
    }

    /**
     * Whether something has arrived.
     *
     * @throws IOException when the peer or the adapter is gone, or the line was closed
     */
    public boolean hasMore() throws IOException {
        enter();
        try {
            int count = port.bytesAvailable();
            if (count < 0) {
                throw isGone();
            }
            return count > 0;
        } finally {
            inside.readLock().unlock();
        }
    }

    /**
     * Waits until something has arrived.
     *
     * @return whether it has
     * @throws IOException when the line was closed, meanwhile too
     */
    public boolean awaitMore(Duration longest) throws IOException {
        pause(longest.toNanos());
        return hasMore();
    }

    /**
     * Sends.
     *
     * @param timeout how long it may take beyond what the bytes take on the wire
     * @throws IOException when it does not leave in time, the port is gone, or the line was closed
     */
    public void write(byte[] bytes, Duration timeout) throws IOException {
        long left = timeout.toNanos() + settings.nanosOf(bytes.length);
        int sent = 0;
        while (sent < bytes.length) {
            left = drain(MOST_WAITING, left);
            int count = writeSome(bytes, sent);
            sent += count;
            if (count == 0) {
                // Nothing was taken although there is room: the driver is busy, or at odds with its own count.
                left = pause(bytes.length - sent, left);
            }
        }
        drain(0, left);
    }

    private int writeSome(byte[] bytes, int from) throws IOException {
        enter();
        try {
            int count = port.writeBytes(bytes, Math.min(PIECE, bytes.length - from), from);
            if (count < 0) {
                throw closing.get() ? isClosed() : isGone();
            }
            return count;
        } finally {
            inside.readLock().unlock();
        }
    }

    /** Waits until at most so many bytes are still to be sent; returns what is left of the time. */
    private long drain(int most, long nanos) throws IOException {
        long left = nanos;
        for (int waiting = waiting(); waiting > most; waiting = waiting()) {
            left = pause(waiting, left);
        }
        return left;
    }

    /** A step of waiting for bytes to leave; returns what is left of the time. */
    private long pause(int waiting, long left) throws IOException {
        if (left <= 0) {
            throw new IOException(settings.path() + ": " + waiting + " bytes do not leave; "
                    + (settings.flow() == PortSettings.Flow.NONE
                            ? "is it stuck?"
                            : "is the peer's flow control right?"));
        }
        pause(STEP_NANOS);
        return left - STEP_NANOS;
    }

    private int waiting() throws IOException {
        enter();
        try {
            int waiting = port.bytesAwaitingWrite();
            if (waiting < 0) {
                throw isGone();
            }
            return waiting;
        } finally {
            inside.readLock().unlock();
        }
    }

    private void pause(long nanos) throws IOException {
        try {
            if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
                throw isClosed();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw isClosed();
        }
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        closed.countDown();
        // New terminal settings wake who waits for input in the kernel (tty_ldisc, set_termios).
        port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
        boolean alone = false;
        try {
            alone = inside.writeLock().tryLock(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        try {
            // Where a call is stuck in the kernel, closing under it is what is left.
            port.closePort();
        } finally {
            if (alone) {
                inside.writeLock().unlock();
            }
        }
    }

    private void enter() throws IOException {
        inside.readLock().lock();
        if (closing.get()) {
            inside.readLock().unlock();
            throw isClosed();
        }
    }

    private IOException isClosed() {
        return new IOException(settings.path() + " is closed");
    }

    private IOException isGone() {
        return new IOException(settings.path() + " is gone: the cable, the adapter or its driver");
    }

    private static int stopBits(PortSettings settings) {
        return settings.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT;
    }

    private static int parity(PortSettings settings) {
        return switch (settings.parity()) {
            case NONE -> SerialPort.NO_PARITY;
            case ODD -> SerialPort.ODD_PARITY;
            case EVEN -> SerialPort.EVEN_PARITY;
            case MARK -> SerialPort.MARK_PARITY;
            case SPACE -> SerialPort.SPACE_PARITY;
        };
    }
}
