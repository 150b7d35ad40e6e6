package org.headgate.driver.modbus;

import java.util.List;
import java.util.Optional;
import org.headgate.device.api.Readings;

/** Neighbouring points that are read by one request. Used by one thread at a time. */
final class Block {
    private static final int HEAD = 2;

    private final Table table;
    private final int start;
    private final int end;
    private final List<Point> points;
    private final int[] indexes;
    private final byte[] request;
    private Optional<ModbusException> refusal = Optional.empty();
    private long askAgain;

    /**
     * A block.
     *
     * @param points of one table
     * @param indexes the place of each in the list of channels that is read
     */
    Block(List<Point> points, int[] indexes) {
        this.points = List.copyOf(points);
        this.indexes = indexes;
        this.table = points.get(0).table();
        this.start = points.stream().mapToInt(Point::start).min().orElseThrow();
        this.end = points.stream().mapToInt(Point::end).max().orElseThrow();
        this.request = Requests.read(table, start, end - start);
    }

    List<Point> points() {
        return points;
    }

    int[] indexes() {
        return indexes;
    }

    Table table() {
        return table;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    byte[] request() {
        return request;
    }

    /** The unit has refused it, and is not asked again before some time. */
    void refused(ModbusException why, long until) {
        refusal = Optional.of(why);
        askAgain = until;
    }

    /** Why it is not worth asking; empty where it is. */
    Optional<ModbusException> refusal(long now) {
        return now - askAgain < 0 ? refusal : Optional.empty();
    }

    /**
     * Hands on the values.
     *
     * @throws AnswerException when the answer has another length
     */
    void take(byte[] answer, Readings into) throws AnswerException {
        int size = table.hasBits() ? (end - start + 7) / 8 : 2 * (end - start);
        if (answer.length != HEAD + size || (answer[1] & 0xFF) != size) {
            throw new AnswerException("the unit answers " + (answer.length - HEAD) + " bytes instead of " + size
                    + " for " + points.get(0).source());
        }
        refusal = Optional.empty();
        for (int i = 0; i < indexes.length; i++) {
            Point point = points.get(i);
            int offset = point.start() - start;
            if (table.hasBits()) {
                into.set(indexes[i], (answer[HEAD + offset / 8] >> offset % 8 & 1) != 0);
            } else {
                point.coding().read(answer, HEAD + 2 * offset, indexes[i], into);
            }
        }
    }

    /** None of the channels can be read. */
    void bad(String why, Readings into) {
        for (int i = 0; i < indexes.length; i++) {
            into.bad(indexes[i], why + " " + points.get(i).source());
        }
    }
}
