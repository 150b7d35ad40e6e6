package org.headgate.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;

/**
 * One address of an I2C bus. A transfer is one transaction of the bus; nobody else's comes between its parts. Where the adapter knows SMBus
 * alone, what SMBus can say is sent that way, and the rest is refused. Thread-safe; {@link #close} may be called at any time.
 */
public final class I2cDevice implements AutoCloseable {
    private final String name;
    private final OpenFile file;
    private final I2cMessages messages;

    private I2cDevice(String name, OpenFile file, I2cMessages messages) {
        this.name = name;
        this.file = file;
        this.messages = messages;
    }

    /**
     * Opens an address; nothing is sent.
     *
     * @param address the 7-bit address
     * @throws KernelException when there is no such bus, or a driver of the kernel holds the address
     */
    public static I2cDevice open(int bus, int address) throws KernelException {
        String name = name(bus, address);
        OpenFile file = open(bus);
        try (Memory functions = new Memory(Long.BYTES)) {
            functions.clear();
            file.ioctl(I2cUapi.SLAVE, new com.sun.jna.Pointer(address));
            file.ioctl(I2cUapi.FUNCS, functions);
            boolean plain = (functions.getByte(0) & I2cUapi.FUNC_I2C) != 0;
            return new I2cDevice(name, file, plain ? new PlainMessages(file, address) : new SmbusMessages(file));
        } catch (LastErrorException error) {
            file.close();
            if (error.getErrorCode() == Errno.EBUSY) {
                throw new KernelException(
                        Errno.EBUSY,
                        name + " is held by the kernel's driver " + KernelI2cAdapters.driver(bus, address));
            }
            throw refused(name, error);
        }
    }

    static OpenFile open(int bus) throws KernelException {
        return DevicePath.open(
                "/dev/i2c-" + bus,
                Libc.O_RDWR,
                "no I2C bus i2c-" + bus + " (there are: " + KernelI2cAdapters.names()
                        + "); gateway:doctor i2c says how to switch one on");
    }

    static String name(int bus, int address) {
        return String.format("i2c-%d/0x%02x", bus, address);
    }

    /**
     * Writes bytes, then reads, each where the count is not 0, as one transaction.
     *
     * @throws KernelException when nothing answers, or the bus is stuck: never data
     */
    public void transfer(byte[] out, int outAt, int outCount, byte[] in, int inAt, int inCount) throws KernelException {
        try {
            synchronized (messages) {
                messages.transfer(out, outAt, outCount, in, inAt, inCount);
            }
        } catch (LastErrorException error) {
            throw refused(name, error);
        }
    }

    private static KernelException refused(String name, LastErrorException error) {
        int errno = error.getErrorCode();
        return switch (errno) {
            case Errno.ENXIO, Errno.EREMOTEIO, Errno.ENODEV, Errno.EIO ->
                new KernelException(errno, name + ": nothing answers (check power, wiring and the address)");
            case Errno.ETIMEDOUT ->
                new KernelException(
                        errno, name + ": the bus is stuck (a chip holds SDA or SCL low, or the pull-ups are missing)");
            case Errno.EOPNOTSUPP ->
                new KernelException(errno, name + ": the adapter knows SMBus only, and SMBus cannot say this");
            default -> Errno.refused(name, error);
        };
    }

    @Override
    public void close() {
        file.close();
    }
}
