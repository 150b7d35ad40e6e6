package org.headgate.rule.functions;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/** How often something has happened, and when last. */
public final class Hits implements Checkpointed {
    private long count;
    private long lastNanos;

    /** It happened, at this time in nanoseconds since the epoch. */
    public void hit(long epochNanos) {
        count++;
        lastNanos = epochNanos;
    }

    /** How often it has happened. */
    public long count() {
        return count;
    }

    /** When it happened last, in nanoseconds since the epoch; 0 for never. */
    public long lastNanos() {
        return lastNanos;
    }

    @Override
    public void save(ByteOutput out) {
        out.putVarint(count);
        out.putZigzag(lastNanos);
    }

    @Override
    public void load(ByteInput in) {
        long newCount = in.getVarint();
        lastNanos = in.getZigzag();
        count = newCount;
    }
}
