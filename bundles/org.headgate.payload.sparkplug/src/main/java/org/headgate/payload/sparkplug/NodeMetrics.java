package org.headgate.payload.sparkplug;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.headgate.sparkplug.DataType;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.PayloadWriter;

/** What an edge node says of itself: bdSeq, the switch for births, and counters of what hosts have asked for. */
final class NodeMetrics {
    static final String BDSEQ = "bdSeq";
    static final String REBIRTH = "Node Control/Rebirth";

    private final List<Counter> counters = new ArrayList<>();
    private final Counter done;
    private final Counter refused;
    private final Counter unreadable;
    private final Counter unheard;
    private final long bdSeqAlias;

    NodeMetrics(Aliases aliases) {
        bdSeqAlias = aliases.next();
        done = counter("Commands/Done", aliases);
        refused = counter("Commands/Refused", aliases);
        unreadable = counter("Messages/Unreadable", aliases);
        unheard = counter("Messages/Unheard", aliases);
    }

    private Counter counter(String name, Aliases aliases) {
        Counter counter = new Counter(name, aliases.next());
        counters.add(counter);
        return counter;
    }

    private static final class Counter {
        private final String name;
        private final long alias;
        private long count;
        private long told;

        Counter(String name, long alias) {
            this.name = name;
            this.alias = alias;
        }
    }

    void done() {
        done.count++;
    }

    /** Something was refused; returns whether it is the first time. */
    boolean refused() {
        return refused.count++ == 0;
    }

    /** A message could not be read; returns whether it is the first time. */
    boolean unreadable() {
        return unreadable.count++ == 0;
    }

    /** So many more came while too many others waited. */
    void unheard(int messages) {
        unheard.count += messages;
    }

    /** The number of the connection, as a death has it and, with an alias, a birth. */
    static Metric bdSeq(long bdSeq, long alias, long millis) {
        return Metric.born(BDSEQ, alias, millis, DataType.INT64, Map.of(), Optional.of(bdSeq));
    }

    /** All metrics, for a birth. The switch has no alias: a host that has missed the birth must be able to name it (5.17). */
    void birth(PayloadWriter out, long bdSeq, long millis) {
        out.metric(bdSeq(bdSeq, bdSeqAlias, millis));
        out.metric(Metric.born(REBIRTH, 0, millis, DataType.BOOLEAN, Map.of(), Optional.of(false))
                .unaliased());
        for (Counter counter : counters) {
            counter.told = counter.count;
            out.metric(Metric.born(
                    counter.name, counter.alias, millis, DataType.INT64, Map.of(), Optional.of(counter.count)));
        }
    }

    /** Whether a counter has changed since it was told. */
    boolean changed() {
        return counters.stream().anyMatch(counter -> counter.told != counter.count);
    }

    /** The counters that have changed. */
    void changes(PayloadWriter out, long millis) {
        for (Counter counter : counters) {
            if (counter.told != counter.count) {
                counter.told = counter.count;
                out.metric(new Metric(
                        "",
                        OptionalLong.of(counter.alias),
                        OptionalLong.of(millis),
                        0,
                        false,
                        false,
                        Map.of(),
                        Optional.of(counter.count)));
            }
        }
    }
}
