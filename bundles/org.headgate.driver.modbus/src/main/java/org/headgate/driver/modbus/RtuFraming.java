package org.headgate.driver.modbus;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.headgate.system.api.Deadline;

/**
 * Modbus RTU, on a serial port or through a device server. An answer is looked for in whatever comes: before it may stand noise of a line that is turned round, the
 * request itself where the adapter hears what it sends, or an answer that is late.
 */
final class RtuFraming implements Framing {
    /** Adapters on USB hand on what they have every 16 ms, device servers later: a pause of that kind ends no frame. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** A unit that is slower than its time-out is mostly not slower than that. */
    static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** What everybody needs to do what was broadcast (Modbus over serial line V1.02, section 2.4.1: 100 to 200 ms). */
    private static final long TURNAROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Wire wire;
    private final BusAddress address;
    private final LineCounts counts;
    private final Reception reception = new Reception();
    private boolean hasEcho;
    /** Until when an answer of each unit may be on its way that nobody waits for any more; 0 for one whose last was right. */
    private final long[] openUntil = new long[256];

    RtuFraming(Wire wire, BusAddress address, LineCounts counts) {
        this.wire = wire;
        this.address = address;
        this.counts = counts;
    }

    @Override
    public byte[] exchange(int unit, byte[] pdu, Deadline deadline, User user) throws IOException {
        if (wire.prepare(deadline) > 0) {
            counts.late.increment();
        }
        settle(unit, deadline, user);
        byte[] request = RtuFrame.of(unit, pdu);
        reception.clear();
        counts.requests.increment();
        if (unit == 0) {
            wire.send(request, request.length, deadline);
            awaitTurnaround(deadline, user);
            return new byte[0];
        }
        boolean isOpen = true;
        try {
            wire.send(request, request.length, deadline);
            byte[] answer = answer(unit, request, deadline, user);
            isOpen = false;
            return judged(answer);
        } catch (BadChecksumException damaged) {
            // That was it, unless it was still coming.
            isOpen = deadline.leftNanos() == 0;
            throw damaged;
        } finally {
            openUntil[unit] = isOpen ? deadline.clock().monotonicNanos() + SETTLED_NANOS : 0;
        }
    }

    private byte[] answer(int unit, byte[] request, Deadline deadline, User user) throws IOException {
        RtuSearch search = new RtuSearch(request, hasEcho);
        while (true) {
            byte[] answer = search.find(reception, false);
            if (answer == null) {
                // What is left may be noise before the answer, or the answer, damaged: then nothing more comes.
                boolean some = reception.count() >= RtuFrame.SHORTEST;
                long patience = some ? PAUSE_NANOS : deadline.leftNanos();
                boolean more = !reception.isFull() && reception.more(wire, patience, deadline, user);
                answer = more ? null : search.find(reception, true);
                if (!more && answer == null) {
                    counts.late.add(search.skipped());
                    throw failure(unit, search, deadline);
                }
            }
            if (answer != null) {
                hasEcho = search.hasEcho();
                counts.late.add(search.skipped());
                return answer;
            }
        }
    }

    /** The answer that a unit did not give in time may be on its way, and may look like the next one: frames carry no number. */
    private void settle(int unit, Deadline deadline, User user) throws IOException {
        long left = openUntil[unit] - deadline.clock().monotonicNanos();
        if (openUntil[unit] != 0 && left > 0) {
            reception.clear();
            Deadline end = Deadline.in(Duration.ofNanos(Math.min(left, deadline.leftNanos() / 2)), deadline.clock());
            while (reception.more(wire, left, end, user)) {
                reception.clear();
                counts.late.increment();
            }
        }
    }

    private void awaitTurnaround(Deadline deadline, User user) throws IOException {
        Deadline end =
                Deadline.in(Duration.ofNanos(Math.min(TURNAROUND_NANOS, deadline.leftNanos())), deadline.clock());
        while (reception.more(wire, TURNAROUND_NANOS, end, user)) {
            reception.clear();
        }
    }

    private byte[] judged(byte[] pdu) throws ModbusException {
        counts.answers.increment();
        if ((pdu[0] & 0x80) != 0) {
            throw new ModbusException(pdu[1] & 0xFF);
        }
        return pdu;
    }

    private AnswerException failure(int unit, RtuSearch search, Deadline deadline) {
        String from = "from unit " + unit + " on "
                + address.serial().map(port -> port.name()).orElse(address.medium());
        hasEcho = search.hasEcho();
        if (reception.count() == 0 && search.skipped() == 0) {
            counts.silent.increment();
            return new NoAnswerException(
                    "no answer " + from + " within " + deadline + ": not a byte came; wiring, A/B swapped, unit?"
                            + (search.hasEcho() ? " (our own request came back: the adapter has an echo)" : ""));
        }
        if (reception.count() == 0) {
            return new AnswerException(
                    "no answer " + from + " within " + deadline + ": others have answered; two masters on the line?");
        }
        counts.damaged.increment();
        return new BadChecksumException("bad checksum " + from + " (" + reception.count() + " bytes came, " + printed()
                + "): baud rate, parity?");
    }

    private String printed() {
        StringBuilder hex = new StringBuilder();
        for (byte one : Arrays.copyOf(reception.bytes, Math.min(reception.count(), 8))) {
            hex.append(String.format("%02x", one));
        }
        return reception.count() > 8 ? hex + "..." : hex.toString();
    }
}
