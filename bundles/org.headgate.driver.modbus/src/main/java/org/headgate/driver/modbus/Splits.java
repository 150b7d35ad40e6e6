package org.headgate.driver.modbus;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;

/** Where one unit's registers cannot be read across. Known for as long as the driver runs: a unit that comes back is not asked in vain again. Thread-safe. */
final class Splits {
    private final Map<Table, TreeSet<Integer>> cuts = new EnumMap<>(Table.class);
    private final Map<Table, TreeSet<Integer>> apart = new EnumMap<>(Table.class);

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
}
