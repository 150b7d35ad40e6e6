package org.headgate.driver.uart;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.headgate.serial.SerialLine;
import org.headgate.serial.SerialPorts;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;

/**
 * The open ports. A port belongs to one program, so devices on the same one, as the stations of an RS-485 line are, share it. It is open as long as one of them
 * is. Thread-safe.
 */
final class Lines {
    private record Shared(Line line, Setup first, int users) {}

    private final SerialPorts ports;
    private final Calls calls;
    private final Clock clock;
    private final Map<String, Shared> open = new HashMap<>();

    Lines(SerialPorts ports, Calls calls, Clock clock) {
        this.ports = ports;
        this.calls = calls;
        this.clock = clock;
    }

    /** The line of a port, opened where it is not. */
    synchronized Line take(Setup setup) throws IOException {
        String path = setup.port().path();
        Shared shared = open.get(path);
        if (shared != null && !shared.line.isDead()) {
            if (!shared.first.port().equals(setup.port())
                    || !shared.first.framing().equals(setup.framing())) {
                throw new IOException(path + " is open for another device with other settings: both need the same");
            }
            open.put(path, new Shared(shared.line, shared.first, shared.users + 1));
            return shared.line;
        }
        Line line = new Line(SerialLine.open(setup.port(), ports), setup.framing(), clock);
        calls.submit(
                "uart:" + path,
                () -> line.read(setup.silence()),
                Duration.ZERO,
                Runnable::run,
                done -> line.fail(new IOException(path + " is read no more")));
        open.put(path, new Shared(line, setup, 1));
        return line;
    }

    /** A device needs the line no more. */
    synchronized void release(Setup setup, Line line) {
        String path = setup.port().path();
        Shared shared = open.get(path);
        if (shared == null || shared.line != line) {
            return; // A dead one that was opened anew meanwhile.
        }
        if (shared.users > 1) {
            open.put(path, new Shared(line, shared.first, shared.users - 1));
        } else {
            open.remove(path);
            line.close();
        }
    }
}
