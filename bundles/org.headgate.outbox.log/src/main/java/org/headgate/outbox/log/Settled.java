package org.headgate.outbox.log;

import java.util.Map;
import java.util.TreeMap;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/**
 * Which rows of a log are settled (acknowledged, dropped, or lost with damage), by their ordinals: all below a floor and some
 * runs above it. While a backlog is sent there is a run for what of the live lane is settled, and for a moment one for each batch that
 * was acknowledged before its predecessor; so there are few of them however long it takes. Whoever calls holds the flow's monitor.
 */
final class Settled {
    private long floor;
    /** The runs above the floor: first ordinal, and the one behind the last; they do not touch. */
    private final TreeMap<Long, Long> runs = new TreeMap<>();

    /** All ordinals below are settled, this one is not. */
    long floor() {
        return floor;
    }

    /** The ordinal behind the last one that is settled. */
    long end() {
        return runs.isEmpty() ? floor : runs.lastEntry().getValue();
    }

    /** How many runs there are above the floor. */
    int size() {
        return runs.size();
    }

    /** The first ordinal from this one on that is not settled. */
    long next(long ordinal) {
        if (ordinal < floor) {
            return floor;
        }
        Map.Entry<Long, Long> run = runs.floorEntry(ordinal);
        return run == null ? ordinal : Math.max(ordinal, run.getValue());
    }

    boolean contains(long ordinal) {
        return next(ordinal) != ordinal;
    }

    /** How many ordinals between two are settled. */
    long count(long from, long to) {
        if (to <= from) {
            return 0;
        }
        long count = Math.max(0, Math.min(to, floor) - from);
        Long first = runs.floorKey(from);
        for (Map.Entry<Long, Long> run :
                runs.subMap(first == null ? from : first, to).entrySet()) {
            count += Math.max(0, Math.min(to, run.getValue()) - Math.max(from, run.getKey()));
        }
        return count;
    }

    /** Settles the ordinals between two; returns how many of them were not settled before. */
    long add(long from, long to) {
        long first = Math.max(from, floor);
        if (to <= first) {
            return 0;
        }
        final long fresh = to - first - count(first, to);
        long start = first;
        long end = to;
        for (Map.Entry<Long, Long> run = runs.floorEntry(to);
                run != null && run.getValue() >= first;
                run = runs.floorEntry(to)) {
            start = Math.min(start, run.getKey());
            end = Math.max(end, run.getValue());
            runs.remove(run.getKey());
        }
        if (start == floor) {
            floor = end;
        } else {
            runs.put(start, end);
        }
        return fresh;
    }

    /** Settles what others have settled. */
    void addAll(Settled others) {
        add(0, others.floor);
        others.runs.forEach(this::add);
    }

    /** A copy of what lies below an ordinal. */
    Settled below(long limit) {
        Settled copy = new Settled();
        copy.floor = Math.min(floor, limit);
        runs.headMap(limit).forEach((from, to) -> copy.runs.put(from, Math.min(to, limit)));
        return copy;
    }

    void put(ByteOutput out) {
        out.putVarint(floor);
        out.putVarint(runs.size());
        long end = floor;
        for (Map.Entry<Long, Long> run : runs.entrySet()) {
            out.putVarint(run.getKey() - end);
            out.putVarint(run.getValue() - run.getKey());
            end = run.getValue();
        }
    }

    static Settled get(ByteInput in) {
        Settled read = new Settled();
        read.floor = in.getVarint();
        long end = read.floor;
        for (int left = in.getCount(); left > 0; left--) {
            long from = end + in.getVarint();
            end = from + in.getVarint();
            read.add(from, end);
        }
        return read;
    }

    @Override
    public String toString() {
        return "below " + floor + ", " + runs;
    }
}
