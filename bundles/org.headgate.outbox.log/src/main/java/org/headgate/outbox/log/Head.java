package org.headgate.outbox.log;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/**
 * The first record of a segment; it stands there twice, because others depend on it, and again in the summary of a full one.
 *
 * @param log the identity of the log
 * @param number the segment's number
 * @param previous the ordinal behind all rows on disk before; older segments hold nothing valid from there on
 * @param start the ordinal of its first row; those between the two were settled in memory and are on no disk
 * @param lived the seconds that the log had lived through when the segment was begun
 */
record Head(String log, long number, long previous, long start, long lived) {
    /** What is lived of a segment whose heads are damaged: nobody knows. */
    static final long UNKNOWN = -1;

    static void put(ByteOutput out, Head head, Ledger ledger) {
        for (int copy = 0; copy < 2; copy++) {
            int begin = Frame.begin(out, Frame.SEGMENT);
            head.put(out);
            ledger.put(out);
            Frame.finish(out, begin, head.number, 0);
        }
    }

    void put(ByteOutput out) {
        out.putByte(Segment.FORMAT);
        out.putText(log);
        out.putVarint(number);
        out.putVarint(previous);
        out.putVarint(start - previous);
        out.putVarint(lived);
    }

    /** Reads a head and fills the ledger with what it says; null when it is of another format. */
    static Head get(ByteInput in, Ledger ledger) {
        Head head = get(in);
        if (head != null) {
            ledger.get(in);
        }
        return head;
    }

    static Head get(ByteInput in) {
        if (in.getByte() != Segment.FORMAT) {
            return null;
        }
        String log = in.getText();
        long number = in.getVarint();
        long previous = in.getVarint();
        return new Head(log, number, previous, previous + in.getVarint(), in.getVarint());
    }
}
