package org.headgate.diagnostics;

import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Samples in the form in which they are kept, each decoded when it is asked for: a month of objects takes three times the heap. Behind
 * them come a few that are not kept yet. Immutable.
 */
final class Samples extends AbstractList<Sample> implements RandomAccess {
    private final ByteBuffer records;
    private final int kept;
    private final List<Sample> recent;

    /**
     * Samples of good records.
     *
     * @param records from 0 to its limit; not to be changed any more
     */
    Samples(ByteBuffer records, List<Sample> recent) {
        this.records = records;
        this.kept = records.limit() / Sample.BYTES;
        this.recent = List.copyOf(recent);
    }

    @Override
    public Sample get(int index) {
        return index < kept
                ? Sample.decode(records.duplicate().position(index * Sample.BYTES))
                        .orElseThrow()
                : recent.get(index - kept);
    }

    @Override
    public int size() {
        return kept + recent.size();
    }
}
