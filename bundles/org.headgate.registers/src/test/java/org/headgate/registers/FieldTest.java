package org.headgate.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTest {
    private static Field field(String options) throws InvalidSettingException {
        return FieldOptions.of(Chan.of("0x00 " + options));
    }

    private static RecordedReadings read(Field field, String hex) {
        RecordedReadings readings = new RecordedReadings();
        byte[] bytes = HexFormat.of().parseHex("ee" + hex + "ee");
        field.read(bytes, 1, 7, readings);
        return readings;
    }

    @ParameterizedTest
    @CsvSource({
        "uint8, ff, 255",
        "int8, ff, -1",
        "uint16, 8001, 32769",
        "int16, 8001, -32767",
        "int16 order=little, 0180, -32767",
        "uint24, ff0001, 16711681",
        "int24, ff0001, -65535",
        "int24 order=little, 0100ff, -65535",
        "uint32, ffffffff, 4294967295",
        "int32, ffffffff, -1",
        "uint32 order=little, 04030201, 16909060",
        "int64, 8000000000000000, -9223372036854775808",
        "uint64, 7fffffffffffffff, 9223372036854775807",
        "int, fffffffffffffffe, -2",
        // INA219 (TI SBOS448G, 8.6.3.2): the bus voltage is in bits 15 to 3.
        "uint16 bits=15..3, 1f42, 1000",
        // MCP9808 (Microchip DS20005095B, 5.1.3): 13 bits in two's complement below three flags.
        "int16 bits=12..0, fff0, -16",
        "int16 bits=12..0, e001, 1",
        "int8 bits=7, 80, -1",
        "uint8 bits=3..3, 08, 1",
        "width=16, 0102, 258",
        "bits=6..4, 50, 5"
    })
    void wholeNumbers(String options, String hex, long value) throws Exception {
        assertThat(read(field(options), hex).values).containsOnlyKeys(7).containsEntry(7, value);
    }

    @ParameterizedTest
    @CsvSource({"float, 41ac0000, 21.5", "float32 order=little, 0000ac41, 21.5", "float64, c035800000000000, -21.5"})
    void floatingPointNumbers(String options, String hex, double value) throws Exception {
        assertThat(read(field(options), hex).values).containsEntry(7, value);
    }

    @ParameterizedTest
    @CsvSource({
        "bool, 00, false",
        "bool, 80, true",
        "bool bits=3, 08, true",
        "bool bits=3, f7, false",
        "bool bits=6..5, 20, true",
        "bool bits=12 width=16, 1000, true",
        "bool bits=12 width=16 order=little, 0010, true",
        "bool bits=12 width=16, efff, false"
    })
    void flags(String options, String hex, boolean value) throws Exception {
        assertThat(read(field(options), hex).values).containsEntry(7, value);
    }

    @Test
    void bytesAsTheyAre() throws Exception {
        assertThat((byte[]) read(field("bytes length=3"), "010203").values.get(7))
                .containsExactly(1, 2, 3);
    }

    /** A LONG has no place for it: a negative number would be a lie. */
    @Test
    void moreThan63BitsIsBadNeverNegative() throws Exception {
        RecordedReadings readings = read(field("uint64"), "8000000000000000");
        assertThat(readings.values).isEmpty();
        assertThat(readings.bad.get(7)).startsWith("9223372036854775808 is more than");
    }

    @ParameterizedTest
    @CsvSource({
        "uint8, 255, 00, ff",
        "int8, -128, 00, 80",
        "int16 order=little, -2, 0000, feff",
        "uint24, 66051, ffffff, 010203",
        "int24 order=little, -65535, 000000, 0100ff",
        "uint16 bits=15..3, 1000, 0005, 1f45",
        "uint16 bits=15..3, 0, ffff, 0007",
        "int16 bits=12..0, -16, e000, fff0",
        "uint8 bits=3, 1, a0, a8",
        "int64, -1, 0000000000000000, ffffffffffffffff"
    })
    void writesItsOwnBitsAndLeavesTheOthers(String options, long value, String before, String after) throws Exception {
        byte[] bytes = HexFormat.of().parseHex("ee" + before + "ee");
        field(options).put(value, bytes, 1);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("ee" + after + "ee");
    }

    @ParameterizedTest
    @CsvSource({
        "bool bits=3, true, 00, 08",
        "bool bits=3, false, ff, f7",
        "bool bits=5..4, true, 00, 30",
        "bool, true, 00, 01",
        "bool, false, ff, 00"
    })
    void writesFlags(String options, boolean value, String before, String after) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(before);
        field(options).put(value, bytes, 0);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({
        "uint8, 256",
        "uint8, -1",
        "int8, 128",
        "int8, -129",
        "uint16 bits=15..3, 8192",
        "int16 bits=12..0, 4096",
        "int16 bits=12..0, -4097",
        "uint8 bits=3, 2",
        "uint24, 16777216"
    })
    void refusesWhatDoesNotFitAndChangesNothing(String options, long value) throws Exception {
        byte[] bytes = {1, 2, 3, 4};
        assertThatThrownBy(() -> field(options).put(value, bytes, 0))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(value + " does not fit (expected: ");
        assertThat(bytes).containsExactly(1, 2, 3, 4);
    }

    @Test
    void refusesNumbersBeyondAllIntegers() throws Exception {
        for (double value : new double[] {Double.NaN, 1e300, -1e300, 0x1p63}) {
            assertThatThrownBy(() -> field("int64").put(value, new byte[8], 0)).hasMessageContaining("does not fit");
        }
        byte[] bytes = new byte[1];
        field("").put(2.6, bytes, 0);
        assertThat(bytes).containsExactly(3);
    }

    @Test
    void refusesBytesOfAnotherLength() {
        assertThatThrownBy(() -> field("bytes length=3").put(new byte[2], new byte[3], 0))
                .hasMessage("2 bytes do not fit (expected: 3)");
    }

    /** Every width, order and place of bits: what is written is read, and nothing else changes. */
    @Test
    void whatIsWrittenIsRead() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            int size = new int[] {1, 2, 3, 4, 8}[random.nextInt(5)];
            int low = random.nextInt(size * 8);
            int width = 1 + random.nextInt(size * 8 - low);
            boolean signed = random.nextBoolean();
            Field field =
                    new Field(signed ? Field.Kind.SIGNED : Field.Kind.UNSIGNED, size, random.nextBoolean(), low, width);
            long raw = random.nextLong() >>> 64 - width;
            long value = signed ? raw << 64 - width >> 64 - width : raw & Long.MAX_VALUE;
            byte[] bytes = new byte[size + 2];
            random.nextBytes(bytes);
            byte[] before = bytes.clone();
            field.put(value, bytes, 1);
            RecordedReadings readings = new RecordedReadings();
            field.read(bytes, 1, 0, readings);
            assertThat(readings.values.get(0)).as(field.toString()).isEqualTo(value);
            readings.values.clear();
            field.read(before, 1, 0, readings);
            if (readings.values.get(0) instanceof Long old) {
                field.put(old, bytes, 1);
                assertThat(bytes).as(field.toString()).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "uint8 bits=8, bits=8",
        "uint16 bits=3..5, bits=3..5",
        "uint16 bits=x, bits=x",
        "uint8 order=middle, order=middle",
        "uint8 width=16, width=16",
        "bool width=12, width=12",
        "float bits=3, bits=3",
        "bytes length=0, length=0",
        "bytes length=33, length=33",
        "bytes order=big, order=big",
        "uint8 length=3, length=3",
        "string, type=string",
        "uint8 shfit=3, shfit=3"
    })
    void refusesOptionsThatCannotBe(String options, String said) {
        assertThatThrownBy(() -> field(options))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(": " + said + " (expected: ");
    }
}
