package org.headgate.rule.aggregates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/**
 * The rows whose key did not occur before in the group, or the newest row when its key did not. Null is a key like any other. It keeps
 * {@link Values#MAX} keys at most; a row with a further one is a failure, and counts as a duplicate.
 */
final class Deduplicated implements Accumulator, Result.OfObject {
    private final Expression key;
    private final Expression all;
    /** Each key with its first row, in order; without rows when only the newest is wanted. */
    private final Map<Object, Object> rows = new LinkedHashMap<>();

    private long bytes;
    private boolean any;
    private boolean wantsAll;
    private Object newestKey;
    private Object newest;

    Deduplicated(Expression key, Expression all) {
        this.key = key;
        this.all = all;
    }

    @Override
    public void add(Frame frame) {
        wantsAll = all.evalBoolean(frame);
        Object value = key.evalObject(frame);
        newestKey = Values.key(frame.isNull() ? null : value);
        newest = null;
        any = true;
        if (rows.containsKey(newestKey)) {
            return;
        }
        if (rows.size() >= Values.MAX) {
            frame.fail(CollectingAccumulators.full("deduplicate"));
            return;
        }
        newest = Values.struct(frame);
        rows.put(newestKey, wantsAll ? newest : null);
        bytes += size(newestKey, wantsAll ? newest : null);
    }

    @Override
    public Object asObject(Frame frame) {
        frame.setNull(!any || !wantsAll && newest == null);
        return wantsAll && any ? new ArrayList<>(rows.values()) : newest;
    }

    @Override
    public boolean grows() {
        return true;
    }

    @Override
    public long grownBytes() {
        return bytes;
    }

    @Override
    public void merge(Accumulator newer) {
        Deduplicated other = (Deduplicated) newer;
        if (!other.any) {
            return;
        }
        any = true;
        wantsAll = other.wantsAll;
        newestKey = other.newestKey;
        newest = rows.containsKey(newestKey) ? null : other.newest;
        other.rows.forEach((itsKey, row) -> {
            if (rows.size() < Values.MAX) {
                if (rows.putIfAbsent(itsKey, row) == null) {
                    bytes += size(itsKey, row);
                }
            }
        });
    }

    private static long size(Object key, Object row) {
        return Values.bytes(key) + Values.bytes(row);
    }

    @Override
    public void save(ByteOutput out) {
        Values.flag(out, any);
        Values.flag(out, wantsAll);
        Values.save(out, newestKey);
        Values.save(out, newest);
        out.putVarint(rows.size());
        rows.forEach((itsKey, row) -> {
            Values.save(out, itsKey);
            Values.save(out, row);
        });
    }

    @Override
    public void load(ByteInput in) {
        any = Values.flag(in);
        wantsAll = Values.flag(in);
        newestKey = Values.key(Values.load(in));
        newest = Values.load(in);
        rows.clear();
        bytes = 0;
        for (int left = Values.count(in); left > 0; left--) {
            Object itsKey = Values.key(Values.load(in));
            Object row = Values.load(in);
            rows.put(itsKey, row);
            bytes += size(itsKey, row);
        }
    }
}
