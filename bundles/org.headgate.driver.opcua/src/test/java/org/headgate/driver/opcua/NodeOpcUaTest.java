package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.PeerProcess;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.system.api.kit.Threads;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of another make, whose limits are small: 7 nodes a read, 5 monitored items a request. */
class NodeOpcUaTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int COUNTERS = 20;

    @TempDir
    private static Path folder;

    private static Reactor reactor;
    private static OpcUaDriver driver;
    private static PeerProcess server;
    private static int port;

    /** Once for all: it takes its time. */
    @BeforeAll
    static void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = press();
        reactor = new Reactor(new Threads());
        driver = new OpcUaDriver(new MovedClock(), new Ground(folder).keyring, reactor);
        server.start();
    }

    private static PeerProcess press(String... namespaces) {
        Object[] arguments = new Object[2 + namespaces.length];
        arguments[0] = port;
        arguments[1] = "nowhere.invalid";
        System.arraycopy(namespaces, 0, arguments, 2, namespaces.length);
        return PeerProcess.node(
                Path.of("src/test/peers/press.js").toAbsolutePath(), folder.resolve("press.log"), arguments);
    }

    @AfterAll
    static void stop() {
        if (reactor != null) {
            reactor.stop();
        }
        if (server != null) {
            server.close();
        }
    }

    private Site site() {
        return new Site("opc.tcp://127.0.0.1:" + port)
                .timeout(SOON)
                .option("sampling", "10ms")
                .option("publish", "50ms");
    }

    @Test
    void readsWritesCallsAndSubscribesInPortionsOfTheServersLimits() throws Exception {
        Site site = site();
        IntStream.range(0, COUNTERS)
                .forEach(i -> site.channel("count" + i, Type.LONG, "sampling=fastest", "queue=1000"));
        DeviceSettings settings = site.channel("temp", Type.DOUBLE)
                .channel("mode", Type.LONG)
                .channel("level", Type.DOUBLE, "server.deadband=10%")
                .channel("name", Type.STRING, "queue=1")
                .source("method:nsu=urn:press;s=machine/nsu=urn:press;s=start", Type.STRING, Access.WRITE)
                .settings();
        List<Channel> readable = settings.channels().subList(0, COUNTERS + 4);
        Channel start = settings.channels().get(COUNTERS + 4);
        Heard heard = new Heard();
        try (Connection connection = driver.open(settings)) {
            RecordedReadings readings = Site.read(connection, settings);
            assertThat(readings.bad).isEmpty();
            assertThat(readings.values).hasSize(COUNTERS + 4).containsEntry(COUNTERS, 21.5);
            connection.write(readable.get(COUNTERS + 1), 9L);
            assertThat(Site.read(connection, settings).values).containsEntry(COUNTERS + 1, 9L);
            connection.write(start, "[7, \"a\"]");
            assertThatThrownBy(() -> connection.write(start, "[700, \"a\"]")).hasMessageStartingWith("Bad_OutOfRange");

            assertThat(connection.subscribe(readable, heard)).containsExactlyElementsOf(readable);
            await().atMost(SOON).until(() -> heard.everyOne(COUNTERS + 4));
            server.tell("tick 100");
            await().atMost(SOON)
                    .until(() -> IntStream.range(0, COUNTERS)
                            .allMatch(i -> heard.of(i).contains(100L)));
            server.tell("level 55");
            server.tell("level 61");
            await().atMost(SOON).until(() -> heard.of(COUNTERS + 2).contains(61.0));
        }
        // This server samples, so it may leave values out; it is the other one that shows that none is lost.
        for (int i = 0; i < COUNTERS; i++) {
            assertThat(heard.of(i).stream().map(Long.class::cast).toList())
                    .as("count" + i)
                    .startsWith(0L)
                    .endsWith(100L)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
        assertThat(heard.of(COUNTERS + 2))
                .as("a tenth of its range is held back")
                .containsExactly(50.0, 61.0);
        assertNoSession(server);
    }

    @Test
    void aRestartWithAnotherTableOfNamespacesIsHealedByOpeningAnew() throws Exception {
        DeviceSettings settings = site().channel("temp", Type.DOUBLE).settings();
        Heard heard = new Heard();
        try (Connection connection = driver.open(settings)) {
            assertThat(connection.subscribe(settings.channels(), heard)).hasSize(1);
            server.kill();
            assertThat(heard.failure).succeedsWithin(SOON);
        }
        server = press("urn:one", "urn:two").start();
        try (Connection connection = driver.open(settings)) {
            assertThat(Site.read(connection, settings).values).containsEntry(0, 21.5);
        }
        assertNoSession(server);
    }

    /** Asked again and again: it may still be ending what we have left. What it said before is about other sessions. */
    static void assertNoSession(PeerProcess server) {
        int known = server.lines().size();
        await().atMost(SOON).until(() -> {
            server.tell("sessions");
            return server.lines().stream().skip(known).anyMatch("sessions 0"::equals);
        });
    }
}
