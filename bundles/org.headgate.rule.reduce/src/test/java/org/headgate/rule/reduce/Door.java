package org.headgate.rule.reduce;

import java.util.ArrayList;
import java.util.List;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Holding;

/** What a rule does with a swinging door: the rows that went out, and how wrong the lines between them are. */
final class Door {
    final Frame frame = new Frame("door");
    final List<Row> out = new ArrayList<>();
    final List<Row> in = new ArrayList<>();
    /** The row that the engine holds; never more than one. */
    Row held;

    /** For each row that came in, the index of the row that had gone out last, once it was judged. */
    private final List<Integer> lineFrom = new ArrayList<>();

    Holding door;

    Door(Expression... arguments) {
        door = (Holding) Series.compile("swinging_door", arguments);
    }

    Holding.Decision offer(Row row) {
        return offer(row, row.timeNanos());
    }

    Holding.Decision offer(Row row, long nowNanos) {
        while (held != null && door.dueNanos() <= nowNanos) {
            out.add(held);
            held = null;
            door.released();
        }
        in.add(row);
        frame.enter(row);
        frame.now(nowNanos);
        Holding.Decision decision = door.offer(frame);
        switch (decision) {
            case PASS -> out.add(row);
            case REPLACE -> held = row;
            case RELEASE -> {
                out.add(held);
                held = row;
            }
            case SKIP -> {}
        }
        lineFrom.add(out.size() - 1);
        return decision;
    }

    void finish() {
        if (held != null) {
            out.add(held);
            held = null;
            door.released();
        }
    }

    /** How often the worst row is further off than it may be; 1 is the promise. */
    double worst(double d) {
        double worst = 0;
        for (int i = 0; i < in.size(); i++) {
            Row row = in.get(i);
            if (!row.isNull(0) && !out.contains(row)) {
                double error = error(row, out.get(lineFrom.get(i)), lineFrom.get(i));
                double scale = Math.abs(row.asDouble(0)) * 1e-12;
                worst = Math.max(worst, (error - scale) / d);
            }
        }
        return worst;
    }

    private double error(Row row, Row from, int index) {
        long t = row.timeNanos();
        double error = t == from.timeNanos() ? Math.abs(from.asDouble(0) - row.asDouble(0)) : Double.POSITIVE_INFINITY;
        if (index + 1 < out.size()) {
            Row to = out.get(index + 1);
            if (t >= from.timeNanos() && t <= to.timeNanos() && from.timeNanos() < to.timeNanos()) {
                double portion = (double) (t - from.timeNanos()) / (to.timeNanos() - from.timeNanos());
                double line = from.asDouble(0) * (1 - portion) + to.asDouble(0) * portion;
                error = Math.min(error, Math.abs(line - row.asDouble(0)));
            }
        }
        return error;
    }
}
