package org.headgate.driver.modbus;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.headgate.serial.kit.LineEnd;

/**
 * Units on an RTU line, written from the specification alone (Modbus over Serial Line V1.02, 2.5.1): they answer functions 3, 4, 6 and 16 after 3.5
 * characters of silence, and refuse the rest. A register is known from 0 to {@link #KNOWN}. A unit that is not there, or dead, says nothing.
 */
public final class PlayedUnits implements LineEnd {
    /** The registers that a unit has. */
    static final int KNOWN = 1000;

    private static final int LONGEST_WRITE = 9 + 2 * 123;

    /** A request as it came: its unit, its function and when it was whole. */
    public record Asked(int unit, int function, long nanos) {}

    /** What the units were asked, in order. */
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    /** Frames with a checksum that is not theirs. */
    final List<byte[]> broken = new CopyOnWriteArrayList<>();

    private final Map<Integer, int[]> units = new ConcurrentHashMap<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private final long silence;
    private volatile long latestNanos;

    /** An answer, and when it is due. */
    private record Answer(byte[] bytes, long due) {}

    /** Units that wait so long before they answer, and take what comes after such a pause for a new frame. */
    PlayedUnits(long silenceNanos, int... numbers) {
        silence = silenceNanos;
        for (int unit : numbers) {
            revive(unit);
        }
    }

    /** The registers of a unit, which are its number times 1000 and theirs. */
    public int[] registers(int unit) {
        return units.get(unit);
    }

    /** A unit says nothing any more. */
    public void kill(int unit) {
        units.remove(unit);
    }

    /** A unit is there, with its registers as they were at the beginning. */
    public void revive(int unit) {
        int[] registers = new int[KNOWN];
        Arrays.setAll(registers, i -> unit * 1000 + i & 0xFFFF);
        units.put(unit, registers);
    }

    /** What the units were asked, in order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Requests to a unit. */
    public List<Asked> asked(int unit) {
        return asked.stream().filter(one -> one.unit == unit).toList();
    }

    /** By how much an answer began later than it should have, at most. */
    public long latestNanos() {
        return latestNanos;
    }

    @Override
    public void write(byte[] bytes) {
        for (byte each : bytes) {
            frame.write(each);
            byte[] sofar = frame.toByteArray();
            if (sofar.length == length(sofar)) {
                frame.reset();
                take(sofar);
            }
        }
    }

    /** How long the frame will be; its unit alone says nothing. */
    private static int length(byte[] sofar) {
        boolean isLong = sofar.length > 1 && (sofar[1] == 15 || sofar[1] == 16);
        return !isLong ? 8 : sofar.length < 7 ? LONGEST_WRITE : 9 + (sofar[6] & 0xFF);
    }

    private void take(byte[] request) {
        long now = System.nanoTime();
        if (crc(request, request.length) != 0) {
            broken.add(request);
            return;
        }
        asked.add(new Asked(request[0] & 0xFF, request[1], now));
        int[] registers = units.get(request[0] & 0xFF);
        if (registers != null) {
            byte[] answer = answer(request, registers);
            for (long left = silence; left > 0; left = now + silence - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            answers.add(new Answer(answer, now + silence));
        }
    }

    private static byte[] answer(byte[] request, int[] registers) {
        int from = word(request, 2);
        int count = word(request, 4);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(request[0]);
        boolean reads = request[1] == 3 || request[1] == 4;
        boolean single = request[1] == 6;
        if (!reads && !single && request[1] != 16) {
            answer.write(request[1] | 0x80);
            answer.write(1);
        } else if (from + (single ? 1 : count) > KNOWN) {
            answer.write(request[1] | 0x80);
            answer.write(2);
        } else if (reads) {
            answer.write(request[1]);
            answer.write(2 * count);
            for (int i = from; i < from + count; i++) {
                answer.write(registers[i] >> 8);
                answer.write(registers[i]);
            }
        } else {
            for (int i = 0; i < (single ? 1 : count); i++) {
                registers[from + i] = word(request, single ? 4 : 7 + 2 * i);
            }
            answer.write(request, 1, 5);
        }
        int check = crc(answer.toByteArray(), answer.size());
        answer.write(check);
        answer.write(check >> 8);
        return answer.toByteArray();
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    /** Bit by bit (V1.02, 6.2.2); 0 over a frame with its own checksum. */
    static int crc(byte[] bytes, int count) {
        int crc = 0xFFFF;
        for (int i = 0; i < count; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xA001;
            }
        }
        return crc;
    }

    @Override
    public int read(byte[] into) {
        try {
            Answer next = answers.take();
            latestNanos = Math.max(latestNanos, System.nanoTime() - next.due);
            byte[] answer = next.bytes;
            System.arraycopy(answer, 0, into, 0, answer.length);
            return answer.length;
        } catch (InterruptedException over) {
            return -1;
        }
    }
}
