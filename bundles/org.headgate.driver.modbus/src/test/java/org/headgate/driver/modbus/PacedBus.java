package org.headgate.driver.modbus;

import java.io.IOException;
import java.nio.file.Path;
import org.headgate.device.api.Driver;
import org.headgate.host.Machine;
import org.headgate.serial.PortSettings;
import org.headgate.serial.SerialPorts;
import org.headgate.serial.kit.LineEnd;
import org.headgate.serial.kit.PacedLine;
import org.headgate.serial.kit.Pty;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;

/** A serial port below a test's folder, a line at its baud rate behind it, and units on that line. */
public final class PacedBus implements AutoCloseable {
    private static final String PATH = "/dev/ttyUSB0";
    /** Start, 8 data bits, two stop bits: as without parity, which a pty has not (Modbus over Serial Line V1.02, 2.5.1). */
    static final int BITS = 11;

    final PortSettings settings;
    final PlayedUnits units;
    final PacedLine line;
    final Machine machine;
    private final Pty pty;

    /** A line at a baud rate, with units of these numbers. */
    public PacedBus(Path folder, int baud, int... numbers) throws Exception {
        settings = PortSettings.parse(PATH + "," + baud + "-8N2");
        machine = new Machine(folder, folder);
        pty = new Pty(folder.resolve(PATH.substring(1)));
        units = new PlayedUnits(Wires.silence(settings), numbers);
        line = new PacedLine(LineEnd.of(pty), units, baud, BITS);
    }

    SerialPorts ports() {
        return new SerialPorts(machine, "test");
    }

    /** The driver, for devices on it. */
    public Driver driver(Calls calls, Clock clock) {
        return new ModbusDriver(new Lines(new Wires(ports(), calls, clock), clock), clock);
    }

    /** The units on it. */
    public PlayedUnits units() {
        return units;
    }

    /** Its wire. */
    public PacedLine line() {
        return line;
    }

    /** Where a device on it is. */
    public String address(int unit) {
        return "rtu:" + PATH + "," + settings.baud() + "-8N2,unit=" + unit;
    }

    /**
     * What a request and its answer take at least: their characters, and the silence before each of them.
     *
     * @param characters of both, with units and checksums
     */
    long leastNanos(int characters) {
        return line.nanosOf(characters) + 2 * silence();
    }

    /** 3.5 characters; 1.75 ms above 19,200 baud (Modbus over Serial Line V1.02, 2.5.1.1). Said once more, so that the driver's own is judged. */
    private long silence() {
        return settings.baud() > 19_200 ? 1_750_000 : line.nanosOf(3.5);
    }

    @Override
    public void close() throws IOException {
        line.close();
        pty.close();
    }
}
