package org.headgate.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The other side of the pins: what is wired to them. */
final class SimulatedPins {
    private static final Path PLATFORM = Path.of("/sys/devices/platform/gpio-sim.0");
    private static final Path LIVE = Path.of("/sys/kernel/config/gpio-sim/gw/live");
    private static final Path BUSES = Path.of("/sys/kernel/debug/gwsim");

    /** The kernel's name of the chip: {@code gpiochip0}. */
    String chip() {
        return folder().getFileName().toString();
    }

    private static Path folder() {
        try (DirectoryStream<Path> chips = Files.newDirectoryStream(PLATFORM, "gpiochip*")) {
            return chips.iterator().next();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Pulls an input up or down. */
    void pull(int line, boolean up) throws IOException {
        Files.writeString(folder().resolve("sim_gpio" + line + "/pull"), up ? "pull-up" : "pull-down");
    }

    /** What is on a line. */
    boolean value(int line) throws IOException {
        return Files.readString(folder().resolve("sim_gpio" + line + "/value"))
                .strip()
                .equals("1");
    }

    /** Takes the whole chip away, or brings it back. */
    void plugged(boolean there) throws IOException {
        Files.writeString(LIVE, there ? "1" : "0");
    }

    /** The registers of a simulated chip: {@code i2c-76}, {@code spi1}. */
    byte[] registers(String chip) throws IOException {
        return Files.readAllBytes(BUSES.resolve(chip));
    }

    /** Sets registers of a simulated chip. */
    void registers(String chip, byte[] values) throws IOException {
        Files.write(BUSES.resolve(chip), values);
    }

    /**
     * Lets the I2C bus fail.
     *
     * @param errno what each message from then on ends with; 0 for none
     * @param after how many messages still go through
     */
    void fault(int errno, int after) throws IOException {
        Files.writeString(BUSES.resolve("i2c-fault-after"), Integer.toString(after));
        Files.writeString(BUSES.resolve("i2c-fault"), Integer.toString(errno));
    }
}
