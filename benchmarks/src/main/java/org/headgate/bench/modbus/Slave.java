package org.headgate.bench.modbus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One connection to a slave of holding registers. It answers function 3 at once; register n holds the number of the poll plus n. */
final class Slave {
    private static final int LONGEST = 260;
    private static final int HEADER = 7;
    private static final int READ_HOLDING = 3;

    private final SocketChannel channel;
    private final Visits visits;
    private final ByteBuffer in = ByteBuffer.allocate(LONGEST);
    private final ByteBuffer out = ByteBuffer.allocate(LONGEST);

    Slave(SocketChannel channel, Visits visits) {
        this.channel = channel;
        this.visits = visits;
    }

    /** Takes what has come and answers what is whole; false when the client is gone. */
    boolean serve(boolean answers) throws IOException {
        if (channel.read(in) < 0) {
            return false;
        }
        in.flip();
        while (in.remaining() >= HEADER && in.remaining() >= HEADER - 1 + in.getShort(in.position() + 4)) {
            int length = in.getShort(in.position() + 4);
            if (answers) {
                answer(in.position());
            }
            in.position(in.position() + HEADER - 1 + length);
        }
        in.compact();
        return true;
    }

    private void answer(int at) throws IOException {
        int count = in.getShort(at + 10);
        boolean known = in.get(at + HEADER) == READ_HOLDING && count > 0 && count <= 125;
        long polls = visits.add(System.nanoTime());
        out.clear();
        out.putShort(in.getShort(at)).putShort((short) 0).putShort((short) (known ? 3 + 2 * count : 3));
        out.put(in.get(at + 6));
        if (known) {
            out.put((byte) READ_HOLDING).put((byte) (2 * count));
            for (int i = 0; i < count; i++) {
                out.putShort((short) (polls + in.getShort(at + 8) + i));
            }
        } else {
            out.put((byte) (in.get(at + HEADER) | 0x80)).put((byte) 1);
        }
        out.flip();
        // An answer is 69 bytes: it fits into the buffer of a connection whose client waits for it.
        channel.write(out);
    }
}
