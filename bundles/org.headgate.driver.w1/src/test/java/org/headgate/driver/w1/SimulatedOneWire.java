package org.headgate.driver.w1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headgate.host.Machine;

/** The files of a kernel with 1-Wire, below a folder. */
final class SimulatedOneWire {
    private static final String BYTES = "72 01 4b 46 7f ff 0e 10 57";

    private final Path root;

    SimulatedOneWire(Path root) {
        this.root = root;
    }

    Machine machine() {
        return new Machine(root, root);
    }

    /** A bus and the sensors that the kernel has found on it. */
    SimulatedOneWire bus(int number, String... sensors) {
        String slaves = sensors.length == 0 ? "not found.\n" : String.join("\n", sensors) + "\n";
        put("sys/bus/w1/devices/w1_bus_master" + number + "/w1_master_slaves", slaves);
        List.of(sensors).forEach(sensor -> put(file(sensor, "name"), sensor + "\n"));
        return this;
    }

    SimulatedOneWire scratchpad(String sensor, String bytes, String verdict, int millidegrees) {
        put(
                file(sensor, "w1_slave"),
                bytes + " : crc=" + bytes.substring(24) + " " + verdict + "\n" + bytes + " t=" + millidegrees + "\n");
        return this;
    }

    SimulatedOneWire measures(String sensor, int millidegrees) {
        return scratchpad(sensor, BYTES, "YES", millidegrees);
    }

    /** As the kernel writes it. */
    SimulatedOneWire put(String sensor, String name, String text) {
        put(file(sensor, name), text);
        return this;
    }

    void remove(String sensor, String name) throws IOException {
        Files.delete(root.resolve(file(sensor, name)));
    }

    void put(String file, String text) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static String file(String sensor, String name) {
        return "sys/bus/w1/devices/" + sensor + "/" + name;
    }
}
