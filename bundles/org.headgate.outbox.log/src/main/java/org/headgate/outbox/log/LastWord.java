package org.headgate.outbox.log;

import java.io.IOException;
import java.util.TreeMap;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/** What a log has said last of what is settled. */
final class LastWord {
    private LastWord() {}

    /**
     * What was settled when the newest of all that is left was written: newer than the cursor, it may be. A torn last segment may have lost
     * what it said; then the one before it knows what was deleted last.
     */
    static Settled settled(TreeMap<Long, Head> heads, Storage folder, Window window) throws IOException {
        Ledger newest = new Ledger();
        boolean told = false;
        for (long number : heads.descendingKeySet()) {
            try (StorageFile file = folder.open(Segment.file(number))) {
                int size = Recovery.size(file);
                window.over(file, number);
                for (Frame frame = window.next(0, size); frame != null; frame = window.next(frame.end(), size)) {
                    told |= isLedger(frame, window, newest);
                }
            }
            if (told) {
                break;
            }
        }
        return newest.settled();
    }

    /**
     * Whether a record says what was settled; then it is read. A summary does not count: it takes the reports for made that batches of its
     * own commit carry, and they may be torn.
     */
    private static boolean isLedger(Frame frame, Window window, Ledger into) {
        try {
            if (frame.type() == Frame.SEGMENT) {
                return Head.get(window.payload(frame), into) != null;
            }
            if (frame.type() == Frame.DROPPED) {
                into.getUnreported(window.payload(frame));
                return true;
            }
        } catch (RuntimeException malformed) {
            // As if it had said nothing.
        }
        return false;
    }
}
