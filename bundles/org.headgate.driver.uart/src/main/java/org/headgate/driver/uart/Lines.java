package org.headgate.driver.uart;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.headgate.serial.SerialLine;
import org.headgate.serial.SerialPorts;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;

/**
 * The open ports. A port belongs to one program, so devices on the same one, as the stations of an RS-485 line are, share it. It is open as long as one of them
 * is. Thread-safe; a port that takes its time to open or to close keeps those of others from nothing.
 */
final class Lines {
    private record Shared(Line line, Setup first, int users) {}

    /** A port's place: its lock guards what is there. */
    private static final class Place {
        private Shared shared;
    }

    private final SerialPorts ports;
    private final Calls calls;
    private final Clock clock;
    /** As many as there are names of ports in the configuration. */
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    Lines(SerialPorts ports, Calls calls, Clock clock) {
        this.ports = ports;
        this.calls = calls;
        this.clock = clock;
    }

    /** The line of a port, opened where it is not. */
    Line take(Setup setup) throws IOException {
        String path = setup.port().path();
        Place place = places.computeIfAbsent(path, any -> new Place());
        synchronized (place) {
            Shared shared = place.shared;
            if (shared != null && !shared.line.isDead()) {
                if (!shared.first.port().equals(setup.port())
                        || !shared.first.framing().equals(setup.framing())) {
                    throw new IOException(path + " is open for another device with other settings: both need the same");
                }
                place.shared = new Shared(shared.line, shared.first, shared.users + 1);
                shared.line.silence(setup.silence());
                return shared.line;
            }
            Line line = new Line(SerialLine.open(setup.port(), ports), setup.framing(), clock);
            line.silence(setup.silence());
            calls.submit(
                    "uart:" + path,
                    line::read,
                    Duration.ZERO,
                    Runnable::run,
                    done -> line.fail(new IOException(path + " is read no more")));
            place.shared = new Shared(line, setup, 1);
            return line;
        }
    }

    /** A device needs the line no more. */
    void release(Setup setup, Line line) {
        Place place = places.get(setup.port().path());
        synchronized (place) {
            Shared shared = place.shared;
            if (shared == null || shared.line != line) {
                return; // A dead one that was opened anew meanwhile.
            }
            if (shared.users > 1) {
                place.shared = new Shared(line, shared.first, shared.users - 1);
            } else {
                place.shared = null;
                line.close();
            }
        }
    }
}
