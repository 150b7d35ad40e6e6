package org.headgate.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.headgate.host.Machine;

/** The buses behind {@code /dev/i2c-*}, asked anew each time. */
final class KernelI2cAdapters implements I2cAdapters {
    private static final String PREFIX = "i2c-";
    /** The addresses below and above have a meaning of their own (NXP UM10204, 3.1.12). */
    private static final int FIRST = 0x08;

    private static final int LAST = 0x77;

    private static final Machine MACHINE = DevicePath.MACHINE;

    @Override
    public List<I2cAdapter> all() throws KernelException {
        List<I2cAdapter> adapters = MACHINE.names("dev").stream()
                .filter(name -> name.matches(PREFIX + "\\d+"))
                .map(name -> new I2cAdapter(
                        Integer.parseInt(name.substring(PREFIX.length())),
                        MACHINE.text("sys/class/i2c-dev/" + name + "/name").orElse("")))
                .sorted(Comparator.comparingInt(I2cAdapter::number))
                .toList();
        if (adapters.isEmpty()) {
            throw new KernelException(
                    Errno.ENOENT, "no /dev/i2c-*: I2C is switched off; gateway:doctor i2c says how to switch it on");
        }
        return adapters;
    }

    /** For an error: what there is. */
    static String names() {
        String names = MACHINE.names("dev").stream()
                .filter(name -> name.matches(PREFIX + "\\d+"))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    /** The driver of the kernel that holds an address. */
    static String driver(int bus, int address) {
        String folder = String.format("sys/bus/i2c/devices/%d-%04x", bus, address);
        return MACHINE.text(folder + "/name").orElse("without a name");
    }

    @Override
    public List<I2cAnswer> scan(int number) throws KernelException {
        List<I2cAnswer> answers = new ArrayList<>();
        try (OpenFile file = I2cDevice.open(number);
                Memory functions = new Memory(Long.BYTES)) {
            functions.clear();
            file.ioctl(I2cUapi.FUNCS, functions);
            boolean smbus = (functions.getInt(0) & I2cUapi.FUNC_SMBUS_READ_BYTE) != 0;
            for (int address = FIRST; address <= LAST; address++) {
                String held = held(file, number, address);
                if (!held.isEmpty()) {
                    answers.add(new I2cAnswer(address, "driver", held));
                } else if (answers(smbus ? new SmbusMessages(file) : new PlainMessages(file, address))) {
                    answers.add(new I2cAnswer(address, "read byte", ""));
                }
            }
        } catch (LastErrorException error) {
            if (error.getErrorCode() == Errno.ETIMEDOUT) {
                throw new KernelException(
                        Errno.ETIMEDOUT,
                        PREFIX + number
                                + ": the bus is stuck (a chip holds SDA or SCL low, or the pull-ups are missing)");
            }
            throw Errno.refused(PREFIX + number, error);
        }
        return answers;
    }

    private static String held(OpenFile file, int number, int address) {
        try {
            file.ioctl(I2cUapi.SLAVE, new Pointer(address));
            return "";
        } catch (LastErrorException error) {
            if (error.getErrorCode() == Errno.EBUSY) {
                return driver(number, address);
            }
            throw error;
        }
    }

    /** A stuck bus says so at each address, after a time-out each: then the search ends. */
    private static boolean answers(I2cMessages way) {
        try {
            way.transfer(new byte[0], 0, 0, new byte[1], 0, 1);
            return true;
        } catch (LastErrorException none) {
            return switch (none.getErrorCode()) {
                // Which of them it is differs between adapters.
                case Errno.ENXIO, Errno.EREMOTEIO, Errno.EIO, Errno.ENODEV -> false;
                default -> throw none;
            };
        }
    }
}
