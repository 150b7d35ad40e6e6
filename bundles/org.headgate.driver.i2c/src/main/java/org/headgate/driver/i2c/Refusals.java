package org.headgate.driver.i2c;

import java.io.IOException;
import org.headgate.linux.KernelException;

/** What goes wrong on an I2C bus, in words that tell what to look at. */
final class Refusals {
    // How adapters say that nobody answered: Documentation/i2c/fault-codes.rst of Linux. Which one is up to the
    // adapter's driver.
    private static final int ENXIO = 6;
    private static final int EIO = 5;
    private static final int ENODEV = 19;
    private static final int EREMOTEIO = 121;
    // Arbitration lost; a line held low beyond all patience.
    private static final int EAGAIN = 11;
    private static final int ETIMEDOUT = 110;

    private Refusals() {}

    /** At opening the provider knows best: no such bus, no permission, in use. */
    static IOException opening(I2cAddress address, RuntimeException refused) {
        return new IOException(words(address, refused), refused);
    }

    static IOException transferring(I2cAddress address, RuntimeException refused) {
        return switch (errno(refused)) {
            case ENXIO, EREMOTEIO, EIO, ENODEV ->
                new IOException(
                        address + ": nothing answers: check wiring, address and power; device:discover i2c "
                                + address.busName() + " shows who answers",
                        refused);
            case EAGAIN, ETIMEDOUT ->
                new IOException(
                        address + ": the bus is stuck: check wiring and pull-ups, switch the chip's power off and on",
                        refused);
            default -> new IOException(words(address, refused), refused);
        };
    }

    private static int errno(Throwable refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof KernelException kernel) {
                return kernel.errno();
            }
        }
        return 0;
    }

    private static String words(I2cAddress address, RuntimeException refused) {
        String message = refused.getMessage();
        return message == null || message.isBlank()
                ? address + ": " + refused.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
