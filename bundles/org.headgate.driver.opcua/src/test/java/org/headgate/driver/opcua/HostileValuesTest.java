package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ResponseHeader;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Values that no server would send by right. */
class HostileValuesTest {
    private static final EncodingContext CONTEXT = Bounds.of(HostileTest.limited());

    /** A matrix of two rows and seven columns, whose dimensions can be found in the bytes. */
    private static DataValue matrix() {
        return new DataValue(new Variant(
                new Matrix(new Integer[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}, new int[] {2, 7})));
    }

    /** Makes of the two dimensions so many that an array for them has 256 MiB. */
    private static byte[] exaggerated(byte[] message) {
        ByteBuf bytes = Unpooled.wrappedBuffer(message.clone());
        for (int i = 0; i <= message.length - 12; i++) {
            if (bytes.getIntLE(i) == 2 && bytes.getIntLE(i + 4) == 2 && bytes.getIntLE(i + 8) == 7) {
                return bytes.setIntLE(i, 1 << 26).array();
            }
        }
        return message;
    }

    private static byte[] answer() {
        ByteBuf buffer = Unpooled.buffer();
        ResponseHeader header = new ResponseHeader(
                DateTime.now(), UInteger.MIN, StatusCode.GOOD, DiagnosticInfo.NULL_VALUE, new String[0], null);
        new OpcUaBinaryEncoder(HostileTest.limited())
                .setBuffer(buffer)
                .encodeMessage(null, new ReadResponse(header, new DataValue[] {matrix()}, new DiagnosticInfo[0]));
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    private static ReadResponse read(ByteBuf bytes) {
        return (ReadResponse) new OpcUaBinaryDecoder(CONTEXT).setBuffer(bytes).decodeMessage(null);
    }

    private static ExtensionObject.Binary report() {
        return (ExtensionObject.Binary) ExtensionObject.encode(
                HostileTest.limited(),
                new DataChangeNotification(
                        new MonitoredItemNotification[] {new MonitoredItemNotification(UInteger.MIN, matrix())}, null));
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static long allocatedByAllConnections() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("opcua-"))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }

    @Test
    void anAnswerWithMoreDimensionsThanBytesCostsLittle() {
        byte[] bytes = exaggerated(answer());
        long before = allocated();
        assertThatThrownBy(() -> read(Unpooled.wrappedBuffer(bytes))).isInstanceOf(UaSerializationException.class);
        assertThat(allocated() - before).isLessThan(8L << 20);
    }

    @Test
    void aReportWithMoreDimensionsThanBytesCostsLittle() {
        ExtensionObject.Binary fair = report();
        ByteString body = ByteString.of(exaggerated(fair.getBody().bytesOrEmpty()));
        ExtensionObject hostile = ExtensionObject.of(body, fair.getEncodingOrTypeId());
        long before = allocated();
        assertThatThrownBy(() -> hostile.decode(CONTEXT)).isInstanceOf(UaSerializationException.class);
        assertThat(allocated() - before).isLessThan(8L << 20);
    }

    /** Over a real connection: the decoder that is in use is ours. */
    @Test
    void aServerThatSaysSoLosesTheConnectionAndTheGatewayStays(@TempDir Path home) throws Exception {
        Reactor reactor = Ground.loaded();
        try (MiloServer server = new MiloServer();
                Interceptor way = new Interceptor(server.port(), server.port(), HostileValuesTest::exaggerated)) {
            server.press().variable("matrix", NodeIds.Int32, 1);
            server.press().give("matrix", matrix());
            OpcUaDriver driver = new OpcUaDriver(new MovedClock(), new Ground(home).keyring, reactor);
            DeviceSettings settings = new Site(way.address())
                    .timeout(Duration.ofSeconds(20))
                    .channel("matrix", Type.STRING)
                    .settings();
            try (Connection connection = driver.open(settings)) {
                long before = allocatedByAllConnections();
                assertThatThrownBy(() -> Site.read(connection, settings)).isInstanceOf(IOException.class);
                assertThat(allocatedByAllConnections() - before).isLessThan(64L << 20);
            }
        } finally {
            reactor.stop();
        }
    }

    @Test
    void anHonestMatrixStaysWhatItIs() {
        byte[] answer = answer();
        ByteBuf bytes = Unpooled.wrappedBuffer(answer.clone());
        Object read = read(bytes).getResults()[0].value().value();
        assertThat(read).isEqualTo(matrix().value().value());
        assertThat(bytes.readableBytes()).isZero();
        assertThat(bytes.array()).as("as it came").isEqualTo(answer);
        DataChangeNotification reported = (DataChangeNotification) report().decode(CONTEXT);
        assertThat(reported.getMonitoredItems()[0].getValue().value().value()).isEqualTo(read);
    }

    private static RecordedReadings set(Type type, Object value) throws Exception {
        Channel channel = new Channel("c", "ns=2;s=x", type, "", Access.READ, Map.of());
        RecordedReadings readings = new RecordedReadings();
        Values.set(Plan.parse(channel, Duration.ofSeconds(1), 0), new DataValue(new Variant(value)), 0, readings);
        return readings;
    }

    @TestFactory
    Stream<DynamicTest> aMatrixWhoseDimensionsDoNotFitIsBad() {
        return Stream.of(
                        new int[] {2, 2},
                        new int[] {0, 5},
                        new int[] {-1, -1},
                        new int[] {1 << 16, 1 << 16},
                        new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE},
                        new int[] {1, Integer.MIN_VALUE},
                        new int[300])
                .map(dimensions -> DynamicTest.dynamicTest(dimensions.length + " from " + dimensions[0], () -> {
                    Matrix matrix = new Matrix(new Integer[] {1}, dimensions);
                    for (Type type : new Type[] {Type.STRING, Type.ARRAY}) {
                        assertThat(set(type, matrix).bad).containsEntry(0, "a damaged matrix");
                    }
                }));
    }

    @Test
    void aMatrixIsAListOfItsRows() throws Exception {
        assertThat(set(Type.STRING, new Matrix(new Integer[] {1, 2, 3, 4}, new int[] {2, 2})).values)
                .containsEntry(0, "[[1,2],[3,4]]");
        assertThat(set(Type.STRING, new Matrix(new Integer[0], new int[] {Integer.MAX_VALUE, 0})).values)
                .containsEntry(0, "[]");
    }
}
