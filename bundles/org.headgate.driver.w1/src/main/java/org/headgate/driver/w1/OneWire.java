package org.headgate.driver.w1;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.headgate.host.Interfaces;
import org.headgate.host.Machine;

/** The 1-Wire buses of a machine, as the kernel shows them in {@code /sys/bus/w1} (Documentation/w1). */
record OneWire(Machine machine) {
    private static final String DEVICES = "sys/bus/w1/devices";

    /** All buses. */
    List<String> masters() {
        return machine.names(DEVICES).stream().filter(SensorAddress::isMaster).toList();
    }

    /** The thermometers that the kernel's search has found on a bus. */
    List<SensorAddress> thermometers(String master) {
        return machine.text(DEVICES + "/" + master + "/w1_master_slaves")
                .orElse("")
                .lines()
                .map(String::strip)
                .filter(SensorAddress::isThermometer)
                .map(id -> new SensorAddress(master, id))
                .toList();
    }

    boolean has(SensorAddress sensor) {
        return machine.has(folder(sensor));
    }

    /** A file of a sensor; empty when it is not there or the kernel refuses, as it does when the sensor does not answer. */
    Optional<String> text(SensorAddress sensor, String file) {
        return machine.text(folder(sensor) + "/" + file);
    }

    boolean has(SensorAddress sensor, String file) {
        return machine.has(folder(sensor) + "/" + file);
    }

    /**
     * Makes sure that a sensor is there.
     *
     * @throws IOException when it is not: what is there instead, or what to do
     */
    void require(SensorAddress sensor) throws IOException {
        if (has(sensor)) {
            return;
        }
        List<String> masters = masters();
        if (masters.isEmpty()) {
            throw new IOException(noBus());
        }
        List<String> others = masters.stream()
                .flatMap(master -> thermometers(master).stream())
                .map(SensorAddress::toString)
                .limit(5)
                .toList();
        throw new IOException(sensor.id() + " is not on the 1-Wire bus"
                + (others.isEmpty()
                        ? ", and no other: check the wiring and the pull-up of 4.7 kOhm"
                        : "; there are: " + String.join(", ", others)));
    }

    /** That there is no bus, and what to do. */
    String noBus() {
        return "no 1-Wire bus: " + remedy();
    }

    /** What switches 1-Wire on. */
    String remedy() {
        return Interfaces.ONE_WIRE.remedy(machine);
    }

    /** A sensor has a folder of its own, whichever bus it is on: its number is unique in the world. */
    private static String folder(SensorAddress sensor) {
        return DEVICES + "/" + sensor.id();
    }
}
