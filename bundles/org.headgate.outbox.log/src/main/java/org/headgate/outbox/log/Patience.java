package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.headgate.system.api.Storage;

/**
 * What the opening of a log makes of bytes that it cannot read. Only what is read decides what is good: a disk that comes late or fails for a
 * while is waited for, as who opens the log tries again. What stays unreadable while the disk reads otherwise is damaged, in the end.
 *
 * @param failures openings that have failed, one after the other
 */
record Patience(int failures) {
    /** So many failures, and bad blocks are damage. */
    private static final int BLOCKS = 2;
    /** So many, and it is a whole file, too: half a minute, at two seconds a try. */
    private static final int FILES = 15;

    /** For the bytes of segments. */
    Damage damage(Storage folder) {
        return new Damage(folder, failures < BLOCKS ? Integer.MAX_VALUE : 0);
    }

    /** Gives up a file of which nothing can be read, or throws. */
    void giveUp(Storage folder, IOException why) throws IOException {
        if (why instanceof AccessDeniedException denied) {
            // Nothing is wrong with it, and somebody can mend that.
            throw new IOException(denied.getFile() + " cannot be read (expected: a file of the gateway's user)", why);
        }
        if (failures < FILES || !new Damage(folder, 0).othersRead()) {
            throw why;
        }
    }
}
