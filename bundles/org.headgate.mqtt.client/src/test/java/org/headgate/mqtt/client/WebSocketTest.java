package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames as RFC 6455 has them, however they are cut. */
class WebSocketTest {
    private static final MqttAddress SERVER = MqttAddress.parse("ws://h:1/x");

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private WebSocket reading(String hex) {
        return new WebSocket(trickling(HexFormat.of().parseHex(hex.replace(" ", ""))), sent, new SecureRandom());
    }

    /** One byte a read, as the worst of networks does it. */
    private static InputStream trickling(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int from, int count) {
                return super.read(to, from, Math.min(1, count));
            }
        };
    }

    private static String text(WebSocket socket) throws IOException {
        return new String(socket.input().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void framesOfEveryLengthAndPartsOfOneAreOneStream() throws IOException {
        assertThat(text(reading("82 03 616263" + "02 01 64" + "00 00" + "80 02 6566" + "82 7e0003 676869"
                        + "82 7f0000000000000001 6a")))
                .isEqualTo("abcdefghij");
    }

    @Test
    void aPingBetweenTwoPartsIsAnsweredAndAPongIsNot() throws IOException {
        assertThat(text(reading("02 01 61" + "89 02 7879" + "8a 01 7a" + "80 01 62")))
                .isEqualTo("ab");
        byte[] pong = sent.toByteArray();
        assertThat(pong).hasSize(8);
        assertThat(pong[0]).isEqualTo((byte) 0x8a);
        assertThat(pong[1]).isEqualTo((byte) 0x82);
        assertThat((char) (pong[6] ^ pong[2])).isEqualTo('x');
    }

    @Test
    void afterACloseThereIsNothing() throws IOException {
        assertThat(text(reading("82 01 61" + "88 02 03e8" + "82 01 62"))).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "81 01 61",
                "82 81 00000000 61",
                "c2 01 61",
                "83 00",
                "8b 00",
                "89 7e 007e",
                "82 7f ffffffffffffffff"
            })
    void whatIsNoFrameForMqttEndsIt(String hex) {
        assertThatThrownBy(() -> text(reading(hex)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("frame");
    }

    @Test
    void whatIsWrittenIsMaskedAndWhole() throws IOException {
        byte[] content = new byte[70_000];
        new Random(1).nextBytes(content);
        WebSocket socket = new WebSocket(InputStream.nullInputStream(), sent, new SecureRandom());
        for (int size : new int[] {0, 1, 125, 126, 8192, 8193, 50_000}) {
            sent.reset();
            socket.output().write(content, 7, size);
            assertThat(unmasked(sent.toByteArray())).isEqualTo(java.util.Arrays.copyOfRange(content, 7, 7 + size));
        }
    }

    private static byte[] unmasked(byte[] frames) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < frames.length; ) {
            assertThat(frames[at]).isEqualTo((byte) 0x82);
            assertThat(frames[at + 1] & 0x80).isEqualTo(0x80);
            int length = frames[at + 1] & 0x7f;
            at += 2;
            if (length == 126) {
                length = (frames[at] & 0xff) << 8 | frames[at + 1] & 0xff;
                at += 2;
            }
            for (int i = 0; i < length; i++) {
                all.write(frames[at + 4 + i] ^ frames[at + (i & 3)]);
            }
            at += 4 + length;
        }
        return all.toByteArray();
    }

    @Test
    void anAnswerThatIsNotToOurRequestIsNoWebSocket() {
        String head =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        assertThatThrownBy(() -> WebSocket.open(trickling(head.getBytes(StandardCharsets.US_ASCII)), sent, SERVER))
                .hasMessageStartingWith("the answer to the web socket's request is not to our request");
        assertThatThrownBy(() -> WebSocket.open(
                        trickling("HTTP/1.1 404 Not Found\r\n\r\n".getBytes(StandardCharsets.US_ASCII)), sent, SERVER))
                .hasMessage("no web socket at /x (404 Not Found): is the path right?");
        assertThatThrownBy(() -> WebSocket.open(trickling(new byte[] {0x20, 2, 0, 0, 0, 0}), sent, SERVER))
                .hasMessage("what answers does not speak HTTP");
        assertThatThrownBy(() -> WebSocket.open(trickling(new byte[0]), sent, SERVER))
                .hasMessageStartingWith("hung up at the web socket's request");
    }

    /** Whatever comes is content, an end or an {@link IOException}; and never more memory than was sent. */
    @Test
    void anyBytesAreAnAnswer() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextBoolean()) {
                bytes[0] = (byte) (0x80 | random.nextInt(16));
                bytes[1] = (byte) random.nextInt(128);
            }
            try {
                assertThat(text(new WebSocket(trickling(bytes), sent, new SecureRandom())))
                        .hasSizeLessThan(41);
            } catch (IOException refused) {
                continue;
            }
        }
    }
}
