package org.headgate.outbox.log;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/**
 * The first record of a segment; it stands there twice, because all others depend on it.
 *
 * @param log the identity of the log
 * @param number the segment's number
 * @param previous the ordinal behind all rows on disk before; older segments hold nothing valid from there on
 * @param start the ordinal of its first row; those between the two were settled in memory and are on no disk
 * @param lived the seconds that the log had lived through when the segment was begun
 */
record Head(String log, long number, long previous, long start, long lived) {
    static void put(ByteOutput out, Head head, Ledger ledger) {
        for (int copy = 0; copy < 2; copy++) {
            int begin = Frame.begin(out, Frame.SEGMENT);
            out.putByte(Segment.FORMAT);
            out.putText(head.log);
            out.putVarint(head.number);
            out.putVarint(head.previous);
            out.putVarint(head.start - head.previous);
            out.putVarint(head.lived);
            ledger.put(out);
            Frame.finish(out, begin, head.number, 0);
        }
    }

    /** Reads a head and fills the ledger with what it says; null when it is of another format. */
    static Head get(ByteInput in, Ledger ledger) {
        if (in.getByte() != Segment.FORMAT) {
            return null;
        }
        String log = in.getText();
        long number = in.getVarint();
        long previous = in.getVarint();
        Head head = new Head(log, number, previous, previous + in.getVarint(), in.getVarint());
        ledger.get(in);
        return head;
    }
}
