package org.headgate.driver.http;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is connected to the port, so many at once. For one more another has to go: who has waited longest without having shown a right token,
 * and where all others have shown one, who did so longest ago. Jetty's own limit takes nobody in until somebody leaves, so that who is idle
 * keeps devices out. Thread-safe.
 */
@Component(service = Crowd.class)
public final class Crowd implements Connection.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Crowd.class);
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final Clock clock;
    private final Set<EndPoint> strangers = new LinkedHashSet<>();
    private final Set<EndPoint> known = new LinkedHashSet<>();
    private int most = ServerSettings.CONNECTIONS;
    private long dropped;
    private long said;

    /** Nobody is there yet. */
    @Activate
    public Crowd(@Reference Clock clock) {
        this.clock = clock;
        this.said = clock.monotonicNanos() - QUIET_NANOS;
    }

    /** From now on so many may be there, from 2 on. */
    synchronized void limit(int connections) {
        most = connections;
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint own = connection.getEndPoint();
        // What is inside of TLS is the same connection again.
        EndPoint leaves = own instanceof EndPoint.Wrapper ? null : enter(own);
        if (leaves != null) {
            leaves.close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        EndPoint own = connection.getEndPoint();
        // One that is open still has become a web socket's.
        if (!own.isOpen() && !(own instanceof EndPoint.Wrapper)) {
            leave(own);
        }
    }

    /** It has shown a right token. */
    synchronized void known(EndPoint shown) {
        EndPoint own = shown instanceof EndPoint.Wrapper wrapper ? wrapper.unwrap() : shown;
        if (strangers.remove(own) || known.remove(own)) {
            known.add(own);
        }
    }

    /** How many are there. */
    synchronized int size() {
        return strangers.size() + known.size();
    }

    private synchronized EndPoint enter(EndPoint one) {
        if (strangers.contains(one) || known.contains(one)) {
            return null; // It goes on as a web socket.
        }
        Set<EndPoint> poorer = strangers.isEmpty() ? known : strangers;
        EndPoint leaves = size() < most ? null : first(poorer);
        strangers.add(one);
        if (leaves != null) {
            dropped++;
            note();
        }
        return leaves;
    }

    private synchronized void leave(EndPoint one) {
        strangers.remove(one);
        known.remove(one);
    }

    private void note() {
        long now = clock.monotonicNanos();
        if (now - said >= QUIET_NANOS) {
            LOG.warn(
                    "http: {} connections were closed, for more than {} were open: who connects so often? connections = in {} lets more in",
                    dropped,
                    most,
                    ServerSettings.FILE);
            said = now;
            dropped = 0;
        }
    }

    private static EndPoint first(Set<EndPoint> all) {
        Iterator<EndPoint> oldest = all.iterator();
        EndPoint first = oldest.next();
        oldest.remove();
        return first;
    }
}
