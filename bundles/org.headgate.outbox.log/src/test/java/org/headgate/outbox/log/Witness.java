package org.headgate.outbox.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;

/**
 * What the world outside has seen of one log through all its processes, and what it was promised. Each row has a number of its own,
 * ascending. It throws as soon as a promise is broken.
 */
final class Witness {
    /** How long after an acknowledgement its row may come again: the cursor is saved once a second. */
    private static final long SAFE_NANOS = 1_050_000_000L;

    /** How far apart rows of one commit may be that fall into two segments. */
    private static final int COMMIT = 100;

    private final boolean always;
    private final boolean capped;
    private final List<Fact> facts = new ArrayList<>();
    /** Rows that were appended by this process and are not known to be on disk, in order. */
    private final ArrayDeque<Fact> memory = new ArrayDeque<>();
    /** Rows that were settled a moment ago. */
    private final ArrayDeque<Fact> settling = new ArrayDeque<>();

    private final Map<String, OutboxBatch> known = new HashMap<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, Long> reported = new HashMap<>();
    private final Map<String, Order> orders = new HashMap<>();
    private String own = "";
    private long risk;
    /** Rows that were crowded out since the last crash: before the log was closed, and since. */
    private long before;

    private long crowdedOut;
    private boolean full;

    /**
     * Nothing has been seen yet.
     *
     * @param always nothing is given out before it is durable
     * @param capped the log may become full, and drops its oldest rows then
     */
    Witness(boolean always, boolean capped) {
        this.always = always;
        this.capped = capped;
    }

    /** The same knowledge, after {@link #crashed}: what follows may go one way or another. */
    Witness copy() {
        Witness copy = new Witness(always, capped);
        for (Fact fact : facts) {
            copy.facts.add(fact.copy());
        }
        copy.known.putAll(known);
        copy.acknowledged.addAll(acknowledged);
        copy.reported.putAll(reported);
        copy.risk = risk;
        return copy;
    }

    /** What came last in each lane since the link is up. */
    private static final class Order {
        final long[] position = {-1, -1};
        final long[] seq = {-1, -1};
        final long[] row = {-1, -1};
        long firstLive = Long.MAX_VALUE;
    }

    /** The log is open, under an identity of its own. */
    void opened(String identity) {
        own = identity;
    }

    /** A row is about to be appended; returns its number. */
    long appended(String stream) {
        Fact fact = new Fact(stream, facts.size());
        facts.add(fact);
        memory.add(fact);
        return fact.number;
    }

    /**
     * The log says how many rows a power cut would cost now.
     *
     * @param last whether these are the last ones: rows that went past a failing disk come to it by batches
     */
    void atRisk(long rows, boolean last) {
        risk = rows;
        if (always && last) {
            // What was settled out of memory is no risk, wherever it stands.
            memory.removeIf(fact -> fact.settled);
            while (memory.size() > rows) {
                memory.removeFirst().durable = true;
            }
        } else if (rows == 0) {
            // What is settled was, it may be, never written.
            memory.forEach(fact -> fact.durable |= !fact.settled);
            memory.clear();
        }
    }

    /** A link is there: everything that is not settled comes again. */
    void linked() {
        orders.clear();
    }

    /** A batch was given out. */
    void given(OutboxBatch batch, Lane lane) {
        String identity = World.identity(batch);
        OutboxBatch before = known.putIfAbsent(identity, batch);
        require(before == null || World.same(before, batch), "two contents for", identity);
        Order order = orders.computeIfAbsent(batch.stream(), missing -> new Order());
        int index = lane.ordinal();
        require(batch.position() > order.position[index], "position goes back at", identity);
        Order numbers = orders.computeIfAbsent(batch.stream() + "/" + batch.log(), missing -> new Order());
        require(batch.seq() > numbers.seq[index], "seq goes back at", identity);
        order.position[index] = batch.position();
        numbers.seq[index] = batch.seq();
        for (Row row : batch.rows()) {
            Fact fact = facts.get((int) row.asLong(0));
            require(Rows.isRow(row, fact.number), "another content of row", fact.number);
            require(fact.stream.equals(batch.stream()), "another stream of row", fact.number);
            comesBack(fact);
            require(!fact.settled, "came again although it was settled: row", fact.number);
            require(!fact.safe, "came again although it was settled long before a crash: row", fact.number);
            require(fact.number > order.row[index], "out of order: row", fact.number);
            order.row[index] = fact.number;
            if (lane == Lane.LIVE) {
                order.firstLive = Math.min(order.firstLive, fact.number);
            } else {
                require(fact.number < order.firstLive, "younger than a live one: row", fact.number);
            }
            // What goes past a failing disk has another identity, and is at risk until it is settled.
            fact.durable |= always && batch.log().equals(own);
        }
    }

