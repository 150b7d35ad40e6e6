package org.headgate.stream.bus;

import java.util.ArrayList;
import java.util.List;
import org.headgate.data.api.Flow;
import org.headgate.data.api.FlowSnapshot;

/**
 * The counters between one stream and one subscriber's name. {@code queued} is counted in the queues themselves, so a row that
 * vanished from there would show. Subscriptions of one name share their edges and the lock that guards edges and queues:
 * when one ends and the next begins, the turn of the first may still be under way. Lock order: this lock, then the flow.
 */
final class Edge {
    final Flow flow;
    private final Object lock;
    private final List<QueueSubscription> holders = new ArrayList<>(1);

    Edge(String from, String to, Object lock) {
        this.lock = lock;
        flow = new Flow(from, to, this::held);
    }

    void heldBy(QueueSubscription subscription) {
        synchronized (lock) {
            holders.add(subscription);
        }
    }

    /** Called with the lock held. */
    void releasedBy(QueueSubscription subscription) {
        holders.remove(subscription);
    }

    FlowSnapshot snapshot() {
        synchronized (lock) {
            return flow.snapshot();
        }
    }

    private long held() {
        long held = 0;
        for (QueueSubscription holder : holders) {
            held += holder.held(this);
        }
        return held;
    }
}
