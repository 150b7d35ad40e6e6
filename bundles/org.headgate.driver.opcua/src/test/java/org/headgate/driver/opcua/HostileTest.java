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
import java.util.Arrays;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.ServerTable;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingManager;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.types.DataTypeManager;
import org.headgate.data.api.Type;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Servers that want to hurt: an opening ends in time, with one line, and other devices do not notice. */
class HostileTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    private Path home;

    private Reactor reactor;
    private OpcUaDriver driver;
    private MiloServer good;

    @BeforeEach
    void start() throws IOException {
        reactor = Ground.loaded();
        driver = new OpcUaDriver(new MovedClock(), new Ground(home).keyring, reactor);
        good = new MiloServer();
    }

    @AfterEach
    void stop() {
        good.close();
        reactor.stop();
    }

    @TestFactory
    Stream<DynamicTest> endsInTimeAndDisturbsNobody() {
        byte[] fine = HostileServer.acknowledge(65_535, 65_535, 0, 0);
        byte[] body = new byte[60_000];
        return Stream.of(
                hostile("says nothing", new byte[0], new byte[0], false),
                hostile("garbage", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, new byte[] {-1, 7}, true),
                hostile("a chunk of 4 GiB", HostileServer.chunk("ACKF", 0xFFFF_FFFFL), new byte[1024], true),
                hostile("a chunk shorter than its header", HostileServer.chunk("ACKF", 3), new byte[0], false),
                hostile(
                        "an acknowledgement without buffers",
                        HostileServer.acknowledge(0, 0, 0, 0),
                        new byte[0],
                        false),
                hostile("one with tiny buffers", HostileServer.acknowledge(20, 20, 1, 1), new byte[0], false),
                hostile("one with negative sizes", HostileServer.acknowledge(-1, -1, -1, -1), new byte[0], false),
                hostile("messages before the channel", fine, HostileServer.chunk("MSGF", 12, new byte[4]), true),
                hostile("an answer without an end", fine, HostileServer.chunk("OPNC", 60_008, body), true),
                hostile("errors without an end", fine, HostileServer.chunk("ERRF", 0x10, new byte[8]), true),
                hostile("an unknown kind", fine, HostileServer.chunk("XYZF", 8), true));
    }

    private DynamicTest hostile(String name, byte[] first, byte[] then, boolean endless) {
        return DynamicTest.dynamicTest(name, () -> {
            DeviceSettings settings = settings(good.url(), Duration.ofSeconds(30));
            try (HostileServer server = new HostileServer(first, then, endless);
                    Connection other = driver.open(settings)) {
                long heap = used();
                for (int i = 0; i < 3; i++) {
                    long began = System.nanoTime();
                    assertThatThrownBy(() -> driver.open(settings(server.url(), TIMEOUT)))
                            .isInstanceOf(IOException.class)
                            .message()
                            .hasSizeBetween(1, 250)
                            .doesNotContain("\n");
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TIMEOUT.plusSeconds(20));
                    assertThat(Site.read(other, settings).values).containsEntry(0, 21.25);
                }
                assertThat(used() - heap).as("memory").isLessThan(64L << 20);
            }
        });
    }

    private static DeviceSettings settings(String url, Duration timeout) {
        return new Site(url).timeout(timeout).channel("double", Type.DOUBLE).settings();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Arrays in arrays, each of which claims to be as long as may be: a few bytes must not become gigabytes. */
    @Test
    void aFewBytesThatClaimToBeLongArraysCostLittle() {
        byte[] claims = new byte[6 * 100];
        for (int i = 0; i < claims.length; i += 5) {
            // A Variant with an array of Variants, and how many there are: 0xFFFFF.
            byte[] one = {(byte) (0x80 | 24), (byte) 0xFF, (byte) 0xFF, 0x0F, 0};
            System.arraycopy(one, 0, claims, i, 5);
        }
        ByteBuf bytes = Unpooled.wrappedBuffer(Arrays.copyOf(claims, claims.length));
        OpcUaBinaryDecoder decoder = new OpcUaBinaryDecoder(limited());
        decoder.setBuffer(bytes);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThatThrownBy(decoder::decodeVariant).isInstanceOf(RuntimeException.class);
        assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(48L << 20);
    }

    static EncodingContext limited() {
        EncodingContext usual = DefaultEncodingContext.INSTANCE;
        return new EncodingContext() {
            @Override
            public DataTypeManager getDataTypeManager() {
                return usual.getDataTypeManager();
            }

            @Override
            public EncodingManager getEncodingManager() {
                return usual.getEncodingManager();
            }

            @Override
            public EncodingLimits getEncodingLimits() {
                return Session.LIMITS;
            }

            @Override
            public NamespaceTable getNamespaceTable() {
                return usual.getNamespaceTable();
            }

            @Override
            public ServerTable getServerTable() {
                return usual.getServerTable();
            }
        };
    }
}