    /**
     * A row that was never durable and was not there after a crash may still lie where a file of the same name is begun later: nobody
     * was promised that it is gone, but that nothing younger of its stream has come before it.
     */
    private void comesBack(Fact fact) {
        if (fact.lost) {
            fact.lost = false;
            facts.subList((int) fact.number + 1, facts.size())
                    .forEach(other -> require(
                            !other.durable || !other.stream.equals(fact.stream),
                            "came back behind younger ones: row",
                            fact.number));
        }
    }

    /** A batch was acknowledged at a time. */
    void passed(OutboxBatch batch, long now) {
        settled(batch, List.of(), now);
        told(batch);
    }

    /** Some rows of a batch were dropped at a time, the others count as passed. */
    void dropped(OutboxBatch batch, List<Integer> indexes, long now) {
        settled(batch, indexes, now);
        if (indexes.get(0) > 0) {
            // The piece with the first row tells of earlier drops, and has arrived.
            told(batch);
        }
    }

    private void told(OutboxBatch batch) {
        if (acknowledged.add(World.identity(batch))) {
            long rows =
                    batch.dropped().values().stream().mapToLong(Long::longValue).sum();
            reported.merge(batch.stream(), rows, Long::sum);
        }
    }

    private void settled(OutboxBatch batch, List<Integer> dropped, long now) {
        for (int i = 0; i < batch.rows().size(); i++) {
            Fact fact = facts.get((int) batch.rows().get(i).asLong(0));
            if (!fact.settled) {
                fact.settled = true;
                fact.settledAt = now;
                settling.add(fact);
            }
            fact.dropped |= dropped.contains(i);
            fact.passed |= !dropped.contains(i);
        }
    }

    /** Time has passed, in which the disk worked or did not. */
    void time(long now, boolean healthy) {
        if (!healthy) {
            settling.forEach(fact -> fact.settledAt = now);
        }
        while (!settling.isEmpty() && settling.peekFirst().settledAt < now - SAFE_NANOS) {
            settling.removeFirst().safe = true;
        }
    }

    /** Whether the log counts the rows that wait or are in flight now. */
    boolean agrees(FlowSnapshot flow) {
        long queued = 0;
        for (Fact fact : facts) {
            queued += fact.settled || fact.lost || fact.crowdedOut ? 0 : 1;
        }
        long now = flow.dropped().getOrDefault("outbox-full", 0L);
        before += now < crowdedOut ? crowdedOut : 0;
        crowdedOut = now;
        full |= now > 0;
        return flow.queued() <= queued && queued <= flow.queued() + (capped ? before + now : 0);
    }

    /** The process is gone. */
    void crashed() {
        settling.clear();
        orders.clear();
        for (Fact fact : facts) {
            fact.settled = fact.safe;
        }
    }

    /** Everything that a new process gives out has been {@link #given}; returns how many rows all crashes have cost. */
    int recovered(List<OutboxBatch> all) {
        Set<Long> there = new HashSet<>();
        all.forEach(batch -> batch.rows().forEach(row -> there.add(row.asLong(0))));
        long oldest = facts.stream()
                .filter(fact -> there.contains(fact.number) && !fact.lost)
                .mapToLong(fact -> fact.number)
                .min()
                .orElse(full ? Long.MAX_VALUE : 0);
        int lost = 0;
        int now = 0;
        for (Fact fact : facts) {
            if (there.contains(fact.number)) {
                fact.durable = true;
                fact.crowdedOut = false;
            } else if (fact.passed || fact.dropped && (fact.durable || fact.safe)) {
                // Nobody waits for it any more. Dropped rows are looked for in the reports.
                fact.settled = true;
            } else if (!fact.durable) {
                // What was crowded out of memory was no risk any more, and it was reported if that came to the disk.
                boolean wasNoRisk = capped && !always && fact.number - COMMIT < oldest;
                now += fact.lost || fact.dropped || wasNoRisk ? 0 : 1;
                lost++;
                fact.lost = true;
            } else if (capped && fact.number - COMMIT < oldest) {
                fact.crowdedOut = true;
            } else {
                require(false, "lost: row", fact.number + " of " + fact.stream);
            }
        }
        require(now <= risk, "lost more than it had said: rows", now);
        risk = 0;
        before = 0;
        crowdedOut = 0;
        memory.clear();
        return lost;
    }

    /** Everything was given out and acknowledged, and each stream has had one more batch: what was dropped must have been reported. */
    void assertDropsAreReported() {
        Map<String, Long> gone = new HashMap<>();
        facts.stream()
                .filter(fact -> (fact.dropped || capped && !fact.settled) && !fact.passed && !fact.lost)
                .forEach(fact -> gone.merge(fact.stream, 1L, Long::sum));
        gone.forEach((stream, rows) ->
                require(reported.getOrDefault(stream, 0L) >= rows, "dropped and not reported in", stream));
    }

    private static void require(boolean kept, String what, Object which) {
        if (!kept) {
            throw new AssertionError(what + " " + which);
        }
    }
}
