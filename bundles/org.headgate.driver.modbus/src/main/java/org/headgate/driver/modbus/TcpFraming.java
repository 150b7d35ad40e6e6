package org.headgate.driver.modbus;

import java.io.IOException;
import java.util.Arrays;
import org.headgate.system.api.Deadline;

/** Modbus TCP: a header with a transaction number before each message (MODBUS Messaging on TCP/IP V1.0b, section 3.1.3). */
final class TcpFraming implements Framing {
    private static final int HEADER = 7;
    private static final int MOST_PDU = 253;
    /** One that says nothing so often may have lost its peer, whichever unit was asked. */
    private static final int MOST_SILENT = 3;
    /** On a connection on which nobody has ever answered: its peer was there just before. */
    private static final int MOST_SILENT_NEW = 30;
    /** Functions 1 to 4 read, and can be asked for twice. */
    private static final int LAST_READ = 4;

    private final Wire wire;
    private final String name;
    private final LineCounts counts;
    private final byte[] request = new byte[HEADER + MOST_PDU];
    private final Reception reception = new Reception();
    private int transaction;
    private int silent;
    /** Whether this connection was good once. */
    private boolean hasAnswered;

    TcpFraming(Wire wire, String name, LineCounts counts) {
        this.wire = wire;
        this.name = name;
        this.counts = counts;
    }

    @Override
    public byte[] exchange(int unit, byte[] pdu, Deadline deadline, User user) throws IOException {
        prepare(deadline);
        try {
            return ask(unit, pdu, deadline, user);
        } catch (AnswerException failed) {
            throw failed;
        } catch (IOException ended) {
            // Many a device hangs up behind its answer, or a little later: just when the next request is on its way.
            if (!hasAnswered || pdu[0] > LAST_READ || reception.count() > 0) {
                throw ended;
            }
            user.check();
            wire.distrust();
            prepare(deadline);
            return ask(unit, pdu, deadline, user);
        }
    }

    private void prepare(Deadline deadline) throws IOException {
        if (wire.prepare(deadline) == Wire.ANEW) {
            // Else what is left is the beginning of a frame that is late.
            reception.clear();
            silent = 0;
            hasAnswered = false;
        }
    }

    private byte[] ask(int unit, byte[] pdu, Deadline deadline, User user) throws IOException {
        send(unit, pdu, deadline);
        while (true) {
            int length = length(reception.bytes, reception.count());
            if (length == 0 || length > reception.count()) {
                if (!reception.more(wire, deadline.leftNanos(), deadline, user)) {
                    throw silence(unit, deadline);
                }
            } else if (word(reception.bytes, 0) != transaction) {
                counts.late.increment();
                reception.drop(length);
            } else {
                byte[] frame = Arrays.copyOf(reception.bytes, length);
                reception.drop(length);
                return answer(unit, pdu[0], frame);
            }
        }
    }

    private void send(int unit, byte[] pdu, Deadline deadline) throws IOException {
        transaction = transaction + 1 & 0xFFFF;
        put(request, 0, transaction);
        put(request, 2, 0);
        put(request, 4, pdu.length + 1);
        request[6] = (byte) unit;
        System.arraycopy(pdu, 0, request, HEADER, pdu.length);
        counts.requests.increment();
        wire.send(request, HEADER + pdu.length, deadline);
    }

    /**
     * How long the frame at the beginning is; 0 when that is not known yet.
     *
     * @throws IOException when no frame begins so
     */
    static int length(byte[] bytes, int count) throws IOException {
        if (count < HEADER - 1) {
            return 0;
        }
        int length = word(bytes, 4);
        if (word(bytes, 2) != 0 || length < 3 || length > MOST_PDU + 1) {
            throw new IOException(String.format(
                    "what comes is no Modbus TCP (protocol %04x, length %d): is the port right, does it want rtu-tcp?",
                    word(bytes, 2), length));
        }
        return HEADER - 1 + length;
    }

    private byte[] answer(int unit, byte function, byte[] frame) throws AnswerException {
        silent = 0;
        hasAnswered = true;
        counts.answers.increment();
        int from = frame[HEADER - 1] & 0xFF;
        if (from != unit) {
            throw new AnswerException("unit " + from + " answers instead of unit " + unit + ": is the unit right?");
        }
        byte[] pdu = Arrays.copyOfRange(frame, HEADER, frame.length);
        if (pdu[0] == (byte) (function | 0x80)) {
            throw new ModbusException(pdu[1] & 0xFF);
        }
        if (pdu[0] != function) {
            throw new AnswerException(
                    "unit " + unit + " answers function " + (pdu[0] & 0xFF) + " to function " + function);
        }
        return pdu;
    }

    /** A unit that says nothing is no fault of the line: if its peer is gone, the next connection will tell. */
    private AnswerException silence(int unit, Deadline deadline) {
        if (reception.count() > 0) {
            wire.distrust();
            return new AnswerException(name + " has sent a part of an answer only within " + deadline);
        }
        counts.silent.increment();
        if (++silent >= (hasAnswered ? MOST_SILENT : MOST_SILENT_NEW)) {
            wire.distrust();
        }
        return new NoAnswerException("no answer from unit " + unit + " within " + deadline + ": is the unit right?");
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    private static void put(byte[] bytes, int at, int word) {
        bytes[at] = (byte) (word >> 8);
        bytes[at + 1] = (byte) word;
    }
}
