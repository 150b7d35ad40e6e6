package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/**
 * How often values of one sign occurred, in buckets whose bounds grow by a constant factor, so that a bucket's middle is never further from
 * any value in it than {@link #ERROR} of that value (DDSketch: Masson, Rim, Lee, PVLDB 12, 2019). The range of magnitudes is bounded, so
 * no bucket is ever collapsed and the error holds for each portion. At most 3,600 buckets; about 30 for values within a factor of two.
 */
final class RelativeSketch {
    /** The relative error. */
    static final double ERROR = 0.01;
    /** Smaller magnitudes count as 0. */
    static final double SMALLEST = 1e-12;
    /** Greater magnitudes are not taken: above any 64-bit integer. */
    static final double GREATEST = 1e19;

    private static final double FACTOR = (1 + ERROR) / (1 - ERROR);
    private static final double LOG = Math.log(FACTOR);
    private static final int LEAST_INDEX = index(SMALLEST);
    private static final int GREATEST_INDEX = index(GREATEST);

    private long[] counts = {};
    /** The index of the first count. */
    private int offset;

    private long total;

    private static int index(double magnitude) {
        return (int) Math.ceil(Math.log(magnitude) / LOG);
    }

    /** Counts a magnitude between {@link #SMALLEST} and {@link #GREATEST}. */
    void add(double magnitude) {
        add(index(magnitude), 1);
    }

    private void add(int index, long count) {
        if (counts.length == 0) {
            counts = new long[8];
            offset = Math.max(LEAST_INDEX, index - 4);
        }
        if (index < offset || index >= offset + counts.length) {
            grow(index);
        }
        counts[index - offset] += count;
        total += count;
    }

    private void grow(int index) {
        int from = Math.min(offset, index);
        int to = Math.max(offset + counts.length, index + 1);
        int room = Math.max(8, (to - from) / 2);
        int newOffset = index < offset ? Math.max(LEAST_INDEX, from - room) : offset;
        int newEnd = index < offset ? to : Math.min(GREATEST_INDEX + 1, to + room);
        long[] larger = new long[Math.max(newEnd, to) - newOffset];
        System.arraycopy(counts, 0, larger, offset - newOffset, counts.length);
        counts = larger;
        offset = newOffset;
    }

    long total() {
        return total;
    }

    int buckets() {
        return counts.length;
    }

    /** About the magnitude of a rank, from 1 for the smallest. */
    double magnitude(long rank) {
        long seen = 0;
        int i = 0;
        while (i < counts.length - 1 && (seen += counts[i]) < rank) {
            i++;
        }
        return 2 * Math.exp((i + offset) * LOG) / (FACTOR + 1);
    }

    void merge(RelativeSketch other) {
        for (int i = 0; i < other.counts.length; i++) {
            if (other.counts[i] > 0) {
                add(i + other.offset, other.counts[i]);
            }
        }
    }

    void save(ByteOutput out) {
        int first = 0;
        int end = counts.length;
        while (first < end && counts[first] == 0) {
            first++;
        }
        while (end > first && counts[end - 1] == 0) {
            end--;
        }
        out.putVarint(end - first);
        out.putZigzag(first + offset);
        for (int i = first; i < end; i++) {
            out.putVarint(counts[i]);
        }
    }

    void load(ByteInput in) {
        counts = new long[0];
        total = 0;
        int size = in.getCount();
        long first = in.getZigzag();
        if (size > 0 && (first < LEAST_INDEX || first + size - 1 > GREATEST_INDEX)) {
            throw new IllegalArgumentException("buckets from " + first + " to " + (first + size));
        }
        offset = (int) first;
        counts = new long[size];
        for (int i = 0; i < size; i++) {
            counts[i] = Values.rows(in);
            total = Math.addExact(total, counts[i]);
        }
    }
}
