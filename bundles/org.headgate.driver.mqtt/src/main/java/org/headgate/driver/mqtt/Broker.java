package org.headgate.driver.mqtt;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.headgate.mqtt.client.MqttSettings;
import org.headgate.mqtt.client.Publication;
import org.headgate.system.api.Deadline;

/**
 * Our connections to a broker: one, unless filters of devices overlap in part. Who comes while it is being made waits for the same one; the
 * last one to go leaves it open for a moment, so that a device that is opened anew finds it. Thread-safe.
 */
final class Broker {
    /** How long a connection that nobody needs is kept. */
    static final Duration LINGERS = Duration.ofSeconds(2);

    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();
    private static final String SILENT = "the broker does not answer in time";

    private final BrokerKey key;
    private final World world;
    private final List<SharedSession> sessions = new ArrayList<>();
    private final Map<String, EdgeNode> nodes = new HashMap<>();
    private Optional<CompletableFuture<Void>> connecting = Optional.empty();

    Broker(BrokerKey key, World world) {
        this.key = key;
        this.world = world;
    }

    /** What a device has of a connection. */
    final class Lease {
        private final SharedSession session;
        private final List<TopicFilter> filters;
        private final Subscriber subscriber;

        private Lease(SharedSession session, List<TopicFilter> filters, Subscriber subscriber) {
            this.session = session;
            this.filters = filters;
            this.subscriber = subscriber;
        }

        /** Finds out whether the broker is still there. */
        void probe(Deadline deadline, CompletableFuture<?> end) throws IOException {
            Answers.await(deadline, session.probe(), end, SILENT);
        }

        /** Publishes; returns when the broker has acknowledged it. */
        void publish(Publication message, Deadline deadline, CompletableFuture<?> end) throws IOException {
            CompletableFuture<Void> answer = session.publish(message, deadline.left());
            Answers.await(deadline, answer, end, "not acknowledged in time: it may have been taken or not");
        }

        /** Publishes where that is possible at once; for what is tried again anyway. */
        boolean tell(Publication message) {
            try {
                session.publish(message, Duration.ZERO);
                return !session.isLost();
            } catch (IOException full) {
                return false;
            }
        }

        /** No message comes any more. */
        void close() {
            session.unsubscribe(filters, subscriber);
            world.loop().schedule(LINGERS, () -> endUnused(session));
        }
    }

    /**
     * Subscribes, on a connection that is there or made now.
     *
     * @param filters at least one; none overlaps with another
     * @throws IOException with one line for the user
     */
    Lease take(List<TopicFilter> filters, int qos, Deadline deadline, Subscriber subscriber) throws IOException {
        while (true) {
            SharedSession session = null;
            CompletableFuture<Void> answer = null;
            CompletableFuture<Void> attempt;
            boolean mine = false;
            synchronized (this) {
                for (SharedSession one : List.copyOf(sessions)) {
                    if (session == null && !one.isLost() && one.fits(filters)) {
                        session = one;
                        answer = one.subscribe(filters, qos, subscriber);
                    }
                }
                if (session == null && connecting.isEmpty()) {
                    connecting = Optional.of(new CompletableFuture<>());
                    mine = true;
                }
                attempt = connecting.orElse(NEVER);
            }
            if (session != null) {
                try {
                    return subscribed(new Lease(session, filters, subscriber), answer, deadline);
                } catch (IOException failed) {
                    // One that was lost just now is no reason: the next one may be better.
                    if (!session.isLost() || deadline.leftNanos() == 0) {
                        throw failed;
                    }
                }
                continue;
            }
            if (mine) {
                connect(attempt, deadline);
            } else {
                Answers.await(deadline, attempt.thenRun(() -> {}), NEVER, SILENT);
            }
        }
    }

    private static Lease subscribed(Lease lease, CompletableFuture<Void> answer, Deadline deadline) throws IOException {
        try {
            Answers.await(deadline, answer, NEVER, SILENT);
            lease.session.join(lease.subscriber);
            return lease;
        } catch (IOException failed) {
            lease.close();
            if (answer.isCancelled() && lease.session.isSilent()) {
                // Nobody else is answered either, and it may take a minute until the client notices. One device alone
                // may be too impatient.
                lease.session.lost("it does not answer in time");
            }
            throw failed;
        }
    }

    private void connect(CompletableFuture<Void> attempt, Deadline deadline) throws IOException {
        IOException failure = new IOException("not connected");
        try {
            int number;
            synchronized (this) {
                number = unused();
            }
            MqttSettings settings = key.settings(world, deadline.left(), number);
            AtomicReference<SharedSession> made = new AtomicReference<>();
            SharedSession session = SharedSession.connect(settings, number, world.clock(), () -> end(made.get()));
            made.set(session);
            synchronized (this) {
                sessions.add(session);
                connecting = Optional.empty();
            }
            if (session.isLost()) {
                end(session);
            }
            attempt.complete(null);
        } catch (IOException refused) {
            failure = refused;
            throw refused;
        } finally {
            synchronized (this) {
                connecting = connecting.filter(one -> one != attempt);
            }
            attempt.completeExceptionally(failure);
        }
    }

    /** A broker throws out the older of two connections with the same identifier. */
    private int unused() {
        Set<Integer> used = sessions.stream().map(SharedSession::number).collect(Collectors.toSet());
        return IntStream.iterate(1, i -> i + 1)
                .filter(i -> !used.contains(i))
                .findFirst()
                .orElseThrow();
    }

    /** The edge node of Sparkplug that a device belongs to, with the device in it. */
    EdgeNode join(Setup.MetricPlace place, MetricFeed member) {
        synchronized (nodes) {
            EdgeNode node = nodes.computeIfAbsent(
                    place.group() + "/" + place.edge(), any -> new EdgeNode(place.group(), place.edge(), world));
            node.join(place.device(), member);
            return node;
        }
    }

    /** A device leaves its edge node. */
    void leave(EdgeNode node, MetricFeed member) {
        synchronized (nodes) {
            if (node.leave(member)) {
                nodes.values().remove(node);
            }
        }
    }

    private void endUnused(SharedSession session) {
        synchronized (this) {
            if (!session.isUnused() || !sessions.remove(session)) {
                return;
            }
        }
        close(session);
    }

    /** The session is lost: its client still has threads and a socket. */
    private void end(SharedSession session) {
        synchronized (this) {
            if (session == null || !sessions.remove(session)) {
                return;
            }
        }
        close(session);
    }

    /** The driver goes. */
    void close() {
        List<SharedSession> all;
        synchronized (this) {
            all = List.copyOf(sessions);
            sessions.clear();
        }
        all.forEach(SharedSession::close);
    }

    /** How many connections there are. */
    synchronized int connections() {
        return sessions.size();
    }

    private void close(SharedSession session) {
        world.calls()
                .submit(
                        "mqtt:" + key.address(),
                        () -> {
                            session.close();
                            return session;
                        },
                        Duration.ofSeconds(10),
                        world.loop(),
                        done -> {});
    }
}
