package org.headgate.rule.reduce;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Holding;

/**
 * The swinging door (E. H. Bristol, "Swinging door trending", ISA 1990), in the variant that keeps its promise: drawing straight lines
 * between the rows that went out, by the rows' own times, is never wrong by more than {@code d} for any row in between. From the last row
 * that went out, through each row since then plus and minus {@code d}, goes a corridor of slopes; the newest row is held as long as the line
 * to it lies in the corridor of all before it, so the line may end there at any time. A row that leaves it makes the held one go out.
 *
 * <p>A row without x cannot be drawn, and does not go out. Two rows of one time with values further apart than {@code d} both go out, and so
 * does a row whose time is before the one that went out: lines are drawn in the order of going out. The width may differ from row to row.
 */
final class SwingingDoor implements Holding {
    private final Expression value;
    private final Expression width;
    private final Span gap;

    /** A row has gone out: the line begins here. */
    private boolean anchored;

    private long anchorNanos;
    private double anchor;
    /** When it went out, by the rule's clock. */
    private long outNanos;

    private boolean holds;
    private long heldNanos;
    private double held;
    /** No slope at all fits when they have crossed. */
    private double least;

    private double greatest;
    private long gapNanos = Long.MAX_VALUE;

    /** The gap may be missing: {@code null}. */
    SwingingDoor(Expression value, Expression width, Expression gap) {
        this.value = value;
        this.width = width;
        this.gap = gap == null ? null : new Span("swinging_door", gap);
    }

    @Override
    public Decision offer(Frame frame) {
        double x = value.evalDouble(frame);
        if (frame.isNull() || !Double.isFinite(x)) {
            return Decision.SKIP;
        }
        double d = width.evalDouble(frame);
        if (frame.isNull() || !(d >= 0)) {
            frame.fail("swinging_door: expected a d of 0 or more, found " + (frame.isNull() ? "null" : d));
            d = 0;
        }
        gapNanos = gap == null ? Long.MAX_VALUE : gap.nanos(frame);
        long nanos = frame.row().timeNanos();
        if (!anchored) {
            anchored = true;
            anchorAt(nanos, x, frame.nowNanos());
            return Decision.PASS;
        }
        if (holds && (!reaches(nanos, x) || frame.nowNanos() >= dueNanos())) {
            anchorAt(heldNanos, held, frame.nowNanos());
            hold(nanos, x, d);
            return Decision.RELEASE;
        }
        if (!holds && nanos == anchorNanos && Math.abs(x - anchor) <= d) {
            return Decision.SKIP;
        }
        hold(nanos, x, d);
        return Decision.REPLACE;
    }

    /** Whether the line from the anchor to here stays within reach of all rows in between. */
    private boolean reaches(long nanos, double x) {
        if (nanos < heldNanos) {
            return false;
        }
        // Not finite at the anchor's own time, and between numbers too far apart.
        double slope = (x - anchor) / (double) (nanos - anchorNanos);
        return Double.isFinite(slope) && slope >= least && slope <= greatest;
    }

    private void hold(long nanos, double x, double d) {
        holds = true;
        heldNanos = nanos;
        held = x;
        double distance = nanos - anchorNanos;
        if (distance > 0) {
            // Rounding never makes the corridor wider than the rounding of x itself.
            least = Math.max(least, (x - d - anchor) / distance);
            greatest = Math.min(greatest, (x + d - anchor) / distance);
        } else if (distance < 0 || Math.abs(x - anchor) > d) {
            least = Double.POSITIVE_INFINITY;
            greatest = Double.NEGATIVE_INFINITY;
        }
    }

    private void anchorAt(long nanos, double x, long nowNanos) {
        anchorNanos = nanos;
        anchor = x;
        outNanos = nowNanos;
        holds = false;
        least = Double.NEGATIVE_INFINITY;
        greatest = Double.POSITIVE_INFINITY;
    }

    @Override
    public void released() {
        if (holds) {
            long due = dueNanos();
            anchorAt(heldNanos, held, due == Long.MAX_VALUE ? outNanos : due);
        }
    }

    @Override
    public long dueNanos() {
        // Saturating: a gap of 300 years is none.
        return holds && gapNanos < Long.MAX_VALUE - Math.max(0, outNanos) ? outNanos + gapNanos : Long.MAX_VALUE;
    }

    @Override
    public void save(ByteOutput out) {
        out.putByte((anchored ? 1 : 0) | (holds ? 2 : 0));
        out.putZigzag(anchorNanos);
        out.putDouble(anchor);
        out.putZigzag(outNanos);
        out.putZigzag(heldNanos);
        out.putDouble(held);
        out.putDouble(least);
        out.putDouble(greatest);
        out.putZigzag(gapNanos);
    }

    @Override
    public void load(ByteInput in) {
        int flags = in.getByte();
        if (flags > 3) {
            throw new IllegalArgumentException("expected flags up to 3, found " + flags);
        }
        anchored = (flags & 1) != 0;
        holds = (flags & 2) != 0;
        anchorNanos = in.getZigzag();
        anchor = in.getDouble();
        outNanos = in.getZigzag();
        heldNanos = in.getZigzag();
        held = in.getDouble();
        least = in.getDouble();
        greatest = in.getDouble();
        gapNanos = in.getZigzag();
    }
}
