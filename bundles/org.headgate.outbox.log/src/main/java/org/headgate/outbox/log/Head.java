package org.headgate.outbox.log;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/**
 * The first record of a segment; it stands there twice, because all others depend on it.
 *
 * @param log the identity of the log
 * @param number the segment's number
 * @param start the ordinal of its first row; older segments hold nothing valid from there on
 * @param lived the seconds that the log had lived through when the segment was begun
 */
record Head(String log, long number, long start, long lived) {
    static void put(ByteOutput out, Head head, Ledger ledger) {
        for (int copy = 0; copy < 2; copy++) {
            int begin = Frame.begin(out, Frame.SEGMENT);
            out.putByte(Segment.FORMAT);
            out.putText(head.log);
            out.putVarint(head.number);
            out.putVarint(head.start);
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
        Head head = new Head(in.getText(), in.getVarint(), in.getVarint(), in.getVarint());
        ledger.get(in);
        return head;
    }
}
