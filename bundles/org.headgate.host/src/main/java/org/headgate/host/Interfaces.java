package org.headgate.host;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The interfaces of a board that are switched off until somebody switches them on, and how that is done. */
public enum Interfaces {
    /** Buses on the header; the kernel shows them with i2c-dev. */
    I2C("/dev/i2c-", "/dev/i2c-1", "do_i2c", "i2c-dev"),
    /** The kernel shows them with spidev. */
    SPI("/dev/spidev", "/dev/spidev0.0", "do_spi", "spidev"),
    /** Thermometers and the like. */
    ONE_WIRE("/sys/bus/w1/", "/sys/bus/w1/devices", "do_onewire", "w1-gpio"),
    /** The serial line on the header. */
    SERIAL("/dev/serial0", "/dev/serial0", "do_serial_hw", "");

    private static final String DEV = "/dev/";

    private final String prefix;
    private final String sample;
    private final String raspiConfig;
    private final String module;

    Interfaces(String prefix, String sample, String raspiConfig, String module) {
        this.prefix = prefix;
        this.sample = sample;
        this.raspiConfig = raspiConfig;
        this.module = module;
    }

    /** What a Raspberry Pi calls itself; empty on other machines. */
    public static Optional<String> raspberryPi(Machine machine) {
        return machine.text("proc/device-tree/model").filter(model -> model.contains("Raspberry Pi"));
    }

    /** The interface that a file belongs to. */
    public static Optional<Interfaces> of(String path) {
        // The names of the serial line on older models, before /dev/serial0.
        String asked = path.matches("/dev/tty(AMA|S)0") ? SERIAL.prefix : path;
        return Arrays.stream(values())
                .filter(each -> asked.startsWith(each.prefix))
                .findFirst();
    }

    /** What the names of its files begin with: {@code /dev/i2c-}. */
    public String prefix() {
        return prefix;
    }

    /** The files in {@code /dev} that are there, sorted; none for what is in {@code /sys}. */
    public List<String> nodes(Machine machine) {
        if (!prefix.startsWith(DEV)) {
            return List.of();
        }
        return machine.names("dev").stream()
                .filter(name -> name.startsWith(prefix.substring(DEV.length())))
                .sorted()
                .map(name -> DEV + name)
                .toList();
    }

    /** A file that is there when the interface is switched on. */
    public String sample() {
        return sample;
    }

    /** Whether it is switched on. */
    public boolean isOn(Machine machine) {
        return machine.has(sample.substring(1));
    }

    /** What switches it on; 0 means on to raspi-config. */
    public String remedy(Machine machine) {
        if (raspberryPi(machine).isPresent()) {
            return "sudo raspi-config nonint " + raspiConfig + " 0"
                    + switch (this) {
                        case I2C, SPI -> "";
                        // An overlay that is loaded when the board starts.
                        case ONE_WIRE -> "; sudo reboot";
                        // Else the kernel's console talks on the same line.
                        case SERIAL -> "; sudo raspi-config nonint do_serial_cons 1; sudo reboot";
                    };
        }
        return module.isEmpty()
                ? "dmesg | grep tty shows the serial lines that the machine has"
                : "sudo modprobe " + module + "; for good: echo " + module + " | sudo tee /etc/modules-load.d/headgate-"
                        + module + ".conf";
    }
}
