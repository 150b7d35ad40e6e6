package org.headgate.doctor;

import java.util.Arrays;
import java.util.Optional;
import org.headgate.host.Machine;

/** The interfaces of a board that are switched off until somebody switches them on, and how that is done. */
enum Interfaces {
    /** Buses on the header; the kernel shows them with i2c-dev. */
    I2C("/dev/i2c-", "/dev/i2c-1", "do_i2c", "i2c-dev"),
    /** The kernel shows them with spidev. */
    SPI("/dev/spidev", "/dev/spidev0.0", "do_spi", "spidev"),
    /** Thermometers and the like. */
    ONE_WIRE("/sys/bus/w1/", "/sys/bus/w1/devices", "do_onewire", "w1-gpio"),
    /** The serial line on the header. */
    SERIAL("/dev/serial0", "/dev/serial0", "do_serial_hw", "");

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
    static Optional<String> raspberryPi(Machine machine) {
        return machine.text("proc/device-tree/model").filter(model -> model.contains("Raspberry Pi"));
    }

    /** The interface that a file belongs to. */
    static Optional<Interfaces> of(String path) {
        // The names of the serial line on older models, before /dev/serial0.
        String asked = path.matches("/dev/tty(AMA|S)0") ? SERIAL.prefix : path;
        return Arrays.stream(values())
                .filter(each -> asked.startsWith(each.prefix))
                .findFirst();
    }

    /** A file that is there when the interface is switched on. */
    String sample() {
        return sample;
    }

    /** Whether it is switched on. */
    boolean isOn(Machine machine) {
        return machine.has(sample.substring(1));
    }

    /** What switches it on; 0 means on to raspi-config. */
    String remedy(Machine machine) {
        if (raspberryPi(machine).isPresent()) {
            // Else the kernel's console talks on the same line.
            return "sudo raspi-config nonint " + raspiConfig + " 0"
                    + (this == SERIAL ? "; sudo raspi-config nonint do_serial_cons 1; sudo reboot" : "");
        }
        return module.isEmpty()
                ? "dmesg | grep tty shows the serial lines that the machine has"
                : "sudo modprobe " + module + "; for good: echo " + module + " | sudo tee /etc/modules-load.d/headgate-"
                        + module + ".conf";
    }
}
