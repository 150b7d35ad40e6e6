package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of every type, read from and written to a real server. */
class VariablesTest {
    @TempDir
    private static Path home;

    private static Reactor reactor;
    private static OpcUaDriver driver;
    private static MiloServer server;

    @BeforeAll
    static void start() throws IOException {
        reactor = Ground.loaded();
        driver = new OpcUaDriver(new MovedClock(), new Ground(home).keyring, reactor);
        server = new MiloServer();
    }

    @BeforeEach
    void restore() {
        server.press().restore();
    }

    @AfterAll
    static void stop() {
        server.close();
        reactor.stop();
    }

    private static RecordedReadings read(String node, Type type, String... more) throws Exception {
        DeviceSettings settings =
                new Site(server.url()).channel(node, type, more).settings();
        try (Connection connection = driver.open(settings)) {
            return Site.read(connection, settings);
        }
    }

    private static void write(String node, Type type, Object value, String... more) throws Exception {
        DeviceSettings settings =
                new Site(server.url()).channel(node, type, more).settings();
        try (Connection connection = driver.open(settings)) {
            connection.write(settings.channels().get(0), value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bool, BOOLEAN, true",
        "bool, LONG, true",
        "bool, STRING, true",
        "sbyte, LONG, -7",
        "byte, LONG, 200",
        "int16, LONG, -300",
        "uint16, LONG, 60000",
        "int32, LONG, -70000",
        "uint32, LONG, 4000000000",
        "int64, LONG, -5000000000",
        "uint64, DOUBLE, 1.8446744073709552E19",
        "uint64, STRING, 18446744073709551615",
        "float, DOUBLE, 1.5",
        "double, DOUBLE, 21.25",
        "duration, DOUBLE, 1500.0",
        "time, LONG, 1795320000500",
        "time, STRING, 2026-11-22T04:00:00.500Z",
        "guid, STRING, 00000000-0000-0007-0000-000000000008",
        "text, STRING, open",
        "state, LONG, 3",
        "any, LONG, 5",
        "node, STRING, ns=1;s=x",
        "array, STRING, '[1.5,2.5,3.5]'",
        "array, ARRAY, '[1.5, 2.5, 3.5]'",
        "'spaced\\sname/with\\sslash', LONG, 11"
    })
    void isReadAsWhatTheChannelWants(String node, Type type, String value) throws Exception {
        assertThat(read(node, type).values.get(0)).hasToString(value);
    }

    @Test
    void textAndBytesKeepEveryCharacter() throws Exception {
        server.press().set("string", "caf\u00e9 \u2615");
        assertThat(read("string", Type.STRING).values).containsEntry(0, "caf\u00e9 \u2615");
        assertThat((byte[]) read("bytes", Type.BYTES).values.get(0)).containsExactly(1, 2);
    }

    @Test
    void anElementOfAnArrayIsAValue() throws Exception {
        assertThat(read("array", Type.DOUBLE, "index=1").values).containsEntry(0, 2.5);
        assertThat(read("array", Type.STRING, "index=1:2").values).containsEntry(0, "[2.5,3.5]");
        assertThat(read("array", Type.DOUBLE, "index=7").bad.get(0)).startsWith("Bad_IndexRangeNoData");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "string | DOUBLE | a value of the type String, not a number",
                "uint64 | LONG | 18446744073709551615 is more than 64 bits",
                "array | DOUBLE | an array: index=0 is its first element, not a number",
                "double | BYTES | a value of the type Double, not bytes",
                "range | STRING | a structure (",
                "range | DOUBLE | a structure (",
                "empty | DOUBLE | the variable has no value",
                "broken | DOUBLE | Bad_SensorFailure: ",
                "gone | DOUBLE | Bad_NodeIdUnknown: "
            })
    void whatDoesNotFitIsBadWithTheReason(String node, Type type, String reason) throws Exception {
        RecordedReadings readings = read(node, type);
        assertThat(readings.values).isEmpty();
        assertThat(readings.bad.get(0)).startsWith(reason);
    }

    @Test
    void aDoubtfulValueIsUncertainWithTheNameOfItsStatus() throws Exception {
        RecordedReadings readings = read("doubtful", Type.DOUBLE);
        assertThat(readings.values).containsEntry(0, 1.0);
        assertThat(readings.uncertain.get(0)).startsWith("Uncertain_LastUsableValue: ");
    }

    /** Each has its own: which of them are a row is the runtime's to say. Without one it was measured when the server answered. */
    @Test
    void theTimeOfTheSourceIsThatOfTheValue() throws Exception {
        server.press().give("float", Press.at(1.5f, 1_700_000_000_123L));
        server.press().give("int32", Press.at(5, 1_700_000_000_456L));
        DataValue untimed = new DataValue(new Variant(7L), StatusCode.GOOD, null, DateTime.now());
        server.press().give("int64", untimed);
        Site site = new Site(server.url())
                .channel("float", Type.DOUBLE)
                .channel("int32", Type.LONG)
                .channel("int64", Type.LONG);
        long before = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        try (Connection connection = driver.open(site.settings())) {
            RecordedReadings read = Site.read(connection, site.settings());
            assertThat(read.values).hasSize(3);
            assertThat(read.times)
                    .containsExactly(
                            Map.entry(0, 1_700_000_000_123_000_000L), Map.entry(1, 1_700_000_000_456_000_000L));
            assertThat(read.time).isGreaterThanOrEqualTo(before);
        }
        DeviceSettings aligned = site.option("align", "1s").settings();
        try (Connection connection = driver.open(aligned)) {
            RecordedReadings read = Site.read(connection, aligned);
            assertThat(read.times.values()).containsExactly(1_700_000_000_000_000_000L, 1_700_000_000_000_000_000L);
            assertThat(read.time % 1_000_000_000).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sbyte, -8",
        "byte, 255",
        "int16, -301",
        "uint16, 65535",
        "int32, 7",
        "uint32, 4294967295",
        "int64, 9000000000",
        "uint64, 5",
        "any, 6",
        "state, 2"
    })
    void aWholeNumberIsWrittenInTheTypeOfTheVariable(String node, long value) throws Exception {
        Class<?> before = server.press().get(node).getClass();
        write(node, Type.LONG, value);
        assertThat(server.press().get(node)).isInstanceOf(before).hasToString(String.valueOf(value));
    }

