package org.headgate.driver.modbus;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.system.api.kit.SimulatedSystem;

/** A medium with units, each at its own settings, in simulated time: an answer takes 10 ms, a silent one what is allowed. */
final class FakeLines implements UnitScan.Opening {
    private static final Duration ANSWER = Duration.ofMillis(10);

    final SimulatedSystem system = new SimulatedSystem(5);
    final List<String> asked = new ArrayList<>();
    /** Units by {@code PLACE,unit=N}: register and value. */
    final Map<String, Map<Integer, Integer>> units = new TreeMap<>();
    /** What a unit answers every request with, by the same key: an exception code; 0 for bytes that make no sense. */
    final Map<String, Integer> refusals = new TreeMap<>();
    /** Why no answer of a unit is believed, by the same key. */
    final Map<String, String> troubles = new TreeMap<>();
    /** Places that are open for others. */
    final List<String> taken = new ArrayList<>();
    /** The most registers that a unit gives at once. */
    int most = 125;

    Runnable onAsk = () -> {};
    int open;

    @Override
    public Line open(BusAddress address, Duration timeout) throws IOException {
        String place = ProbedUnit.place(address);
        if (taken.contains(place)) {
            throw new IOException(address.medium() + " is open for another device with other settings");
        }
        open++;
        return new Line() {
            @Override
            public byte[] exchange(int unit, byte[] pdu, Duration patience) throws IOException {
                onAsk.run();
                return answer(place + ",unit=" + unit, pdu, patience);
            }

            @Override
            public boolean isShared() {
                return false;
            }

            @Override
            public LineCounts counts() {
                return new LineCounts();
            }

            @Override
            public void close() {
                open--;
            }
        };
    }

    private byte[] answer(String unit, byte[] pdu, Duration patience) throws IOException {
        asked.add(unit);
        if (troubles.containsKey(unit)) {
            throw new AnswerException(troubles.get(unit));
        }
        Integer refusal = refusals.get(unit);
        Map<Integer, Integer> registers = units.get(unit);
        if (registers == null && refusal == null) {
            system.advance(patience);
            throw new NoAnswerException("not a byte came");
        }
        system.advance(ANSWER);
        if (refusal != null) {
            throw refusal == 0 ? new BadChecksumException("bad checksum") : new ModbusException(refusal);
        }
        int from = (pdu[1] & 0xFF) << 8 | pdu[2] & 0xFF;
        int count = (pdu[3] & 0xFF) << 8 | pdu[4] & 0xFF;
        if (count > most) {
            throw new ModbusException(ModbusException.ILLEGAL_VALUE);
        }
        byte[] answer = new byte[2 + 2 * count];
        answer[0] = pdu[0];
        answer[1] = (byte) (2 * count);
        for (int i = 0; i < count; i++) {
            Integer value = pdu[0] == 3 ? registers.get(from + i) : null;
            if (value == null) {
                throw new ModbusException(ModbusException.ILLEGAL_ADDRESS);
            }
            answer[2 + 2 * i] = (byte) (value >> 8);
            answer[3 + 2 * i] = (byte) (int) value;
        }
        return answer;
    }
}
