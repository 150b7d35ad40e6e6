package org.headgate.driver.modbus;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/** A unit on a line. */
final class ModbusConnection implements Connection {
    private final Setup setup;
    private final Line line;
    private final Plans plans;
    private final BlockReader reader;
    private final Clock clock;
    private final Silence silence;
    private volatile boolean closed;

    ModbusConnection(Setup setup, Line line, Splits splits, Slowness slowness, Clock clock) {
        this.setup = setup;
        this.line = line;
        this.plans = new Plans(setup, splits);
        this.clock = clock;
        this.silence = new Silence(setup, line, slowness, clock);
        this.reader = new BlockReader(plans, splits, clock, this::ask);
    }

    /**
     * Finds out whether the unit answers: asks for the first of what will be read anyway, or else of what will be written. A refusal is an answer.
     *
     * @throws IOException when it does not
     */
    void probe(List<Channel> channels, Deadline deadline) throws IOException {
        Optional<byte[]> request = firstRequest(channels);
        if (request.isEmpty()) {
            return;
        }
        try {
            askOverNoise(request.get(), deadline, silence.atFirst());
        } catch (ModbusException refused) {
            refused.passIfAbsent();
        } catch (NoAnswerException silent) {
            throw silence.explained(silent);
        }
    }

    private Optional<byte[]> firstRequest(List<Channel> channels) {
        List<Plans.Whole> wholes = plans.wholes(
                channels.stream().filter(channel -> channel.access().canRead()).toList());
        if (!wholes.isEmpty()) {
            return Optional.of(wholes.get(0).parts().get(0).request());
        }
        return setup.points().values().stream()
                .filter(point -> !setup.address().isBroadcast())
                .findFirst()
                .map(point -> Requests.read(point.table(), point.start(), point.end() - point.start()));
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        checkOpen();
        Deadline deadline = Deadline.in(setup.patience(), clock);
        reader.read(plans.wholes(channels), deadline, into);
        if (!setup.counters().isEmpty()) {
            count(channels, into);
        }
    }

    private void count(List<Channel> channels, Readings into) {
        for (int i = 0; i < channels.size(); i++) {
            Counter counter = setup.counters().get(channels.get(i).name());
            if (counter != null) {
                into.set(i, counter.of(line.counts()));
            }
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        checkOpen();
        Point point = setup.points().get(channel.name());
        if (point == null || !point.table().isWritable()) {
            throw new IOException(channel.source() + " cannot be written");
        }
        Deadline deadline = Deadline.in(setup.patience(), clock);
        try {
            byte[] request = request(point, value, deadline);
            byte[] answer = exchange(request, deadline, setup.response());
            if (!setup.address().isBroadcast()) {
                checkTaken(answer, request, point);
            }
        } catch (ModbusException refused) {
            throw new IOException(refused.getMessage() + " " + point.source());
        }
    }

    /** Functions 5, 6 and 22 are answered by all that was asked, 15 and 16 by where and how many. */
    private static void checkTaken(byte[] answer, byte[] request, Point point) throws AnswerException {
        boolean isSingle = request[0] == 5 || request[0] == 6;
        if (differs(answer, request, isSingle ? 3 : 5)) {
            throw new AnswerException("the unit answers for another register than " + point.source());
        }
        if (isSingle && differs(answer, request, 5)) {
            throw new AnswerException("the unit has taken " + word(answer, 3) + " instead of " + word(request, 3)
                    + " for " + point.source());
        }
        if (request[0] == 22 && differs(answer, request, request.length)) {
            throw new AnswerException("the unit answers that it has taken other bits for " + point.source());
        }
    }

    private static boolean differs(byte[] answer, byte[] request, int length) {
        return answer.length < length || !Arrays.equals(answer, 0, length, request, 0, length);
    }

    private byte[] request(Point point, Object value, Deadline deadline) throws IOException {
        if (point.table() == Table.COIL) {
            boolean on = value instanceof Boolean flag ? flag : ((Number) value).doubleValue() != 0;
            return Requests.coil(point.start(), on, setup.multiple());
        }
        Coding coding = point.coding();
        byte[] registers = new byte[2 * coding.registers()];
        // Judged before anything is sent, so that a value that does not fit costs no request.
        coding.put(value, registers);
        if (coding.isPart() && setup.masks()) {
            byte[] others = {-1, -1};
            coding.put(value, others);
            return Requests.mask(point.start(), word(registers, 0) ^ word(others, 0), word(registers, 0));
        }
        if (coding.isPart()) {
            byte[] now = ask(Requests.read(Table.HOLDING, point.start(), 1), deadline);
            if (now.length != 4) {
                throw new AnswerException("the unit does not say what the other bits of " + point.source() + " are");
            }
            System.arraycopy(now, 2, registers, 0, 2);
            coding.put(value, registers);
        }
        return Requests.registers(point.start(), registers, setup.multiple());
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    /** Asks for what can be asked for twice: once more where noise has damaged the answer, or the request, which nobody answers then. */
    private byte[] ask(byte[] request, Deadline deadline) throws IOException {
        Duration most = silence.of(request);
        Deadline end = silence.end(deadline);
        try {
            return askOverNoise(request, deadline, most);
        } catch (NoAnswerException lost) {
            boolean isWorthIt = end.leftNanos() >= most.toNanos() / 2;
            if (setup.address().bus().kind() == BusAddress.Kind.TCP || !isWorthIt) {
                throw silence.unanswered(request, lost);
            }
            try {
                // The line waits for what may be late before it sends: that does not count.
                return exchange(request, end, most.plusNanos(RtuFraming.SETTLED_NANOS));
            } catch (NoAnswerException again) {
                throw silence.unanswered(request, again);
            }
        }
    }

    private byte[] askOverNoise(byte[] request, Deadline deadline, Duration most) throws IOException {
        long begun = clock.monotonicNanos();
        try {
            byte[] answer = exchange(request, deadline, most);
            silence.answered(request, clock.monotonicNanos() - begun);
            return answer;
        } catch (BadChecksumException noise) {
            if (deadline.leftNanos() == 0) {
                throw noise;
            }
            return exchange(request, deadline, most);
        }
    }

    private byte[] exchange(byte[] request, Deadline deadline, Duration most) throws IOException {
        Duration left = deadline.left();
        return line.exchange(setup.address().unit(), request, left.compareTo(most) < 0 ? left : most);
    }

    @Override
    public void close() {
        closed = true;
        line.close();
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
    }
}
