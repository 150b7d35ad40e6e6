package org.headgate.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborReaderTest {
    /** RFC 8949, appendix A. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00|0",
                "1818|24",
                "1903e8|1000",
                "1a000f4240|1000000",
                "1b000000e8d4a51000|1000000000000",
                "1bffffffffffffffff|1.8446744073709552E19",
                "c249010000000000000000|1.8446744073709552E19",
                "3bffffffffffffffff|-1.8446744073709552E19",
                "c349010000000000000000|-1.8446744073709552E19",
                "20|-1",
                "3903e7|-1000",
                "f93e00|1.5",
                "f97bff|65504.0",
                "fa47c35000|100000.0",
                "fb7e37e43c8800759c|1.0E300",
                "f90001|5.9604644775390625E-8",
                "f98000|-0.0",
                "f9c400|-4.0",
                "fbc010666666666666|-4.1",
                "f97c00|Infinity",
                "f97e00|NaN",
                "faff800000|-Infinity",
                "f4|false",
                "f5|true",
                "f6|null",
                "f7|null",
                "6449455446|IETF",
                "62c3bc|ü",
                "7f657374726561646d696e67ff|streaming",
                "83010203|[1, 2, 3]",
                "9f018202039f0405ffff|[1, [2, 3], [4, 5]]",
                "a201020304|{1=2, 3=4}",
                "bf6346756ef563416d7421ff|{Fun=true, Amt=-2}",
                "c1fb41d452d9ec200000|1.3638962405E9",
                "c48221196ab3|273.15",
                "c4823903e71a000f4240|0.0",
            })
    void readsTheExamplesOfTheStandard(String hex, String value) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(String.valueOf(CborReader.read(bytes, 0, bytes.length))).isEqualTo(value);
    }

    @Test
    void joinsThePiecesOfBytes() {
        byte[] bytes = HexFormat.of().parseHex("5f42010243030405ff");
        assertThat((byte[]) CborReader.read(bytes, 0, bytes.length)).containsExactly(1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "18",
                "1c",
                "5f00ff",
                "5f5f4100ffff",
                "61ff",
                "9b7fffffffffffffff",
                "9bffffffffffffffff",
                "5bffffffffffffffff00",
                "8201",
                "a101",
                "a1f500",
                "a201000100",
                "ff",
                "f8ff",
                "fc",
                "0000",
                "9f01",
                "c482010200",
                "c48101",
                "df00",
                "c1",
            })
    void refusesWhatIsNoItemInOneLine(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> CborReader.read(bytes, 0, bytes.length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("byte \\d+: .+");
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        for (int head : new int[] {0x81, 0x9F, 0xC1}) {
            byte[] deep = new byte[10_000];
            Arrays.fill(deep, (byte) head);
            assertThatThrownBy(() -> CborReader.read(deep, 0, deep.length)).hasMessageContaining("64 levels");
        }
    }

    @Test
    void readsOnlyItsPartOfTheBytes() {
        byte[] bytes = HexFormat.of().parseHex("ff820102ff");
        assertThat(CborReader.read(bytes, 1, 3)).isEqualTo(List.of(1L, 2L));
        assertThatThrownBy(() -> CborReader.read(bytes, 1, 2)).hasMessageContaining("1 bytes left");
    }

    @Test
    void readsWhatAnotherWriterHasWritten() throws Exception {
        ObjectMapper jackson = new ObjectMapper(new CBORFactory());
        Random random = new Random(8);
        for (int i = 0; i < 2000; i++) {
            Object value = value(random, 0);
            byte[] bytes = jackson.writeValueAsBytes(value);
            assertThat(CborReader.read(bytes, 0, bytes.length)).isEqualTo(value);
        }
    }

    private static Object value(Random random, int depth) {
        switch (random.nextInt(depth < 4 ? 8 : 6)) {
            case 0:
                return random.nextLong() >> random.nextInt(64);
            case 1:
                return Double.longBitsToDouble(random.nextLong() & 0x7FEFFFFFFFFFFFFFL);
            case 2:
                return random.nextBoolean();
            case 3:
                return "é" + "x".repeat(random.nextInt(300));
            case 4:
                return null;
            case 5:
                return (double) random.nextInt(1000);
            case 6:
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(30); i > 0; i--) {
                    list.add(value(random, depth + 1));
                }
                return list;
            default:
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(30); i > 0; i--) {
                    map.put("k" + i, value(random, depth + 1));
                }
                return map;
        }
    }
}
