package org.headgate.outbox.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.DropReason;

/**
 * The gaps that damage has left, as the opening finds them. Whose rows they were shows when a later batch has a higher number than
 * its stream should have; what an earlier start has reported already is left out.
 */
final class Losses {
    private final List<Loss> all = new ArrayList<>();
    private int attributed;

    private static final class Loss {
        final long from;
        final long to;
        String stream = "";

        Loss(long from, long to) {
            this.from = from;
            this.to = to;
        }
    }

    void add(long from, long to) {
        all.add(new Loss(from, to));
    }

    /** A stream's numbers have a gap: what is missing so far was its own. */
    void belongTo(String stream) {
        for (; attributed < all.size(); attributed++) {
            all.get(attributed).stream = stream;
        }
    }

    /** Tells the ledger what it does not know yet; returns how many rows that are. */
    long report(Ledger ledger) {
        long rows = 0;
        for (Loss loss : all) {
            long fresh = loss.to - loss.from - ledger.lostBetween(loss.from, loss.to);
            if (fresh > 0) {
                rows += fresh;
                ledger.lost(loss.from, fresh + ledger.lostAt(loss.from));
                if (!loss.stream.isEmpty()) {
                    ledger.dropped(loss.stream, Map.of(DropReason.CORRUPT.label(), fresh));
                }
            }
        }
        return rows;
    }
}
