package org.headgate.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private final ObjectMapper jackson = new ObjectMapper();

    @Test
    void writesTheShortestTextOfEverydayNumbers() {
        double[] numbers = {71.2, 72, -0.5, 0.1, 1e-9, 100.125, 0, -3, 1e14, 123456.789};
        assertThat(new JsonWriter().value(box(numbers)).toString())
                .isEqualTo("[71.2,72,-0.5,0.1,0.000000001,100.125,0,-3,100000000000000,123456.789]");
        assertThat(new JsonWriter().value(Double.NaN).toString()).isEqualTo("null");
        assertThat(new JsonWriter().value(1.25e-100).toString()).isEqualTo("1.25e-100");
    }

    @Test
    void fixedNumbersAreExactAndWithoutZerosAtTheirEnd() {
        JsonWriter json = new JsonWriter().beginArray();
        json.fixed(1_732_172_400_123_456L, 6)
                .fixed(1_732_172_400_100L, 3)
                .fixed(5_000, 3)
                .fixed(-1, 3)
                .fixed(0, 6);
        assertThat(json.fixed(-12_050, 3).fixed(7, 0).endArray().toString())
                .isEqualTo("[1732172400.123456,1732172400.1,5,-0.001,0,-12.05,7]");
    }

    @Test
    void everyDoubleAndEveryLongReadsBackTheSame() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            double value = switch (i % 4) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextInt() / 1000.0;
                case 2 -> random.nextGaussian();
                default -> random.nextInt(1000) * Math.pow(10, random.nextInt(40) - 20);
            };
            if (Double.isFinite(value)) {
                String text = new JsonWriter().value(value).toString();
                assertThat(Double.doubleToLongBits(Double.parseDouble(text)))
                        .as(text)
                        .isEqualTo(Double.doubleToLongBits(value));
                assertThat(jackson.readTree(text).isNumber()).isTrue();
            }
            long whole = random.nextLong() >> random.nextInt(64);
            assertThat(new JsonWriter().value(whole).toString()).isEqualTo(Long.toString(whole));
        }
        assertThat(new JsonWriter().value(Long.MIN_VALUE).toString()).isEqualTo("-9223372036854775808");
    }

    @Test
    void jacksonReadsWhatItWritesWhateverTheTextAndTheNesting() throws IOException {
        Random random = new Random(4);
        for (int i = 0; i < 3000; i++) {
            Object value = random(random, 4);
            byte[] json = new JsonWriter().value(value).toBytes();
            assertThat(jackson.readTree(json)).isEqualTo(jackson.readTree(jackson.writeValueAsBytes(value)));
        }
    }

    @Test
    void halfASurrogatePairBecomesTheReplacementCharacter() throws IOException {
        String text = jackson.readTree(new JsonWriter().value("a\uD83D-\uDE00").toBytes())
                .asText();
        assertThat(text).isEqualTo("a\uFFFD-\uFFFD");
    }

    private static List<Double> box(double[] numbers) {
        List<Double> list = new ArrayList<>();
        for (double number : numbers) {
            list.add(number);
        }
        return list;
    }

    private static Object random(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> random.nextBoolean();
            case 1 -> random.nextInt(100_000) + 0.25;
            case 2 -> text(random);
            case 3 -> new byte[] {1, 2, (byte) random.nextInt()};
            case 4 -> null;
            case 5 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(random(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(random), random(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int point = random.nextInt(4) == 0 ? random.nextInt(0x10FFFF) : random.nextInt(0x100);
            text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 'x' : point);
        }
        return text.toString();
    }
}
