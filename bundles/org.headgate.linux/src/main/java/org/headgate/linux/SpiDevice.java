package org.headgate.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * A chip select of an SPI bus. Transfers longer than spidev's {@code bufsiz} are cut, with the chip selected throughout. Thread-safe;
 * {@link #close} may be called at any time.
 */
public final class SpiDevice implements AutoCloseable {
    /** spidev's own {@code bufsiz} where it does not say another. */
    private static final int USUAL_CHUNK = 4096;

    private final String name;
    private final OpenFile file;
    private final Memory transfer = new Memory(SpiUapi.TRANSFER_BYTES);
    private final Memory sent;
    private final Memory received;
    private final int chunk;

    private SpiDevice(String name, OpenFile file, int speed, int bits, int chunk) {
        this.name = name;
        this.file = file;
        this.chunk = chunk;
        this.sent = new Memory(chunk);
        this.received = new Memory(chunk);
        transfer.clear();
        transfer.setLong(0, Pointer.nativeValue(sent));
        transfer.setLong(SpiUapi.TRANSFER_RECEIVE, Pointer.nativeValue(received));
        transfer.setInt(SpiUapi.TRANSFER_SPEED, speed);
        transfer.setByte(SpiUapi.TRANSFER_BITS, (byte) bits);
    }

    /**
     * Opens a chip select; nothing is sent.
     *
     * @param mode 0 to 3
     * @param speed in Hz, at most; the bus takes the next lower one that it can
     * @param bits bits a word, 1 to 32; words above 8 bit take 2 or 4 bytes in the machine's order
     * @param leastFirst whether the least significant bit goes first
     * @throws KernelException when there is none, or it cannot do that
     */
    public static SpiDevice open(int bus, int chipSelect, int mode, int speed, int bits, boolean leastFirst)
            throws KernelException {
        String name = "spidev" + bus + "." + chipSelect;
        OpenFile file = DevicePath.open(
                "/dev/" + name,
                Libc.O_RDWR,
                "no /dev/" + name + " (there are: " + KernelSpiNodes.names()
                        + "); gateway:doctor spi says how to switch SPI on");
        try (Memory value = new Memory(Integer.BYTES)) {
            value.setInt(0, mode | (leastFirst ? SpiUapi.LSB_FIRST : 0));
            file.ioctl(SpiUapi.WRITE_MODE, value);
            value.setInt(0, bits);
            file.ioctl(SpiUapi.WRITE_BITS, value);
            value.setInt(0, speed);
            file.ioctl(SpiUapi.WRITE_SPEED, value);
            int chunk = DevicePath.MACHINE
                    .text("sys/module/spidev/parameters/bufsiz")
                    .map(Integer::parseInt)
                    .orElse(USUAL_CHUNK);
            // A word is never cut.
            return new SpiDevice(name, file, speed, bits, chunk & ~(Integer.BYTES - 1));
        } catch (LastErrorException error) {
            file.close();
            throw error.getErrorCode() == Errno.EINVAL
                    ? new KernelException(
                            Errno.EINVAL, name + ": the bus cannot do this (mode " + mode + ", " + bits + " bits)")
                    : Errno.refused(name, error);
        }
    }

    /**
     * Sends bytes and takes as many at the same time, with the chip selected from the first to the last.
     *
     * @throws KernelException when the bus is gone
     */
    public synchronized void transfer(byte[] out, int outAt, byte[] in, int inAt, int count) throws KernelException {
        boolean selected = false;
        try {
            file.hold();
            try {
                for (int done = 0; done < count; ) {
                    int bytes = Math.min(chunk, count - done);
                    sent.write(0, out, outAt + done, bytes);
                    send(bytes, done + bytes < count);
                    selected = done + bytes < count;
                    received.read(0, in, inAt + done, bytes);
                    done += bytes;
                }
            } catch (LastErrorException error) {
                if (selected) {
                    // Else the next chip of the bus would talk at the same time.
                    send(0, false);
                }
                throw error;
            } finally {
                file.release();
            }
        } catch (LastErrorException error) {
            throw Errno.refused(name, error);
        }
    }

    /** At the end of a message {@code cs_change} says the opposite of what it says within one: stay selected. */
    private void send(int bytes, boolean stay) {
        transfer.setInt(SpiUapi.TRANSFER_LENGTH, bytes);
        transfer.setByte(SpiUapi.TRANSFER_KEEP_SELECTED, (byte) (stay ? 1 : 0));
        file.heldIoctl(SpiUapi.MESSAGE, transfer);
    }

    @Override
    public void close() {
        file.close();
    }
}
