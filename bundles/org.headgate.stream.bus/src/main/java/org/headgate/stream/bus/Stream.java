package org.headgate.stream.bus;

import java.util.Arrays;
import java.util.Optional;
import org.headgate.data.api.Row;
import org.headgate.stream.api.Publisher;

/** One stream: its producer, its last row, and where its rows go. All state is guarded by the stream's monitor. */
final class Stream {
    private static final Exit[] NONE = new Exit[0];

    private final String name;
    private Exit[] exits = NONE;
    private Handle producer;
    private volatile Row last;

    Stream(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Optional<Row> last() {
        return Optional.ofNullable(last);
    }

    synchronized boolean hasProducer() {
        return producer != null;
    }

    synchronized Publisher claim() {
        if (producer != null) {
            throw new IllegalStateException("stream " + name + " has a producer already");
        }
        last = null;
        producer = new Handle();
        return producer;
    }

    synchronized void join(QueueSubscription subscription, Edge edge) {
        for (int i = 0; i < exits.length; i++) {
            if (exits[i].subscription == subscription) {
                return;
            }
            if (exits[i].edge == edge && exits[i].subscription.isParked()) {
                subscription.holds(edge);
                exits = exits.clone();
                exits[i] = new Exit(subscription, edge);
                return;
            }
        }
        subscription.holds(edge);
        exits = Arrays.copyOf(exits, exits.length + 1);
        exits[exits.length - 1] = new Exit(subscription, edge);
    }

    synchronized void leave(QueueSubscription subscription) {
        exits = Arrays.stream(exits)
                .filter(exit -> exit.subscription != subscription)
                .toArray(Exit[]::new);
    }

    private record Exit(QueueSubscription subscription, Edge edge) {}

    private final class Handle implements Publisher {
        private long emitted;

        @Override
        public void publish(Row row) {
            synchronized (Stream.this) {
                if (producer != this) {
                    return;
                }
                emitted++;
                last = row;
                for (Exit exit : exits) {
                    exit.subscription.offer(exit.edge, row);
                }
            }
        }

        @Override
        public long emitted() {
            synchronized (Stream.this) {
                return emitted;
            }
        }

        @Override
        public void close() {
            synchronized (Stream.this) {
                if (producer == this) {
                    producer = null;
                    last = null;
                }
            }
        }
    }
}
