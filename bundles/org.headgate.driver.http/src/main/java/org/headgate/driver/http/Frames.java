package org.headgate.driver.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Understands what a client of a web socket sends (RFC 6455, 5), in pieces of any size; keeps no more than one message. One thread. */
final class Frames {
    /** Takes what was understood. */
    interface Listener {
        /** A whole message; the bytes are lent. */
        void message(byte[] bytes, int length);

        /** It wants to hear the same back. */
        void ping(byte[] content);

        /** It has said that it is there. */
        void pong();

        /** It ends the connection: nothing comes after this. */
        void end(int code);

        /** It does what is not allowed: nothing comes after this. */
        void violated(int code);
    }

    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    static final int PROTOCOL_ERROR = 1002;
    static final int NOT_UTF8 = 1007;
    static final int POLICY = 1008;
    static final int TOO_BIG = 1009;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int KIND = 0x0f;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int BINARY = 2;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int LONGEST_CONTROL = 125;
    private static final int MASK = 4;
    private static final int FIRST = 512;
    private static final int LEAST_CODE = 3000;
    private static final int MOST_CODE = 4999;
    private static final int NO_CODE = 1005;
    private static final int NOT_SENT = 1006;
    private static final int LAST_OF_PROTOCOL = 1014;
    private static final int NOT_ASSIGNED = 1004;
    private static final int NONE = 0;

    private final int most;
    private final Listener listener;
    /** The head of a frame: two bytes, up to eight of length, the mask. */
    private final byte[] head = new byte[2 + 8 + MASK];

    private int headLength;
    private byte[] message = new byte[0];
    private int length;
    /** What the message is that has begun; 0 between messages. */
    private int kind;

    private final byte[] control = new byte[LONGEST_CONTROL];
    private int controlLength;
    private boolean inFrame;
    private long left;
    private long at;
    private boolean ended;

    Frames(int most, Listener listener) {
        this.most = most;
        this.listener = listener;
    }

    /** Whether a message, or a frame, has begun and not ended. */
    boolean isInside() {
        return kind != 0 || headLength > 0 || inFrame;
    }

    /** Takes what came. */
    void feed(ByteBuffer bytes) {
        while (!ended && (bytes.hasRemaining() || inFrame && left == 0)) {
            if (!inFrame) {
                head[headLength++] = bytes.get();
                // A client masks everything (5.1), and no extension was agreed on.
                if (headLength == 1 && (head[0] & RESERVED) != 0 || headLength == 2 && (head[1] & MASKED) == 0) {
                    fail(PROTOCOL_ERROR);
                } else if (headLength >= 2 && headLength == headSize()) {
                    begin();
                }
            } else if (isControl()) {
                content(bytes, control, controlLength);
            } else {
                content(bytes, message, length);
            }
        }
    }

    private int headSize() {
        int small = head[1] & LENGTH;
        return 2 + (small == TWO_BYTES ? 2 : small == EIGHT_BYTES ? Long.BYTES : 0) + MASK;
    }

    private boolean isControl() {
        return (head[0] & KIND) >= CLOSE;
    }

    private boolean isLast() {
        return (head[0] & FIN) != 0;
    }

    private void begin() {
        int code = head[0] & KIND;
        long size = head[1] & LENGTH;
        if (size == TWO_BYTES) {
            size = ByteBuffer.wrap(head).getShort(2) & 0xffff;
        } else if (size == EIGHT_BYTES) {
            size = ByteBuffer.wrap(head).getLong(2);
        }
        boolean allowed = isControl()
                ? code <= PONG && isLast() && size <= LONGEST_CONTROL
                : code <= BINARY && (code == 0) == (kind != 0);
        if (!allowed || size < 0) {
            fail(PROTOCOL_ERROR);
            return;
        }
        if (isControl()) {
            controlLength = 0;
        } else {
            kind = code == 0 ? kind : code;
            if (length + size > most) {
                fail(TOO_BIG);
                return;
            }
        }
        left = size;
        at = 0;
        inFrame = true;
    }

    private void content(ByteBuffer bytes, byte[] into, int from) {
        int count = (int) Math.min(left, bytes.remaining());
        byte[] room = into;
        if (!isControl() && message.length < length + count) {
            // By what has come, not by what a head promises.
            message = Arrays.copyOf(
                    message, Math.min(most, Math.max(Math.max(FIRST, length + count), 2 * message.length)));
            room = message;
        }
        int mask = headLength - MASK;
        for (int i = 0; i < count; i++) {
            room[from + i] = (byte) (bytes.get() ^ head[mask + (int) (at++ & 3)]);
        }
        left -= count;
        if (isControl()) {
            controlLength += count;
        } else {
            length += count;
        }
        if (left == 0) {
            inFrame = false;
            headLength = 0;
            complete();
        }
    }

    private void complete() {
        switch (head[0] & KIND) {
            case CLOSE -> {
                int code = answer();
                if (code == NONE) {
                    fail(PROTOCOL_ERROR);
                } else {
                    ended = true;
                    listener.end(code);
                }
            }
            case PING -> listener.ping(Arrays.copyOf(control, controlLength));
            case PONG -> listener.pong();
            default -> {
                if (isLast()) {
                    if (kind == TEXT && !isUtf8()) {
                        fail(NOT_UTF8);
                        return;
                    }
                    int whole = length;
                    length = 0;
                    kind = 0;
                    listener.message(message, whole);
                }
            }
        }
    }

    /** The code that is sent back (5.5.1, 7.4), or that there is none. */
    private int answer() {
        if (controlLength == 0) {
            return NORMAL;
        }
        if (controlLength == 1) {
            return NONE;
        }
        int code = ByteBuffer.wrap(control).getShort() & 0xffff;
        boolean known = code >= NORMAL
                && code <= LAST_OF_PROTOCOL
                && code != NOT_ASSIGNED
                && code != NO_CODE
                && code != NOT_SENT;
        return known || code >= LEAST_CODE && code <= MOST_CODE ? code : NONE;
    }

    private boolean isUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message, 0, length));
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }

    private void fail(int code) {
        ended = true;
        listener.violated(code);
    }

    /** A whole frame of ours: a server masks nothing. */
    static byte[] frame(int kind, byte[] content) {
        int size = content.length;
        ByteBuffer frame = ByteBuffer.allocate(size + 2 + Long.BYTES);
        frame.put((byte) (FIN | kind));
        if (size < TWO_BYTES) {
            frame.put((byte) size);
        } else if (size <= 0xffff) {
            frame.put((byte) TWO_BYTES).putShort((short) size);
        } else {
            frame.put((byte) EIGHT_BYTES).putLong(size);
        }
        frame.put(content);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** The frame that ends a connection. */
    static byte[] close(int code) {
        return frame(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }
}
