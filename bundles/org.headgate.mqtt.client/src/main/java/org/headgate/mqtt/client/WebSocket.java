package org.headgate.mqtt.client;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The client's side of a web socket (RFC 6455) with the subprotocol {@code mqtt} (MQTT 5, 6): a stream of bytes each way. MQTT packets and
 * frames need not begin or end together, so each write is a frame. One thread reads, another writes; a pong comes from the reader.
 */
final class WebSocket {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int SWITCHING = 101;
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int LONGEST_CONTROL = 125;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int KEY = 16;
    private static final int MASK = 4;
    private static final int HEAD = 14;
    private static final int CHUNK = 8 << 10;

    private final DataInputStream in;
    private final OutputStream out;
    private final SecureRandom random;
    private final byte[] frame = new byte[HEAD + CHUNK];
    private final byte[] mask = new byte[MASK];
    private long left;
    private boolean closed;

    WebSocket(InputStream in, OutputStream out, SecureRandom random) {
        this.in = new DataInputStream(in);
        this.out = out;
        this.random = random;
    }

    /** Shakes hands (RFC 6455, 4.1). */
    static WebSocket open(InputStream in, OutputStream out, MqttAddress server) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] nonce = new byte[KEY];
        random.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        out.write(HttpHead.bytes(
                "GET " + server.path() + " HTTP/1.1",
                "Host: " + server.place(),
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: " + key,
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Protocol: mqtt"));
        out.flush();
        HttpHead head;
        try {
            head = HttpHead.read(in);
        } catch (EOFException | SocketException hungUp) {
            throw new Told("hung up at the web socket's request: is this a port for web sockets?", hungUp);
        }
        if (head.status() != SWITCHING) {
            throw new Told("no web socket at " + server.path() + " (" + head.line() + "): is the path right?");
        }
        if (!accept(key).equals(head.fields().get("sec-websocket-accept"))) {
            throw new Told("the answer to the web socket's request is not to our request: is a proxy between?");
        }
        return new WebSocket(in, out, random);
    }

    private static String accept(String key) {
        try {
            byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    InputStream input() {
        return new Input();
    }

    OutputStream output() {
        return new Output();
    }

    /** Reads heads until there is content; false at the end. */
    private boolean next() throws IOException {
        while (left == 0 && !closed) {
            int first = in.read();
            if (first < 0) {
                return false;
            }
            int second = in.readUnsignedByte();
            int kind = first & 0x0f;
            long length = second & 0x7f;
            if (length == TWO_BYTES) {
                length = in.readUnsignedShort();
            } else if (length == EIGHT_BYTES) {
                length = in.readLong();
            }
            // No extension was offered, and a server masks nothing (5.1, 5.2).
            if ((first & 0x70) != 0 || (second & MASKED) != 0 || length < 0) {
                throw new Told("a web socket's frame that is none");
            }
            if (kind == BINARY || kind == CONTINUATION) {
                left = length;
            } else {
                control(kind, length);
            }
        }
        return !closed;
    }

    private void control(int kind, long length) throws IOException {
        if (kind < CLOSE || kind > PONG || length > LONGEST_CONTROL) {
            throw new Told("a web socket's frame of kind " + kind + ": MQTT uses binary ones only");
        }
        byte[] content = in.readNBytes((int) length);
        if (content.length < length) {
            throw new EOFException();
        }
        if (kind == PING) {
            write(PONG, content, 0, content.length);
            out.flush();
        }
        closed = kind == CLOSE;
    }

    /** One frame: head, mask, content; in one write, so that TCP sends it at once. */
    private synchronized void write(int kind, byte[] bytes, int from, int count) throws IOException {
        int at = 0;
        frame[at++] = (byte) (FIN | kind);
        if (count < TWO_BYTES) {
            frame[at++] = (byte) (MASKED | count);
        } else {
            frame[at++] = (byte) (MASKED | TWO_BYTES);
            frame[at++] = (byte) (count >> 8);
            frame[at++] = (byte) count;
        }
        random.nextBytes(mask);
        System.arraycopy(mask, 0, frame, at, MASK);
        at += MASK;
        for (int i = 0; i < count; i++) {
            frame[at + i] = (byte) (bytes[from + i] ^ mask[i & 3]);
        }
        out.write(frame, 0, at + count);
    }

    private final class Input extends InputStream {
        private final byte[] one = new byte[1];

        @Override
        public int read() throws IOException {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int from, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (!next()) {
                return -1;
            }
            int read = in.read(to, from, (int) Math.min(count, left));
            if (read > 0) {
                left -= read;
            }
            return read;
        }

        /** Paho asks so as not to hang up in the middle of a message. */
        @Override
        public int available() throws IOException {
            return (int) Math.min(left, in.available());
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            for (int done = 0; done < count; ) {
                int chunk = Math.min(CHUNK, count - done);
                WebSocket.this.write(BINARY, bytes, from + done, chunk);
                done += chunk;
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
