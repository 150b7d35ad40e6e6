package org.headgate.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMessagesTest {
    private static final String RFC_6901 = """
            {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\\\j": 5, "k\\"l": 6, " ": 7, "m~n": 8}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/foo/0;bar",
                "/foo/1;baz",
                "/;0",
                "/a~1b;1",
                "/c%d;2",
                "/e^f;3",
                "/g|h;4",
                "/i\\j;5",
                "/k\"l;6",
                "/~s;7",
                "/m~0n;8"
            })
    void findsTheExamplesOfRfc6901(String pointer, String value) throws Exception {
        assertThat(Decoding.of("", pointer + " string").only(RFC_6901)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/foo/2", "/foo/00", "/foo/-", "/foo/x", "/foo/0/x", "/nowhere", "/foo/99999999999"})
    void whatIsNotThereIsAbsent(String pointer) throws Exception {
        assertThat(Decoding.of("", pointer + " string").decode(RFC_6901).rows).isEmpty();
        assertThat(Decoding.of("", pointer + " string required=true").only(RFC_6901))
                .isEqualTo("BAD not in the message");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "double;21.5;21.5",
                "double;\"21.5\";21.5",
                "double;\" 21.5 °C\";21.5",
                "long;7;7",
                "long;7.0;7.0",
                "long;true;true",
                "long;9223372036854775807;9223372036854775807",
                "long;\"-3\";-3",
                "double;\"1e3\";1000.0",
                "double;\"abc\";BAD no number: abc",
                "double;\"12,5\";BAD no number: 12,5",
                "double;\"0x1F\";BAD no number: 0x1F",
                "double;\"10:20\";BAD no number: 10:20",
                "double;\"\";BAD no number: (empty)",
                "double;[1];BAD no number: [1]",
                "long;1e30;BAD no number: 1.0e30",
                "double;1e999;BAD no number: null",
                "double;\"1e999\";BAD no number: 1e999",
                "double;\"NaN\";BAD no number: NaN",
                "boolean;true;true",
                "boolean;\"ON\";true",
                "boolean;\"off\";false",
                "boolean;1;true",
                "boolean;0.0;false",
                "boolean;\"maybe\";BAD no truth value: maybe",
                "string;\"x\";x",
                "string;21.5;21.5",
                "string;3;3",
                "string;true;true",
                "string;{\"a\":[1,null]};{\"a\":[1,null]}",
                "string;\"a\\nb\";`a\nb`",
                "double;\"a\\nb\";BAD no number: a?b",
            })
    void convertsToTheChannelsTypeOrSaysWhyNot(String type, String json, String value) throws Exception {
        assertThat(String.valueOf(Decoding.of("", "/v " + type).only("{\"v\":" + json + "}")))
                .isEqualTo(value);
    }

    @Test
    void takesBytesInBase64AndHex() throws Exception {
        assertThat(Decoding.of("", "/v bytes").only("{\"v\":\"-_8B\"}")).isEqualTo(new byte[] {-5, -1, 1});
        assertThat(Decoding.of("", "/v bytes").only("{\"v\":\"+/8B\"}")).isEqualTo(new byte[] {-5, -1, 1});
        assertThat(Decoding.of("", "/v bytes encoding=hex").only("{\"v\":\"00FF\"}"))
                .isEqualTo(new byte[] {0, -1});
        assertThat(Decoding.of("", "/v bytes encoding=hex").only("{\"v\":\"0\"}"))
                .isEqualTo("BAD no bytes: 0");
    }

    /** RFC 6901, 4: {@code ~01} is {@code ~1}, not a slash. */
    @Test
    void anEscapedTildeBeginsNoOtherEscape() throws Exception {
        assertThat(Decoding.of("", "/~01 long").only("{\"~1\":9,\"/\":8}")).isEqualTo(9L);
        assertThat(Decoding.of("", "/~0s long").only("{\"~s\":9,\" \":8}")).isEqualTo(9L);
    }

    @Test
    void nullIsNoValue() throws Exception {
        assertThat(Decoding.of("", "/v double").decode("{\"v\":null}").rows).isEmpty();
    }

    @Test
    void wordsMeanWhatTheMapSays() throws Exception {
        Decoding door = Decoding.of("", "/v long map=OPEN:1,CLOSED:0");
        assertThat(door.only("{\"v\":\"OPEN\"}")).isEqualTo(1L);
        assertThat(door.only("{\"v\":\"ajar\"}")).isEqualTo("BAD unknown word: ajar");
        assertThat(Decoding.of("", "/v string map=0:closed,1:open").only("{\"v\":1}"))
                .isEqualTo("open");
    }

    @Test
    void arraysAndLinesAreRows() throws Exception {
        Decoding decoding = Decoding.of("time=/ts", "/v double", "/w double");
        decoding.decode("[{\"v\":1,\"ts\":1700000001},{\"w\":2,\"ts\":1700000002}]\n{\"v\":3}\n");
        assertThat(decoding.rows)
                .extracting(row -> row.values)
                .containsExactly(Map.of(0, 1L), Map.of(1, 2L), Map.of(0, 3L));
        assertThat(decoding.rows)
                .extracting(row -> row.time)
                .containsExactly(1_700_000_001_000_000_000L, 1_700_000_002_000_000_000L, 0L);
    }

    @Test
    void aPointerWithANumberGoesIntoTheOutermostArray() throws Exception {
        assertThat(Decoding.of("", "/1/v long").only("[{\"v\":1},{\"v\":2}]")).isEqualTo(2L);
    }

    @Test
    void rowsMayLieDeeperAndTakeFromTheirMessageWhatTheyLack() throws Exception {
        Decoding decoding = Decoding.of("rows=/data time=/at", "/v long", "/site string");
        decoding.decode(
                "{\"site\":\"north\",\"at\":1700000000,\"data\":[{\"v\":1},{\"v\":2,\"site\":\"south\",\"at\":1700000001}]}");
        assertThat(decoding.rows)
                .extracting(row -> row.values)
                .containsExactly(Map.of(0, 1L, 1, "north"), Map.of(0, 2L, 1, "south"));
        assertThat(decoding.rows)
                .extracting(row -> row.time)
                .containsExactly(Decoding.NOW, Decoding.NOW + 1_000_000_000L);
        assertThat(decoding.decode("{\"other\":1}").rows).isEmpty();
    }

    @Test
    void theWholeMayBeAChannelBesideItsParts() throws Exception {
        RecordedReadings row = Decoding.of("", "text string", "/v long")
                .decode("{\"v\":1}\n")
                .rows
                .get(0);
        assertThat(row.values).isEqualTo(Map.of(0, "{\"v\":1}", 1, 1L));
    }

    @ParameterizedTest
    @CsvSource({
        "s,1700000000.123456789,1700000000.123456700", "s,1700000000,1700000000", "ms,1700000000123,1700000000.123",
        "us,1700000000123456,1700000000.123456", "ns,1700000000123456789,1700000000.123456789",
                "auto,1700000000.5,1700000000.5",
        "auto,1700000000123,1700000000.123", "auto,1700000000123456,1700000000.123456",
                "auto,1700000000123456789,1700000000.123456789",
        "auto,\"1700000000123\",1700000000.123", "auto,\"2023-11-14T22:13:20.5Z\",1700000000.5",
                "auto,\"2023-11-15T00:13:20+02:00\",1700000000",
        "auto,\"2023-11-15T00:13:20+0200\",1700000000", "auto,\"2023-11-14 22:13:20\",1700000000", "s,-1.5,-1.5",
    })
    void timesAreExact(String unit, String json, String seconds) throws Exception {
        Decoding decoding =
                Decoding.of("time=/ts time.unit=" + unit, "/v long").decode("{\"v\":1,\"ts\":" + json + "}");
        assertThat(decoding.rows.get(0).time)
                .isEqualTo(new java.math.BigDecimal(seconds).movePointRight(9).longValueExact());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"yesterday\"",
                "true",
                "{}",
                "1e300",
                "\"1e999999999\"",
                "\"9999-01-01T00:00:00Z\"",
                "\"2023-11-14\"",
                "1e19"
            })
    void aTimeThatIsNoneRefusesTheMessage(String json) throws Exception {
        Decoding decoding = Decoding.of("time=/ts", "/v long");
        assertThatThrownBy(() -> decoding.decode("[{\"v\":1},{\"v\":2,\"ts\":" + json + "}]"))
                .isInstanceOf(MessageException.class)
                .hasMessageStartingWith("no time: ");
        assertThat(decoding.rows).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\":1,\"a\":2}",
                "nonsense",
                "{\"a\\n\":1,\"a\\n\":2}",
                "21.5",
                "\"text\"",
                "[1]",
                "{\"v\":1}\n{",
                "{'v':1}"
            })
    void whatIsNoJsonOrNoObjectIsRefusedAsAWhole(String message) throws Exception {
        Decoding decoding = Decoding.of("", "/v long");
        assertThatThrownBy(() -> decoding.decode(message))
                .isInstanceOf(MessageException.class)
                .hasMessageMatching("(?-s)no (JSON|object): .+");
        assertThat(decoding.rows).isEmpty();
    }

    @Test
    void refusesWhatIsTooLongTooDeepOrNoText() throws Exception {
        Decoding decoding = Decoding.of("message.max=1KiB", "/v long");
        assertThatThrownBy(() -> decoding.decode(" ".repeat(1025)))
                .hasMessageContaining("1025 bytes (at most 1024, message.max)");
        assertThatThrownBy(() -> decoding.decode("[".repeat(500))).hasMessageContaining("64 levels");
        assertThatThrownBy(() -> decoding.decode(new byte[] {'"', (byte) 0xFF, '"'}))
                .hasMessage("no text in UTF-8");
        assertThat(Decoding.of("", "/v long").only("\uFEFF{\"v\":1}")).isEqualTo(1L);
    }

    @Test
    void findsWhatAnotherReaderFinds() throws Exception {
        ObjectMapper jackson = new ObjectMapper();
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            Object tree = tree(random, 0);
            String json = jackson.writeValueAsString(Map.of("root", tree));
            String pointer = "/root" + "/k1".repeat(random.nextInt(2)) + "/" + (random.nextBoolean() ? "k0" : "0");
            JsonNode expected = jackson.readTree(json).at(pointer);
            Decoding decoding = Decoding.of("", pointer + " string").decode(json);
            if (expected.isMissingNode() || expected.isNull()) {
                assertThat(decoding.rows).isEmpty();
            } else if (expected.isTextual()) {
                assertThat(decoding.rows.get(0).values.get(0)).isEqualTo(expected.textValue());
            } else {
                assertThat(jackson.readTree((String) decoding.rows.get(0).values.get(0)))
                        .isEqualTo(expected);
            }
        }
    }

    private static Object tree(Random random, int depth) {
        return switch (random.nextInt(depth < 3 ? 6 : 4)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextInt() / 64.0 + 1.0 / 128;
            case 2 -> "ü\n\"" + random.nextInt();
            case 3 -> random.nextBoolean();
            case 4 -> java.util.List.of(tree(random, depth + 1), tree(random, depth + 1));
            default -> Map.of("k0", tree(random, depth + 1), "k1", tree(random, depth + 1));
        };
    }

    @Test
    void timesKeepTheirMeaning() throws Exception {
        long nanos = Decoding.of("time=/ts", "/v long")
                .decode("{\"v\":1,\"ts\":\"2024-02-29T12:00:00Z\"}")
                .rows
                .get(0)
                .time;
        assertThat(Instant.ofEpochSecond(0, nanos)).isEqualTo(Instant.parse("2024-02-29T12:00:00Z"));
    }
}
