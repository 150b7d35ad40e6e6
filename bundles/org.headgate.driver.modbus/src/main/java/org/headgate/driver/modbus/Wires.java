package org.headgate.driver.modbus;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.headgate.serial.PortSettings;
import org.headgate.serial.SerialLine;
import org.headgate.serial.SerialPorts;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.HostNames;

/** Opens lines: sockets, and serial ports with a thread that reads. */
final class Wires implements Lines.Opener {
    private static final int FAST = 19_200;
    private static final long FAST_NANOS = TimeUnit.MICROSECONDS.toNanos(1750);

    private final SerialPorts ports;
    private final Calls calls;
    private final HostNames names;
    private final Clock clock;

    Wires(SerialPorts ports, Calls calls, Clock clock) {
        this.ports = ports;
        this.calls = calls;
        this.names = new HostNames(calls);
        this.clock = clock;
    }

    @Override
    public SharedLine.Opened open(BusAddress address, Deadline deadline, LineCounts counts) throws IOException {
        if (address.kind() == BusAddress.Kind.RTU) {
            PortSettings settings = address.serial().orElseThrow();
            SerialWire wire = new SerialWire(SerialLine.open(settings, ports), silence(settings), clock);
            calls.submit(
                    "modbus:" + settings.path(),
                    wire::read,
                    Duration.ZERO,
                    Runnable::run,
                    done -> wire.fail(new IOException(settings.path() + " is read no more")));
            return new SharedLine.Opened(wire, new RtuFraming(wire, address, counts));
        }
        SocketWire wire = new SocketWire(address, names, clock, deadline);
        return new SharedLine.Opened(
                wire,
                address.kind() == BusAddress.Kind.TCP
                        ? new TcpFraming(wire, address.medium(), counts)
                        : new RtuFraming(wire, address, counts));
    }

    /** The pause between two frames: 3.5 characters, 1.75 ms on fast lines (Modbus over serial line V1.02, section 2.5.1.1). */
    static long silence(PortSettings settings) {
        return settings.baud() > FAST ? FAST_NANOS : settings.nanosOf(7) / 2;
    }
}
