package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Paho gets to see of what a broker sends. */
class PacketsTest {
    private static final int LONGEST = 1000;
    private static final int MAXIMUM = 268_435_455;

    private final Excess excess = new Excess(() -> LONGEST);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsShortPassesAsItIsHoweverItComes(boolean five) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(new byte[] {0x20, 2, 0, 0});
        all.write(publish(five, 1, 0, 0));
        all.write(publish(five, 0, 20, LONGEST));
        all.write(publish(five, 2, 0, LONGEST));
        all.write(new byte[] {(byte) 0xd0, 0});
        all.write(new byte[] {0x50, 2, 0, 1});
        byte[] sent = all.toByteArray();
        for (int seed = 0; seed < 200; seed++) {
            assertThat(read(sent, five, new Random(seed))).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsTooLongIsANoteInItsPlace(boolean five) throws Exception {
        for (int qos = 0; qos <= 2; qos++) {
            byte[] before = publish(five, qos, five ? 5 : 0, 10);
            byte[] after = publish(five, qos, 0, 20);
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            sent.write(before);
            sent.write(publish(five, qos, five ? 300 : 0, 123_456));
            sent.write(after);
            byte[] got = read(sent.toByteArray(), five, new Random(qos));
            int head = 2 + 2 + 3 + (qos > 0 ? 2 : 0) + (five ? 1 : 0);
            assertThat(got).hasSize(before.length + head + 24 + after.length);
            byte[] note = Arrays.copyOfRange(got, before.length, before.length + head + 24);
            byte[] payload = Arrays.copyOfRange(note, head, head + 24);
            assertThat(excess.bytes(payload)).hasValue(123_456);
            assertThat(note[0]).isEqualTo((byte) (0x31 | qos << 1));
            assertThat(note[1]).isEqualTo((byte) (note.length - 2));
            assertThat(new String(note, 4, 3, StandardCharsets.UTF_8)).isEqualTo("a/b");
            assertThat(Arrays.copyOfRange(got, got.length - after.length, got.length))
                    .isEqualTo(after);
        }
    }

    @Test
    void aNoteOfAnotherSessionIsAPayload() {
        byte[] note = new Excess(() -> LONGEST).note(5);
        assertThat(excess.bytes(note)).isEmpty();
        assertThat(excess.bytes(new byte[24])).isEmpty();
        assertThat(excess.bytes(excess.note(7))).hasValue(7);
    }

    /** The longest that MQTT can frame, without room for it. */
    @Test
    void theLongestMessageTakesNoRoom() throws Exception {
        byte[] head = {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 1, 'a'};
        InputStream body = new InputStream() {
            private int left = MAXIMUM - 3;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] to, int from, int count) {
                int some = Math.min(left, count);
                left -= some;
                return some == 0 && count > 0 ? -1 : some;
            }
        };
        Packets packets = new Packets(new SequenceInputStream(new ByteArrayInputStream(head), body), false, excess);
        byte[] got = packets.readAllBytes();
        assertThat(got).hasSize(2 + 3 + 24);
        assertThat(excess.bytes(Arrays.copyOfRange(got, 5, 29))).hasValue(MAXIMUM - 3);
    }

    @Test
    void whatIsNoMessageMayNotBeLong() {
        for (int kind : new int[] {0x20, 0x90, 0xe0, 0xf0, 0x50}) {
            byte[] head = {(byte) kind, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 0, 0, 0, 0};
            assertThatThrownBy(() -> new Packets(new ByteArrayInputStream(head), true, excess).readAllBytes())
                    .isInstanceOf(Told.class)
                    .hasMessageStartingWith("the broker sent a packet of 2684354");
        }
    }

    /** Whoever takes short payloads only still needs the answers of the broker, and properties cost no more than those. */
    @Test
    void whatIsNoPayloadMayBeLongerThanOne() throws IOException {
        Excess few = new Excess(() -> 16);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.write(new byte[] {(byte) 0x90, 40});
        sent.write(new byte[40]);
        sent.write(publish(true, 1, 300, 16));
        byte[] got = new Packets(new ByteArrayInputStream(sent.toByteArray()), true, few).readAllBytes();
        assertThat(got).isEqualTo(sent.toByteArray());
    }

    @Test
    void longPropertiesEndTheConnection() {
        byte[] head = {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 1, 'a', (byte) 0xff, (byte) 0xff, 0x7f};
        assertThatThrownBy(() -> new Packets(new ByteArrayInputStream(head), true, excess).readAllBytes())
                .isInstanceOf(Told.class)
                .hasMessage("the broker sent a message with 2097151 bytes of properties");
    }

    @Test
    void whatEndsInsideOfAPacketIsNoEnd() throws IOException {
        byte[] whole = publish(true, 1, 9, 100_000);
        for (int length = 1; length < whole.length; length += 1 + length / 4) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> new Packets(new ByteArrayInputStream(part), true, excess).readAllBytes())
                    .isInstanceOf(EOFException.class);
        }
        byte[] endless = {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1};
        assertThatThrownBy(() -> new Packets(new ByteArrayInputStream(endless), true, excess).readAllBytes())
                .hasMessage("the broker sent something that is not MQTT");
        byte[] liar = {0x32, (byte) 0xe9, 7, 0x7f, 0x7f, 1, 2};
        assertThatThrownBy(() -> new Packets(new ByteArrayInputStream(liar), true, excess).readAllBytes())
                .hasMessage("the broker sent a packet that is shorter than what it holds");
    }

    private byte[] read(byte[] sent, boolean five, Random random) throws IOException {
        InputStream slow = new ByteArrayInputStream(sent) {
            @Override
            public int read(byte[] to, int from, int count) {
                return super.read(to, from, Math.min(count, 1 + random.nextInt(50)));
            }
        };
        Packets packets = new Packets(slow, five, excess);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        byte[] some = new byte[64];
        for (int count; (count = packets.read(some, 0, 1 + random.nextInt(some.length))) >= 0; ) {
            got.write(some, 0, count);
        }
        return got.toByteArray();
    }

    /** A retained message of the topic a/b. */
    private static byte[] publish(boolean five, int qos, int properties, int payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(new byte[] {0, 3, 'a', '/', 'b'});
        if (qos > 0) {
            body.write(new byte[] {0, 7});
        }
        if (five) {
            length(body, properties);
            body.write(new byte[properties]);
        }
        byte[] content = new byte[payload];
        new Random(payload).nextBytes(content);
        body.write(content);
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0x31 | qos << 1);
        length(packet, body.size());
        packet.write(body.toByteArray());
        return packet.toByteArray();
    }

    private static void length(ByteArrayOutputStream out, int value) {
        int rest = value;
        do {
            out.write(rest & 0x7f | (rest > 0x7f ? 0x80 : 0));
            rest >>>= 7;
        } while (rest > 0);
    }
}