    @ParameterizedTest
    @CsvSource({"byte, 256", "byte, -1", "int16, 40000", "uint32, -1", "sbyte, 128", "uint64, -1"})
    void aNumberThatDoesNotFitIsRefusedBeforeItIsSent(String node, long value) throws Exception {
        Object before = server.press().get(node);
        assertThatThrownBy(() -> write(node, Type.LONG, value))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(value + " is no ");
        assertThat(server.press().get(node)).isEqualTo(before);
    }

    @Test
    void everythingElseIsWrittenInItsTypeToo() throws Exception {
        write("float", Type.DOUBLE, 2.5);
        write("string", Type.STRING, "a b");
        write("bytes", Type.BYTES, "xy".getBytes(StandardCharsets.US_ASCII));
        write("bool", Type.BOOLEAN, false);
        write("guid", Type.STRING, "00000000-0000-0009-0000-000000000008");
        write("time", Type.LONG, 1_700_000_000_000L);
        write("text", Type.STRING, "shut");
        assertThat(server.press().get("float")).isEqualTo(2.5f);
        assertThat(server.press().get("string")).isEqualTo("a b");
        assertThat(server.press().get("bytes")).isEqualTo(ByteString.of(new byte[] {'x', 'y'}));
        assertThat(server.press().get("bool")).isEqualTo(false);
        assertThat(server.press().get("guid")).hasToString("00000000-0000-0009-0000-000000000008");
        assertThat(((DateTime) server.press().get("time")).getJavaTime()).isEqualTo(1_700_000_000_000L);
    }

    @Test
    void anArrayAndAnElementOfItAreWritten() throws Exception {
        write("array", Type.STRING, "[4, 5.5, 6]");
        assertThat((Double[]) server.press().get("array")).containsExactly(4.0, 5.5, 6.0);
        write("array", Type.DOUBLE, 9.0, "index=1");
        assertThat((Double[]) server.press().get("array")).containsExactly(4.0, 9.0, 6.0);
        assertThatThrownBy(() -> write("array", Type.STRING, "4"))
                .hasMessage("an array is wanted, written as [1, 2, 3]");
    }

    private static String matrix() {
        return Values.plain(server.press().get("matrix")).toString();
    }

    /** OPC 10000-4, 7.27: what is written to a range has as many dimensions as the range. */
    @Test
    void aMatrixAndAnElementOfItAreWritten() throws Exception {
        write("matrix", Type.DOUBLE, 9.0, "index=1,2");
        assertThat(matrix()).isEqualTo("[[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]]");
        assertThat(read("matrix", Type.DOUBLE, "index=1,2").values).containsEntry(0, 9.0);
        write("matrix", Type.STRING, "[[7], [8]]", "index=0:1,1");
        assertThat(matrix()).isEqualTo("[[1.0, 7.0, 3.0], [4.0, 8.0, 9.0]]");
        write("matrix", Type.STRING, "[[1, 2, 3], [4, 5.5, 6]]");
        assertThat(matrix()).isEqualTo("[[1.0, 2.0, 3.0], [4.0, 5.5, 6.0]]");
        assertThatThrownBy(() -> write("matrix", Type.STRING, "[1, 2]"))
                .hasMessage("an array of 2 dimensions is wanted, written as [[1, 2], [3, 4]]");
        assertThatThrownBy(() -> write("matrix", Type.STRING, "[[1, 2], [3]]"))
                .hasMessage("the rows of a matrix must have as many elements each");
        assertThatThrownBy(() -> write("matrix", Type.STRING, "[[], [1, 2]]"))
                .hasMessage("the rows of a matrix must have as many elements each");
    }

    @Test
    void aNamespaceThatTheServerDoesNotHaveIsNamed() throws Exception {
        DeviceSettings settings = new Site(server.url())
                .source("nsu=urn:other;s=x", Type.DOUBLE, Access.READ)
                .channel("double", Type.DOUBLE)
                .settings();
        try (Connection connection = driver.open(settings)) {
            RecordedReadings readings = Site.read(connection, settings);
            assertThat(readings.bad).containsEntry(0, "the server does not have the namespace urn:other");
            assertThat(readings.values).containsEntry(1, 21.25);
        }
    }

    @Test
    void nodesAreFoundByIndexAndEveryKindOfIdentifierIsUnderstood() {
        List.of(
                        "i=2258",
                        "ns=3;i=5",
                        "g=00000000-0000-0007-0000-000000000008",
                        "nsu=http://a/b;b=AQI=",
                        "nsu=a%3Bb;s=x;y")
                .forEach(text -> assertThat(NodeAddress.parse(text)).as(text).isPresent());
        List.of("", "x", "ns=70000;i=1", "i=4294967296", "i=-1", "g=1", "b=!", "nsu=;s=x", "ns=2", "s=")
                .forEach(text -> assertThat(NodeAddress.parse(text)).as(text).isEmpty());
        assertThat(NodeAddress.parse("nsu=a%3Bb%25;s=x;y").orElseThrow().uri()).isEqualTo("a;b%");
    }
}
