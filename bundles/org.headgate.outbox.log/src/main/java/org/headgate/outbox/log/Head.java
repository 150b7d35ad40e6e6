package org.headgate.outbox.log;

import java.nio.ByteBuffer;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/**
 * The first record of a segment; it stands there twice, because all others depend on it.
 *
 * @param log the identity of the log
 * @param number the segment's number
 * @param start the ordinal of its first row; older segments hold nothing valid from there on
 */
record Head(String log, long number, long start) {
    static void put(ByteOutput out, Head head, Ledger ledger) {
        for (int copy = 0; copy < 2; copy++) {
            int begin = Frame.begin(out, Frame.SEGMENT);
            out.putByte(Segment.FORMAT);
            out.putText(head.log);
            out.putVarint(head.number);
            out.putVarint(head.start);
            ledger.put(out);
            Frame.finish(out, begin, head.number, 0);
        }
    }

    /** Finds the head in a segment's content and fills the ledger with what it says; null when there is none. */
    static Head find(ByteBuffer content, long number, Ledger ledger) {
        Frame frame = Frame.find(content, 0, content.capacity(), number);
        if (frame == null || frame.type() != Frame.SEGMENT) {
            return null;
        }
        ByteInput in = frame.payload(content);
        if (in.getByte() != Segment.FORMAT) {
            return null;
        }
        Head head = new Head(in.getText(), in.getVarint(), in.getVarint());
        ledger.get(in);
        return head;
    }
}
