package org.headgate.driver.modbus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Makes few requests of many points: neighbours go together, also over small gaps, as far as a request may reach. A point is never cut.
 *
 * @param mostRegisters how many registers a request may have
 * @param mostBits how many coils or discrete inputs
 * @param gap how many registers that nobody wants may lie between two points of a request; sixteen times as many bits
 */
record Planner(int mostRegisters, int mostBits, int gap) {
    private static final int REGISTER_BITS = 16;
    private static final Comparator<Point> BY_PLACE =
            Comparator.comparing(Point::table).thenComparingInt(Point::start).thenComparingInt(point -> -point.end());

    /** A point, and its place in the list of channels that is read. */
    private record Wanted(Point point, int index) {}

    /** Blocks that cover each point once. */
    List<Block> plan(List<Point> points, int[] indexes, Splits splits) {
        List<Wanted> sorted = new ArrayList<>();
        for (int i = 0; i < indexes.length; i++) {
            sorted.add(new Wanted(points.get(i), indexes[i]));
        }
        sorted.sort(Comparator.comparing(Wanted::point, BY_PLACE));
        List<Block> blocks = new ArrayList<>();
        List<Wanted> open = new ArrayList<>();
        int end = 0;
        for (Wanted next : sorted) {
            if (!open.isEmpty() && !joins(open.get(0).point(), end, next.point(), splits)) {
                blocks.add(block(open));
                open.clear();
            }
            end = open.isEmpty()
                    ? next.point().end()
                    : Math.max(end, next.point().end());
            open.add(next);
        }
        if (!open.isEmpty()) {
            blocks.add(block(open));
        }
        return blocks;
    }

    private boolean joins(Point first, int end, Point next, Splits splits) {
        if (first.table() != next.table()) {
            return false;
        }
        if (next.start() == first.start() && next.end() == end) {
            return true;
        }
        int all = Math.max(end, next.end());
        int most = first.table().hasBits() ? mostBits : mostRegisters;
        int between = first.table().hasBits() ? gap * REGISTER_BITS : gap;
        return all - first.start() <= most
                && next.start() - end <= between
                && splits.allow(first.table(), first.start(), next.start());
    }

    private static Block block(List<Wanted> points) {
        return new Block(
                points.stream().map(Wanted::point).toList(),
                points.stream().mapToInt(Wanted::index).toArray());
    }

    /**
     * Splits a block that a unit refuses: at its widest gap, where what nobody wants may be what is not there, or else in halves. The split is kept in mind.
     *
     * @return its parts; empty where there is nothing to split
     */
    List<Block> split(Block block, Splits splits) {
        int best = -1;
        int widest = -1;
        int end = block.start();
        int middle = block.points().size() / 2;
        for (int i = 0; i < block.points().size(); i++) {
            Point point = block.points().get(i);
            int free = Math.max(0, point.start() - end);
            boolean nearer = best < 0 || Math.abs(i - middle) < Math.abs(best - middle);
            if (point.start() > block.start() && (free > widest || free == widest && nearer)) {
                best = i;
                widest = free;
            }
            end = Math.max(end, point.end());
        }
        if (best >= 0) {
            splits.cut(block.table(), block.points().get(best).start());
        } else if (block.points().stream().anyMatch(point -> point.end() != block.end())) {
            splits.setApart(block.table(), block.start());
        } else {
            return List.of();
        }
        // Its ends stay where they are: else its last part might reach for more next time, and be refused again.
        splits.cut(block.table(), block.start());
        splits.cut(block.table(), block.points().get(block.points().size() - 1).start() + 1);
        return plan(block.points(), Arrays.copyOf(block.indexes(), block.indexes().length), splits);
    }
}
