package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultSubscriptionServiceSet;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that give less than they are asked for. */
class ModestServerTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    @TempDir
    private Path home;

    private final Reactor reactor = Ground.loaded();
    private OpcUaDriver driver;
    private MiloServer server;

    @BeforeEach
    void start() throws IOException {
        driver = new OpcUaDriver(new MovedClock(), new Ground(home).keyring, reactor);
        server = new MiloServer();
    }

    @AfterEach
    void stop() {
        server.close();
        reactor.stop();
    }

    private Site site() {
        return new Site(server.url()).timeout(SOON).option("sampling", "200ms");
    }

    /** It says so only when it is asked for too many: without halves the device never opened. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void isAskedForFewerItemsAtOnce(int most) throws Exception {
        Narrow narrow = Narrow.ofItems(server.milo(), server.url(), most);
        Site site = site();
        List.of("double", "int32", "float", "bool", "string", "int64", "gone")
                .forEach(node -> site.channel(node, Type.STRING));
        DeviceSettings settings = site.settings();
        Heard heard = new Heard();
        try (Connection connection = driver.open(settings)) {
            assertThat(connection.subscribe(settings.channels(), heard))
                    .isEqualTo(settings.channels().subList(0, 6));
            assertThat(narrow.refused()).isPositive();
            await().atMost(SOON).until(() -> heard.everyOne(6));
        }
    }

    @Test
    void isPolledWhereItTakesNoItemAtAll() throws Exception {
        Narrow.ofItems(server.milo(), server.url(), 0);
        DeviceSettings settings = site().channel("double", Type.DOUBLE).settings();
        try (Connection connection = driver.open(settings)) {
            assertThat(connection.subscribe(settings.channels(), new Heard())).isEmpty();
            assertThat(Site.read(connection, settings).values).containsEntry(0, 21.25);
        }
    }

    /** It sends later than it was asked to: it must keep what is sampled until then. */
    @Test
    void isAskedForAQueueThatFitsToHowOftenItSends() throws Exception {
        server.milo()
                .addServiceSet(EndpointUtil.getPath(server.url()), new DefaultSubscriptionServiceSet(server.milo()) {
                    @Override
                    public CreateSubscriptionResponse onCreateSubscription(
                            ServiceRequestContext context, CreateSubscriptionRequest request) throws UaException {
                        CreateSubscriptionResponse made = super.onCreateSubscription(context, request);
                        return new CreateSubscriptionResponse(
                                made.getResponseHeader(),
                                made.getSubscriptionId(),
                                5000.0,
                                made.getRevisedLifetimeCount(),
                                made.getRevisedMaxKeepAliveCount());
                    }
                });
        DeviceSettings settings = site().channel("double", Type.DOUBLE)
                .channel("int32", Type.LONG, "queue=7")
                .settings();
        try (Connection connection = driver.open(settings)) {
            connection.subscribe(settings.channels(), new Heard());
            assertThat(server.press().monitored("double").getQueueSize()).isEqualTo(50);
            assertThat(server.press().monitored("int32").getQueueSize()).isEqualTo(7);
        }
    }

    private static Plan plan(String name) throws Exception {
        Channel channel = new Channel(name, "ns=2;s=x", Type.LONG, "", Access.READ, Map.of());
        return Plan.parse(channel, Duration.ofMillis(100), 0);
    }

    private static MonitoredItemCreateResult granted(double sampling, long queue) {
        return new MonitoredItemCreateResult(StatusCode.GOOD, UInteger.MIN, sampling, UInteger.valueOf(queue), null);
    }

    @Test
    void isToldInALineEach() throws Exception {
        Granted granted = new Granted();
        granted.item(plan("fine"), granted(100, 10), 10);
        granted.item(plan("faster"), granted(50, 20), 10);
        assertThat(granted.lines()).isEmpty();
        granted.item(plan("a"), granted(1000, 10), 10);
        granted.item(plan("b"), granted(5000, 1), 10);
        granted.refused(plan("c"), new StatusCode(StatusCodes.Bad_TooManyMonitoredItems));
        granted.refused(plan("d"), new StatusCode(StatusCodes.Bad_NodeIdUnknown));
        assertThat(granted.lines())
                .containsExactly(
                        "the server does not report 2 variables, so they are polled; c: Bad_TooManyMonitoredItems",
                        "the server samples 2 variables more slowly than asked; b: every 5000 ms instead of 100 ms",
                        "the server keeps fewer values of 1 variables than asked; b: 1 instead of 10");
    }

    private static MonitoredItemNotification value(long status) {
        return new MonitoredItemNotification(
                UInteger.MIN, new DataValue(new Variant(1), new StatusCode(status), null, null));
    }

    /** A server that lost values says so in a value's status (OPC 10000-4, 7.39.1): once a minute is enough for the log. */
    @Test
    void thatLosesValuesIsCounted() {
        Overflows overflows = new Overflows();
        MonitoredItemNotification[] fine = {value(0), value(StatusCodes.Bad_SensorFailure), value(0x80)};
        MonitoredItemNotification[] lost = {value(0), value(0x480), value(0x480)};
        assertThat(overflows.count(fine, 0)).isEmpty();
        assertThat(overflows.count(lost, 0)).hasValue(2);
        assertThat(overflows.count(lost, MINUTE - 1)).isEmpty();
        assertThat(overflows.count(fine, MINUTE)).as("those that came since").hasValue(4);
        assertThat(overflows.count(fine, 2 * MINUTE)).as("none came since").isEmpty();
        assertThat(overflows.count(lost, 2 * MINUTE)).hasValue(6);
    }

    @Test
    void thatLosesValuesIsSeenInAChannel() throws Exception {
        server.press().counters(1);
        DeviceSettings settings = site().option("publish", "500ms")
                .channel("count0", Type.LONG, "queue=2")
                .source("count/overflows", Type.LONG, Access.READ)
                .settings();
        Heard heard = new Heard();
        try (Connection connection = driver.open(settings)) {
            assertThat(connection.subscribe(settings.channels(), heard))
                    .as("the counter is polled")
                    .isEqualTo(settings.channels().subList(0, 1));
            assertThat(Site.read(connection, settings).values).containsEntry(1, 0L);
            await().atMost(SOON).until(() -> server.press().fedItems() == 1);
            long begun = System.nanoTime();
            await().atMost(SOON).until(() -> {
                // Ten at once: whenever a message leaves, some of them are lost.
                for (int i = 0; i < 10; i++) {
                    server.press().feed("count0", Press.at((long) i, begun + i));
                }
                return (long) Site.read(connection, settings).values.get(1) > 0;
            });
        }
    }

    @Test
    void isCountedForWhoReadsOnly() {
        DeviceSettings settings =
                site().source("count/overflows", Type.LONG, Access.READ_WRITE).settings();
        assertThatThrownBy(() -> driver.check(settings))
                .hasMessage("channel.c0: count/overflows (expected: access=r, for it can only be read)");
    }
}
