package org.headgate.driver.uart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramerTest {
    private final List<String> frames = new ArrayList<>();
    private Framer framer;

    private void framing(String... options) throws Exception {
        Map<String, String> keys = new HashMap<>();
        for (String option : options) {
            keys.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        frames.clear();
        framer = new Framer(Framing.parse(keys), bytes -> frames.add(new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        framer.add(bytes, bytes.length);
    }

    private void hex(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        framer.add(bytes, bytes.length);
    }

    private List<String> inHex() {
        return frames.stream()
                .map(frame -> HexFormat.of().formatHex(frame.getBytes(StandardCharsets.ISO_8859_1)))
                .toList();
    }

    @Test
    void linesEndWithEitherEndAndEmptyOnesAreNone() throws Exception {
        framing();
        text("one\r\ntwo\n\r\n\nthr");
        text("ee\r\n");
        assertThat(frames).containsExactly("one", "two", "three");
        assertThat(framer.good()).isEqualTo(3);
        assertThat(framer.bad()).isZero();
    }

    @Test
    void aLineThatIsTooLongIsDroppedAsAWholeAndCountedOnce() throws Exception {
        framing("max=4");
        text("1234\r\n");
        text("x".repeat(100_000) + "y\nnext\n");
        assertThat(frames).containsExactly("next");
        assertThat(framer.bad()).isEqualTo(2);
        framing("max=5");
        text("1234\r\n12345\n123456789012345678901234567\nnext\n");
        assertThat(frames).containsExactly("1234", "12345", "next");
        assertThat(framer.bad()).isEqualTo(1);
    }

    @Test
    void delimitedFramesBeginAndEndWhereTheySay() throws Exception {
        framing("frame=delimiter", "start=\\x02", "delimiter=0x03");
        text("noise\u0002one\u0003\r\n\u0002cut\u0002two\u0003\u0003\u0002three\u0003");
        assertThat(frames).containsExactly("one", "two", "three");
        // The noise, and the frame whose end never came; what is between frames is a line's end only, but for one byte.
        assertThat(framer.bad()).isEqualTo(3);
        framing("frame=delimiter", "delimiter=\\r\\n>");
        text("a\r\nb\r\n>c>\r\n>");
        assertThat(frames).containsExactly("a\r\nb", "c>");
    }

    @Test
    void aDelimitedFrameWithoutAnEndIsDropped() throws Exception {
        framing("frame=delimiter", "start=\\x02", "delimiter=0x03", "max=8");
        text("\u0002" + "x".repeat(5000) + "\u0003\u0002ok\u0003");
        assertThat(frames).containsExactly("ok");
        assertThat(framer.bad()).isPositive();
    }

    @Test
    void aLengthFieldCountsWhatItIsToldToCount() throws Exception {
        framing("frame=length", "start=0xAA55", "length=2:uint16le+4");
        hex("AA55 0300 010203 AA55 0000 FF AA55 01");
        hex("00 AA");
        assertThat(inHex()).containsExactly("aa550300010203", "aa550000", "aa550100aa");
        assertThat(framer.bad()).isEqualTo(1);
        framing("frame=length", "length=3");
        hex("010203040506 07");
        assertThat(inHex()).containsExactly("010203", "040506");
        framer.pause();
        hex("080909");
        assertThat(inHex()).containsExactly("010203", "040506", "080909");
        assertThat(framer.bad()).isEqualTo(1);
    }

    /** A length beyond all bounds must not make the framer wait for that many bytes. */
    @Test
    void aLengthThatCannotBeIsGarbage() throws Exception {
        framing("frame=length", "start=0xAA", "length=1:uint16be+3", "max=32");
        hex("AA FFFF 00 AA 0001 07");
        assertThat(inHex()).containsExactly("aa000107");
        assertThat(framer.bad()).isEqualTo(1);
    }

    /** One byte too many, and then a frame of Modbus over Serial Line with one bit wrong, whose length cannot be trusted either. */
    @Test
    void aFrameIsFoundBehindGarbageByItsChecksum() throws Exception {
        framing("frame=length", "length=8", "checksum=crc16-modbus");
        hex("99 01 04 00 00 00 01 31");
        assertThat(frames).isEmpty();
        hex("CA 01 04 00 00 00 01 31 CB 01 04 00 00 00 01 31 CA");
        assertThat(inHex()).containsExactly("010400000001", "010400000001");
        assertThat(framer.good()).isEqualTo(2);
        assertThat(framer.bad()).isEqualTo(2);
    }

    @Test
    void anIdleFrameEndsWithThePause() throws Exception {
        framing("frame=idle", "max=4");
        hex("0102");
        assertThat(framer.isPart()).isTrue();
        hex("03");
        framer.pause();
        framer.pause();
        hex("0000000000000000");
        framer.pause();
        hex("04");
        framer.pause();
        assertThat(inHex()).containsExactly("010203", "04");
        assertThat(framer.bad()).isEqualTo(1);
    }

    /** The kernel hands over pieces as it likes: no frame may depend on that. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "max=6",
                "frame=delimiter,delimiter=0x0303,start=0x0102,max=6",
                "frame=delimiter,delimiter=0x03,max=3",
                "frame=length,length=1:uint8+2,start=0x01,max=7,checksum=xor",
                "frame=length,length=0:uint8+1,max=4,checksum=sum8"
            })
    void framesDoNotDependOnThePieces(String options) throws Exception {
        Random random = new Random(7);
        byte[] bytes = new byte[20_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(4) == 0 ? 10 : random.nextInt(5));
        }
        framing(options.split(","));
        framer.add(bytes, bytes.length);
        List<String> whole = List.copyOf(frames);
        long bad = framer.bad();
        assertThat(whole).hasSizeGreaterThan(20);
        assertThat(bad).isPositive();
        framing(options.split(","));
        for (int from = 0; from < bytes.length; ) {
            int count = Math.min(bytes.length - from, 1 + random.nextInt(9));
            framer.add(Arrays.copyOfRange(bytes, from, from + count), count);
            from += count;
        }
        assertThat(frames).isEqualTo(whole);
        assertThat(framer.bad()).isEqualTo(bad);
        assertThat(framer.good()).isEqualTo(whole.size());
    }
}
