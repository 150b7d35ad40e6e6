package org.headgate.mqtt.client;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * What a broker sends, packet by packet, as Paho can bear it. Paho makes room for a packet as soon as it has read its length, which may be
 * 256 MiB and costs the broker five bytes: a message that is longer than its reader takes is skipped, and comes with a note of its length as
 * its payload (see {@link Excess}), so that it is acknowledged and counted; any other packet so long ends the connection.
 *
 * <p>A PUBREC that refuses (MQTT 5, 3.5.2.1) comes as the PUBACK with the same content: Paho takes the one for the broken rule of a
 * protocol and hangs up, or for a yes.
 */
final class Packets extends FilterInputStream {
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;
    private static final int PUBREC = 5;
    private static final int KIND = 4;
    private static final int REFUSED = 0x80;
    private static final int ANSWER = 3;
    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;
    private static final int LENGTH_BITS = 28;
    /** How long what is no payload may be, however short those are that are taken. */
    private static final int LONGEST_OTHER = MqttEvents.LONGEST;

    private static final int USUAL = 256;
    private static final int SKIPPED_AT_ONCE = 8 << 10;

    private final DataInputStream data;
    private final boolean five;
    private final Excess excess;
    /** What of a packet was read ahead; grown for a topic. */
    private byte[] head = new byte[USUAL];

    private int from;
    private int to;
    /** How much of the packet is still to be passed on as it comes. */
    private int left;

    Packets(InputStream in, boolean five, Excess excess) {
        super(in);
        this.data = new DataInputStream(in);
        this.five = five;
        this.excess = excess;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int count) throws IOException {
        if (from == to && left == 0 && !next()) {
            return -1;
        }
        if (from < to) {
            int some = Math.min(count, to - from);
            System.arraycopy(head, from, into, at, some);
            from += some;
            return some;
        }
        int some = in.read(into, at, Math.min(count, left));
        left -= Math.max(0, some);
        return some;
    }

    /** Reads the beginning of a packet; false at the end, which is none inside of a packet. */
    private boolean next() throws IOException {
        head = head.length > USUAL ? new byte[USUAL] : head;
        from = 0;
        to = 0;
        int first = in.read();
        if (first < 0) {
            return false;
        }
        put(first);
        left = length(true);
        int kind = first >> KIND;
        if (five && kind == PUBREC && left >= ANSWER) {
            take(ANSWER);
            if ((head[to - 1] & 0xff) >= REFUSED) {
                head[0] = (byte) (PUBACK << KIND);
            }
        }
        int longest = excess.longest();
        if (left > longest) {
            if (kind == PUBLISH) {
                measure(first, longest);
            } else if (left > Math.max(longest, LONGEST_OTHER)) {
                throw new Told("the broker sent a packet of " + left + " bytes that is no message");
            }
        }
        return true;
    }

    /** A packet is longer than a payload may be: reads it up to there, and skips the rest if that is too long, too. */
    private void measure(int first, int longest) throws IOException {
        int topic = to;
        take(2);
        take((head[topic] & 0xff) << 8 | head[topic + 1] & 0xff);
        if ((first >> 1 & 3) > 0) {
            take(2);
        }
        int properties = to;
        if (five) {
            int size = length(false);
            if (size > Math.max(longest, LONGEST_OTHER) || size > left) {
                throw new Told("the broker sent a message with " + size + " bytes of properties");
            }
            take(size);
        }
        if (left <= longest) {
            return;
        }
        byte[] note = excess.note(left);
        skip();
        to = properties;
        if (five) {
            put(0);
        }
        for (byte single : note) {
            put(single);
        }
        shorten(topic);
    }

    /** Puts the first byte and the length that the packet has now before its content. */
    private void shorten(int content) {
        byte[] packet = new byte[1 + 4 + to - content];
        packet[0] = head[0];
        int at = 1;
        for (int rest = to - content; ; rest >>>= 7) {
            packet[at++] = (byte) (rest & SEVEN_BITS | (rest > SEVEN_BITS ? MORE : 0));
            if (rest <= SEVEN_BITS) {
                break;
            }
        }
        System.arraycopy(head, content, packet, at, to - content);
        to = at + to - content;
        head = packet;
    }

    private void skip() throws IOException {
        byte[] nowhere = new byte[SKIPPED_AT_ONCE];
        while (left > 0) {
            int some = in.read(nowhere, 0, Math.min(nowhere.length, left));
            if (some < 0) {
                throw new EOFException();
            }
            left -= some;
        }
    }

    /** A Variable Byte Integer (1.5.5), kept in the head; that of the packet itself is no part of what is left. */
    private int length(boolean whole) throws IOException {
        int value = 0;
        for (int shift = 0; shift < LENGTH_BITS; shift += 7) {
            int single = whole ? data.readUnsignedByte() : takeOne();
            if (whole) {
                put(single);
            }
            value |= (single & SEVEN_BITS) << shift;
            if ((single & MORE) == 0) {
                return value;
            }
        }
        throw new Told("the broker sent something that is not MQTT");
    }

    private int takeOne() throws IOException {
        take(1);
        return head[to - 1] & 0xff;
    }

    /** Reads so many bytes of the packet ahead. */
    private void take(int count) throws IOException {
        if (count > left) {
            throw new Told("the broker sent a packet that is shorter than what it holds");
        }
        room(count);
        data.readFully(head, to, count);
        to += count;
        left -= count;
    }

    private void put(int single) {
        room(1);
        head[to++] = (byte) single;
    }

    private void room(int count) {
        if (head.length < to + count) {
            head = Arrays.copyOf(head, Math.max(2 * head.length, to + count));
        }
    }

    /** What can be read of this packet without waiting. */
    @Override
    public int available() throws IOException {
        return from < to ? to - from : Math.min(left, in.available());
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] nowhere = new byte[(int) Math.max(1, Math.min(count, SKIPPED_AT_ONCE))];
        return count <= 0 ? 0 : Math.max(0, read(nowhere, 0, nowhere.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
