package org.headgate.driver.modbus;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads what registers a unit has. Blocks that it refuses are halved, as far as a number of requests goes. */
final class RegisterScan {
    /** What a unit may cost that refuses every second register. */
    private static final int MOST_REQUESTS = 64;

    /** Devices that take fewer registers at once than the specification's 125 mostly take so many. */
    private static final int BLOCK = 50;

    private final Asking asking;

    /** Asks one unit. */
    interface Asking {
        byte[] ask(byte[] pdu, int characters) throws IOException;
    }

    RegisterScan(Asking asking) {
        this.asking = asking;
    }

    /**
     * Reads.
     *
     * @return the registers by table; those that the unit refuses are left out
     * @throws NoAnswerException when it does not answer any more
     * @throws IOException when the line is dead
     */
    Map<String, NavigableMap<Integer, Integer>> read(Iterable<ProbeSettings.Range> ranges) throws IOException {
        Map<String, NavigableMap<Integer, Integer>> tables = new LinkedHashMap<>();
        for (ProbeSettings.Range range : ranges) {
            read(range, tables.computeIfAbsent(range.table(), any -> new TreeMap<>()));
        }
        return tables;
    }

    private void read(ProbeSettings.Range range, NavigableMap<Integer, Integer> into) throws IOException {
        Deque<int[]> blocks = new ArrayDeque<>();
        for (int from = range.from(); from <= range.to(); from += BLOCK) {
            blocks.add(new int[] {from, Math.min(from + BLOCK - 1, range.to())});
        }
        for (int requests = 0; !blocks.isEmpty() && requests < MOST_REQUESTS; requests++) {
            int[] block = blocks.remove();
            int count = block[1] - block[0] + 1;
            try {
                take(asking.ask(request(range.function(), block[0], count), 8 + 5 + 2 * count), block[0], count, into);
            } catch (ModbusException refused) {
                if (refused.code() == ModbusException.ILLEGAL_FUNCTION) {
                    return;
                }
                int middle = block[0] + count / 2;
                if (count > 1) {
                    // The large halves first: where there is a hole, the rest is not forgotten for it.
                    blocks.add(new int[] {block[0], middle - 1});
                    blocks.add(new int[] {middle, block[1]});
                }
            }
        }
    }

    private static void take(byte[] answer, int from, int count, NavigableMap<Integer, Integer> into) {
        for (int i = 0; i < count && 3 + 2 * i < answer.length; i++) {
            into.put(from + i, (answer[2 + 2 * i] & 0xFF) << 8 | answer[3 + 2 * i] & 0xFF);
        }
    }

    /** A request for registers (MODBUS Application Protocol V1.1b3, 6.3 and 6.4). */
    static byte[] request(int function, int from, int count) {
        return new byte[] {(byte) function, (byte) (from >> 8), (byte) from, (byte) (count >> 8), (byte) count};
    }
}
