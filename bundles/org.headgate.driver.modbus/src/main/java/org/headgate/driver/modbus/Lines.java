package org.headgate.driver.modbus;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.headgate.host.Machine;
import org.headgate.serial.SerialPorts;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The open lines. A serial port belongs to one program, and many gateways take one connection only; so all units behind one share it. It is open as long as
 * one of them needs it. Thread-safe.
 */
@Component(service = Lines.class)
public final class Lines {
    /** A line's place: its lock guards what is there. A line is closed under it, so that nobody opens what is still open. */
    private static final class Place {
        private SharedLine line;
        private int users;
    }

    private final Opener opener;
    private final Clock clock;
    /** As many as there are lines in the configuration. */
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /** How a line is opened. */
    interface Opener {
        SharedLine.Opened open(BusAddress address, Deadline deadline, LineCounts counts) throws IOException;
    }

    /** The lines of this machine. */
    @Activate
    public Lines(@Reference Calls calls, @Reference Clock clock) {
        this(new Wires(SerialPorts.of(Machine.of(Path.of("/"))), calls, clock), clock);
    }

    Lines(Opener opener, Clock clock) {
        this.opener = opener;
        this.clock = clock;
    }

    /**
     * Opens a line, or takes part in one that is open.
     *
     * @param timeout how long that may take
     * @throws IOException when it cannot be opened, or is open with other settings: with one line for the user
     */
    Line open(BusAddress address, Duration timeout) throws IOException {
        Place place = places.computeIfAbsent(address.medium(), any -> new Place());
        Lease lease;
        synchronized (place) {
            if (place.line == null || place.line.isDead()) {
                place.line =
                        new SharedLine(address, (deadline, counts) -> opener.open(address, deadline, counts), clock);
                place.users = 0;
            } else if (!place.line.address().equals(address)) {
                throw new IOException(
                        address.medium() + " is open for another device with other settings: both need the same");
            }
            place.users++;
            lease = new Lease(place, place.line);
        }
        try {
            lease.line.open(timeout, lease);
        } catch (IOException failed) {
            lease.close();
            throw failed;
        }
        return lease;
    }

    /** One user's part in a line. */
    private static final class Lease implements Line, Framing.User {
        private final Place place;
        private final SharedLine line;
        private final AtomicBoolean closed = new AtomicBoolean();

        Lease(Place place, SharedLine line) {
            this.place = place;
            this.line = line;
        }

        @Override
        public byte[] exchange(int unit, byte[] pdu, Duration timeout) throws IOException {
            return line.exchange(unit, pdu, timeout, this);
        }

        @Override
        public boolean isShared() {
            synchronized (place) {
                return place.users > 1;
            }
        }

        @Override
        public LineCounts counts() {
            return line.counts();
        }

        @Override
        public void check() throws AnswerException {
            if (closed.get()) {
                throw new AnswerException("closed");
            }
        }

        @Override
        public void close() {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            synchronized (place) {
                if (place.line != line) {
                    return; // A dead one that was opened anew meanwhile.
                }
                if (--place.users == 0) {
                    place.line = null;
                    line.close();
                }
            }
        }
    }
}
