package org.headgate.driver.modbus;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Where one unit's registers cannot be read across. Known for as long as the driver runs, so that a unit that comes back is not asked in vain; but a block is
 * tried as a whole now and then, for a unit that starts may refuse for a while what it has. Thread-safe.
 */
final class Splits {
    /** A block as it was planned, before anything was refused. */
    private record Whole(Table table, int start, int end) {
        Whole(Block block) {
            this(block.table(), block.start(), block.end());
        }
    }

    private final Map<Table, TreeSet<Integer>> cuts = new EnumMap<>(Table.class);
    private final Map<Table, TreeSet<Integer>> apart = new EnumMap<>(Table.class);
    /** Until one that was cut is asked as a whole. */
    private final Waits<Whole> untilWhole = new Waits<>();
    /** Until one of which every part was refused is split again. */
    private final Waits<Whole> untilParts = new Waits<>();

    Splits() {
        for (Table table : Table.values()) {
            cuts.put(table, new TreeSet<>());
            apart.put(table, new TreeSet<>());
        }
    }

    /** What begins at an address or behind it is not read together with what begins before. */
    synchronized void cut(Table table, int before) {
        cuts.get(table).add(before);
    }

    /** Whatever begins at an address is read alone. */
    synchronized void setApart(Table table, int start) {
        apart.get(table).add(start);
    }

    /** Whether it may be worth it to read a point that begins at {@code added} in a request that begins at {@code start}. */
    synchronized boolean allow(Table table, int start, int added) {
        Integer next = cuts.get(table).higher(start);
        return (next == null || next > added)
                && !apart.get(table).contains(start)
                && !apart.get(table).contains(added);
    }

    /** Whether a block that is cut shall be tried as a whole. */
    synchronized boolean isWorthWhole(Block whole, long now) {
        return untilWhole.isOver(new Whole(whole), now);
    }

    /** Whether a block that is refused shall be split. */
    synchronized boolean isWorthParts(Block whole, long now) {
        return untilParts.isOver(new Whole(whole), now);
    }

    /** A block is read in parts from now on. */
    synchronized void partsBegin(Block whole, long now) {
        untilWhole.beginFirst(new Whole(whole), now);
    }

    /** A block that is cut was refused as a whole, once more. */
    synchronized void wholeRefused(Block whole, long now) {
        untilWhole.begin(new Whole(whole), now);
    }

    /** Every part of a block was refused: it was not the cuts that were missing. */
    synchronized void partsRefused(Block whole, long now) {
        forget(whole);
        untilParts.begin(new Whole(whole), now);
    }

    /** A block was answered as a whole. */
    synchronized void wholeAnswered(Block whole) {
        forget(whole);
        untilParts.end(new Whole(whole));
    }

    private void forget(Block whole) {
        cuts.get(whole.table()).subSet(whole.start(), true, whole.end(), true).clear();
        apart.get(whole.table()).subSet(whole.start(), true, whole.end(), true).clear();
        untilWhole.end(new Whole(whole));
    }
}
