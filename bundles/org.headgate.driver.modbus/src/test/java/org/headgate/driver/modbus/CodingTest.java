package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each type in each order, against bytes that {@link ByteBuffer} has packed and that are put in order by their letters. */
class CodingTest {
    /** Where the bytes of a number go, A being the highest; written down, not computed. */
    private static final Map<String, List<String>> LETTERS = Map.of(
            "ABCD", List.of("AB", "ABCD", "ABCDEFGH"),
            "CDAB", List.of("AB", "CDAB", "GHEFCDAB"),
            "BADC", List.of("BA", "BADC", "BADCFEHG"),
            "DCBA", List.of("BA", "DCBA", "HGFEDCBA"));

    static Stream<Arguments> numbers() {
        Map<String, List<Object>> values = Map.of(
                "int16", List.of(0L, 1L, -1L, 0x1234L, -32768L, 32767L),
                "uint16", List.of(0L, 0xFFFEL, 0x1234L),
                "int32", List.of(0L, -2L, 0x12345678L, (long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE),
                "uint32", List.of(0L, 0x89ABCDEFL, 0xFFFF_FFFFL),
                "int64", List.of(0L, -3L, 0x0123456789ABCDEFL, Long.MIN_VALUE, Long.MAX_VALUE),
                "uint64", List.of(0L, 0x7123456789ABCDEFL, Long.MAX_VALUE),
                "float32", List.of(0.0, -1.5, (double) 3.14159f, (double) Float.MAX_VALUE, (double) Float.MIN_VALUE),
                "float64", List.of(0.0, -Math.PI, Double.MAX_VALUE, Double.MIN_VALUE),
                "bcd16", List.of(0L, 1234L, 9999L),
                "bcd32", List.of(0L, 12345678L, 99999999L));
        List<Arguments> cases = new ArrayList<>();
        values.forEach((type, all) ->
                all.forEach(value -> LETTERS.keySet().forEach(order -> cases.add(Arguments.of(type, order, value)))));
        return cases.stream();
    }

    private static byte[] packed(String type, Object value) {
        if (type.startsWith("bcd")) {
            int size = type.equals("bcd16") ? 2 : 4;
            return bytes(new BigInteger(value.toString(), 16).longValue(), size);
        }
        if (type.equals("float32")) {
            return ByteBuffer.allocate(4)
                    .putFloat(((Double) value).floatValue())
                    .array();
        }
        if (type.equals("float64")) {
            return ByteBuffer.allocate(8).putDouble((Double) value).array();
        }
        return bytes((Long) value, Integer.parseInt(type.replaceAll("\\D", "")) / 8);
    }

    private static byte[] bytes(long value, int size) {
        byte[] all = ByteBuffer.allocate(8).putLong(value).array();
        return Arrays.copyOfRange(all, 8 - size, 8);
    }

    private static byte[] inOrder(byte[] packed, String order) {
        String letters = LETTERS.get(order).get(packed.length == 2 ? 0 : packed.length == 4 ? 1 : 2);
        byte[] wire = new byte[packed.length];
        for (int i = 0; i < wire.length; i++) {
            wire[i] = packed[letters.charAt(i) - 'A'];
        }
        return wire;
    }

    private static Coding coding(String text) throws InvalidSettingException {
        return Codings.of(Units.channel("x: holding/0 " + text), Order.ABCD);
    }

    private static Object read(Coding coding, byte[] bytes, int at) {
        RecordedReadings readings = new RecordedReadings();
        coding.read(bytes, at, 0, readings);
        return readings.bad.isEmpty() ? readings.values.get(0) : readings.bad.get(0);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberIsReadAndWrittenInItsOrder(String type, String order, Object value) throws Exception {
        byte[] wire = inOrder(packed(type, value), order);
        Coding coding = coding(type + " order=" + order);
        assertThat(coding.registers()).isEqualTo(wire.length / 2);
        byte[] answer = new byte[wire.length + 6];
        System.arraycopy(wire, 0, answer, 4, wire.length);
        assertThat(read(coding, answer, 4)).isEqualTo(value);
        byte[] written = new byte[wire.length];
        coding.put(value, written);
        assertThat(written).isEqualTo(wire);
    }

    @ParameterizedTest
    @CsvSource({
        "bool, 0000, false",
        "bool, 0100, true",
        "bool bit=0, 0001, true",
        "bool bit=0, FFFE, false",
        "bool bit=15, 8000, true",
        "bool bit=3 order=BADC, 0800, true",
        "bool bit=3 order=BADC, 0008, false",
        "bool bit=7, FF7F, false",
        "bool bit=8, 0100, true",
    })
    void aBitIsWhereItWasCounted(String text, String registers, boolean value) throws Exception {
        assertThat(read(coding(text), hex(registers), 0)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "int8, 12FE, -2",
        "uint8, 12FE, 254",
        "int8 byte=high, FE12, -2",
        "uint8 byte=high, FE12, 254",
        "uint8 byte=low order=DCBA, FE12, 254",
        "uint64, 8000000000000000, 9223372036854775808 is more than the 63 bits of a whole number",
        "bcd16, 12A4, no decimal digits (BCD): a4 in 12a4",
        "'', 8001, 32769",
    })
    void whatIsLeftOfARegisterAndWhatCannotBeTold(String text, String registers, String value) throws Exception {
        assertThat(read(coding(text), hex(registers), 0)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource({
        "bool bit=3, true, F0F0, F0F8", "bool bit=3, false, FFFF, FFF7", "bool bit=3 order=BADC, true, 0000, 0800",
        "uint8, 18, ABCD, AB12", "uint8 byte=high, 18, ABCD, 12CD", "bool, true, 0000, 0001",
    })
    void aPartIsWrittenAndTheRestStays(String text, String value, String before, String after) throws Exception {
        byte[] registers = hex(before);
        Coding coding = coding(text);
        coding.put(value.matches("\\d+") ? (Object) Long.valueOf(value) : Boolean.valueOf(value), registers);
        assertThat(registers).isEqualTo(hex(after));
        assertThat(coding.isPart()).isEqualTo(!text.equals("bool"));
    }

    @Test
    void textEndsAtAZeroOrItsBlanksAndIsFilledUp() throws Exception {
        Coding text = coding("string length=7");
        assertThat(text.registers()).isEqualTo(4);
        assertThat(read(text, "AB  \0XYZ".getBytes(StandardCharsets.UTF_8), 0)).isEqualTo("AB");
        assertThat(read(text, "ABCDEFGH".getBytes(StandardCharsets.UTF_8), 0)).isEqualTo("ABCDEFG");
        assertThat(read(coding("string length=4 order=BADC"), "BADC".getBytes(StandardCharsets.UTF_8), 0))
                .isEqualTo("ABCD");
        byte[] registers = {9, 9, 9, 9, 9, 9, 9, 9};
        text.put("Äb", registers);
        assertThat(registers).isEqualTo(new byte[] {(byte) 0xC3, (byte) 0x84, 'b', 0, 0, 0, 0, 0});
        assertThatThrownBy(() -> text.put("12345678", registers))
                .isInstanceOf(IOException.class)
                .hasMessage("8 bytes of text do not fit (expected: 7 at most)");
    }

    @Test
    void whatDoesNotFitIsNotWritten() {
        assertThatThrownBy(() -> coding("int16").put(32768L, new byte[2])).hasMessageContaining("does not fit");
        assertThatThrownBy(() -> coding("bcd16").put(10_000L, new byte[2]))
                .hasMessage("10000 does not fit (expected: 0 to 9999)");
        assertThatThrownBy(() -> coding("bcd32").put(-1L, new byte[4])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> coding("bytes length=4").put(new byte[3], new byte[4]))
                .hasMessageContaining("3 bytes do not fit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int24 | channel.x: int24 (expected: bool, int8, uint8, int16 to int64",
                "int | channel.x: int (expected: bool, int8",
                "int16 order=abcd | channel.x: order=abcd (expected: order=ABCD, CDAB, BADC or DCBA)",
                "int16 bit=3 | channel.x: bit=3 (expected: bit for bool only)",
                "bool bit=16 | channel.x: bit=16 (expected: bit=0 to 15)",
                "int16 byte=high | channel.x: byte=high (expected: byte for int8 and uint8 only)",
                "uint8 byte=middle | channel.x: byte=middle (expected: byte=low or byte=high)",
                "string | channel.x: holding/0 (expected: length=16: how many bytes it has)",
                "string length=0 | channel.x: length=0 (expected: length=1 to 250)",
                "string length=4 order=CDAB | channel.x: order=CDAB (expected: order=ABCD, or order=BADC",
                "int16 length=3 | channel.x: length=3 (expected: length for string and bytes only)",
                "int16 words=2 | channel.x: words=2 (expected: order=CDAB, bit=3, byte=high or length=16)",
            })
    void whatMakesNoSenseIsNamed(String text, String message) {
        assertThatThrownBy(() -> coding(text))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
