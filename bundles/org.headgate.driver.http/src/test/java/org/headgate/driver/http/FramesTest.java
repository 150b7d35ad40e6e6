package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of RFC 6455, in pieces of any size. */
class FramesTest implements Frames.Listener {
    private static final int MOST = 70_000;

    private final List<String> heard = new ArrayList<>();
    private final Frames frames = new Frames(MOST, this);

    @Override
    public void message(byte[] bytes, int length) {
        heard.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    @Override
    public void ping(byte[] content) {
        heard.add("ping " + new String(content, StandardCharsets.UTF_8));
    }

    @Override
    public void pong() {
        heard.add("pong");
    }

    @Override
    public void end(int code) {
        heard.add("end " + code);
    }

    @Override
    public void violated(int code) {
        heard.add("violated " + code);
    }

    /** A client's frame, masked with a key from a seed. */
    private static byte[] frame(int first, byte[] content, int seed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (content.length < 126) {
            out.write(0x80 | content.length);
        } else if (content.length < 65_536) {
            out.write(0x80 | 126);
            out.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) content.length).array());
        } else {
            out.write(0x80 | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(content.length).array());
        }
        byte[] mask = new byte[4];
        new Random(seed).nextBytes(mask);
        out.writeBytes(mask);
        for (int i = 0; i < content.length; i++) {
            out.write(content[i] ^ mask[i & 3]);
        }
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        return frame(0x81, text.getBytes(StandardCharsets.UTF_8), text.length());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, MOST})
    void aMessageOfAnyLengthComesWhole(int length) {
        String text = "x".repeat(length);
        frames.feed(ByteBuffer.wrap(text(text)));
        assertThat(heard).containsExactly(text);
        assertThat(frames.isInside()).isFalse();
    }

    @Test
    void piecesMakeAMessageAndAPingMayComeBetween() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(frame(0x01, "one ".getBytes(StandardCharsets.UTF_8), 1));
        all.writeBytes(frame(0x89, "hi".getBytes(StandardCharsets.UTF_8), 2));
        all.writeBytes(frame(0x00, new byte[0], 3));
        all.writeBytes(frame(0x80, "two".getBytes(StandardCharsets.UTF_8), 4));
        all.writeBytes(text("three"));
        for (byte one : all.toByteArray()) {
            frames.feed(ByteBuffer.wrap(new byte[] {one}));
        }
        assertThat(heard).containsExactly("ping hi", "one two", "three");
    }

    @Test
    void aPingMayBeAsLongAsTheStandardSays() {
        frames.feed(ByteBuffer.wrap(frame(0x89, "x".repeat(125).getBytes(StandardCharsets.UTF_8), 1)));
        assertThat(heard).containsExactly("ping " + "x".repeat(125));
    }

    @Test
    void oneByteMoreThanTheLongestIsTooMuchAlsoInPieces() {
        frames.feed(ByteBuffer.wrap(frame(0x01, new byte[MOST], 1)));
        assertThat(frames.isInside()).isTrue();
        frames.feed(ByteBuffer.wrap(frame(0x80, new byte[1], 1)));
        frames.feed(ByteBuffer.wrap(text("after the end")));
        assertThat(heard).containsExactly("violated 1009");
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "1001, 1001", "1002, 1002", "1009, 1009", "1014, 1014", "3000, 3000", "4999, 4999"})
    void aCloseIsAnsweredWithItsCodeWhereThatMayBeSent(int sent, int answered) {
        frames.feed(ByteBuffer.wrap(
                frame(0x88, ByteBuffer.allocate(2).putShort((short) sent).array(), 5)));
        assertThat(heard).containsExactly("end " + answered);
    }

    @ParameterizedTest
    @ValueSource(ints = {1004, 1005, 1006, 1015, 999, 2999, 5000})
    void aCodeThatMayNotBeSentIsAnError(int sent) {
        frames.feed(ByteBuffer.wrap(
                frame(0x88, ByteBuffer.allocate(2).putShort((short) sent).array(), 5)));
        assertThat(heard).containsExactly("violated 1002");
    }

    @Test
    void aCloseWithoutACodeIsNormalAndOneWithHalfACodeIsAnError() {
        frames.feed(ByteBuffer.wrap(frame(0x88, new byte[0], 1)));
        new Frames(MOST, this).feed(ByteBuffer.wrap(frame(0x88, new byte[1], 1)));
        assertThat(heard).containsExactly("end 1000", "violated 1002");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 65_535, 65_536})
    void whatWeSendHasItsLengthAndNoMask(int length) {
        byte[] frame = Frames.frame(Frames.TEXT, new byte[length]);
        assertThat(frame[0]).isEqualTo((byte) 0x81);
        int head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
        assertThat(frame).hasSize(head + length);
        assertThat((int) frame[1]).isEqualTo(length < 126 ? length : length < 65_536 ? 126 : 127);
    }
}
