package org.headgate.stream.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Row;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue, filled by publishers and drained by its own loop in turns. Rows of the turn that is under way are still
 * held here: they are counted as queued until the turn is settled. Everything is guarded by {@link #lock}, which is never
 * held while the consumer runs.
 */
final class QueueSubscription implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(QueueSubscription.class);
    private static final int TURN = 256;

    private final String name;
    private final StreamNames streams;
    private final OverflowPolicy policy;
    private final RowConsumer consumer;
    private final Loop loop;
    private final Consumer<QueueSubscription> leave;
    private final Object lock;
    private final List<Edge> edges = new ArrayList<>();
    private final int capacity;
    private RowQueue queue;
    private final Row[] turnRows = new Row[TURN];
    private final Edge[] turnEdges = new Edge[TURN];
    private final boolean[] turnFailed = new boolean[TURN];
    private int turn;
    private boolean draining;
    /** Rows are taken, but not given to the consumer: it has gone, or its predecessor's rows come first. */
    private boolean parked;

    private boolean closed;
    private long failures;

    QueueSubscription(
            String name,
            StreamNames streams,
            int capacity,
            OverflowPolicy policy,
            RowConsumer consumer,
            Loop loop,
            Object lock,
            boolean parked,
            Consumer<QueueSubscription> leave) {
        this.name = name;
        this.streams = streams;
        this.policy = policy;
        this.consumer = consumer;
        this.loop = loop;
        this.lock = lock;
        this.leave = leave;
        this.capacity = capacity;
        this.queue = new RowQueue(capacity);
        this.parked = parked;
    }

    String name() {
        return name;
    }

    boolean wants(String stream) {
        return streams.contain(stream);
    }

    /** Takes rows that come by this edge from now on. */
    void holds(Edge edge) {
        edge.heldBy(this);
        synchronized (lock) {
            edges.add(edge);
        }
    }

    /** Called by a publisher. */
    void offer(Edge edge, Row row) {
        synchronized (lock) {
            edge.flow.in(1);
            if (closed) {
                edge.flow.dropped(DropReason.STOPPED, 1);
                return;
            }
            if (!enqueue(edge, row)) {
                return;
            }
            if (draining || parked) {
                return;
            }
            draining = true;
        }
        loop.execute(this::drain);
    }

    /** Puts a row into the queue by the policy; false when that changes nothing for the drain. The lock is held. */
    private boolean enqueue(Edge edge, Row row) {
        if (queue.isFull()) {
            if (policy == OverflowPolicy.DROP_NEWEST) {
                edge.flow.dropped(DropReason.QUEUE_FULL, 1);
                return false;
            }
            queue.firstEdge().flow.dropped(DropReason.QUEUE_FULL, 1);
            queue.removeFirst();
        }
        queue.add(edge, row);
        return true;
    }

    /** How many rows of an edge are here; called with the lock held. */
    long held(Edge edge) {
        long held = queue.count(edge);
        for (int i = 0; i < turn; i++) {
            if (turnEdges[i] == edge) {
                held++;
            }
        }
        return held;
    }

    @Override
    public void close() {
        leave.accept(this);
        synchronized (lock) {
            closed = true;
            while (queue.size() > 0) {
                queue.firstEdge().flow.dropped(DropReason.STOPPED, 1);
                queue.removeFirst();
            }
            if (turn == 0) {
                release();
            }
        }
    }

    @Override
    public void handOver(Duration patience) {
        synchronized (lock) {
            if (closed || parked) {
                return;
            }
            parked = true;
        }
        loop.schedule(patience, () -> {
            if (isParked()) {
                close();
            }
        });
    }

    boolean isParked() {
        synchronized (lock) {
            return parked && !closed;
        }
    }

    /** Whether it holds a stream of these names: its rows are for whoever wants that stream next. */
    boolean hasAnyOf(StreamNames names) {
        synchronized (lock) {
            return edges.stream().anyMatch(edge -> names.contain(edge.flow.from()));
        }
    }

    /** Takes the rows of the one before, which come before its own, and begins to drain. Its streams lead here already. */
    void succeed(QueueSubscription former) {
        synchronized (lock) {
            RowQueue own = queue;
            queue = new RowQueue(capacity);
            takeFrom(former.queue);
            takeFrom(own);
            parked = false;
            draining = queue.size() > 0;
            if (draining) {
                loop.execute(this::drain);
            }
        }
        former.close();
    }

    private void takeFrom(RowQueue rows) {
        while (rows.size() > 0) {
            if (edges.contains(rows.firstEdge())) {
                enqueue(rows.firstEdge(), rows.firstRow());
            } else {
                rows.firstEdge().flow.dropped(DropReason.STOPPED, 1);
            }
            rows.removeFirst();
        }
    }

    /** One turn, on the loop. */
    private void drain() {
        int count;
        synchronized (lock) {
            count = parked ? 0 : Math.min(TURN, queue.size());
            for (int i = 0; i < count; i++) {
                turnRows[i] = queue.firstRow();
                turnEdges[i] = queue.firstEdge();
                queue.removeFirst();
            }
            turn = count;
        }
        int next;
        for (int from = 0; from < count; from = next) {
            next = endOfRun(from, count);
            give(from, next);
        }
        boolean more = settle(count);
        try {
            consumer.pause();
        } catch (Throwable defect) {
            report(defect);
        }
        if (more) {
            loop.execute(this::drain);
        }
    }

    /** The rows that follow each other on one edge are handed over together. */
    private int endOfRun(int from, int count) {
        int next = from + 1;
        while (next < count && turnEdges[next] == turnEdges[from]) {
            next++;
        }
        return next;
    }

    private void give(int from, int to) {
        try {
            consumer.rows(turnEdges[from].flow.from(), turnRows, from, to, this::failed);
        } catch (Throwable defect) {
            // Whatever it is: a turn that is never settled would be the last one.
            Arrays.fill(turnFailed, from, to, true);
            report(defect);
        }
    }

    private void failed(int index, Throwable defect) {
        turnFailed[index] = true;
        report(defect);
    }

    private boolean settle(int count) {
        synchronized (lock) {
            for (int i = 0; i < count; i++) {
                if (turnFailed[i]) {
                    turnEdges[i].flow.dropped(DropReason.ERROR, 1);
                } else {
                    turnEdges[i].flow.passed(1);
                }
            }
            Arrays.fill(turnRows, 0, count, null);
            Arrays.fill(turnEdges, 0, count, null);
            Arrays.fill(turnFailed, 0, count, false);
            turn = 0;
            draining = queue.size() > 0 && !parked;
            if (closed) {
                release();
            }
            return draining;
        }
    }

    private void release() {
        edges.forEach(edge -> edge.releasedBy(this));
        loop.close();
    }

    /** A defect is logged once with its trace; how often it happens is in the counters. */
    private void report(Throwable defect) {
        if (failures++ == 0) {
            LOG.error("subscription {}: the consumer failed; further failures are counted as dropped", name, defect);
        }
    }
}
