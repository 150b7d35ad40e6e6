package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eclipse.milo.opcua.sdk.server.items.BaseMonitoredItem;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server reports by itself. */
class SubscriptionTest {
    private static final long START = 1_700_000_000_000L;
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    private Reactor reactor;
    private OpcUaDriver driver;
    private MiloServer server;

    @BeforeEach
    void start() throws IOException {
        reactor = Ground.loaded();
        driver = new OpcUaDriver(new MovedClock(), new Ground(home).keyring, reactor);
        server = new MiloServer();
    }

    @AfterEach
    void stop() {
        server.close();
        reactor.stop();
    }

    private List<Channel> subscribe(Connection connection, DeviceSettings settings, Heard heard) throws IOException {
        return connection.subscribe(settings.channels(), heard);
    }

    /** Every value once, in order, none lost: 1,000 variables that have a new value each 100 ms. */
    @Test
    void aThousandVariablesAreReportedTenTimesASecondWithoutLossOrRepetition() throws Exception {
        int variables = 1000;
        int rounds = Boolean.getBoolean("headgate.long") ? 600 : 20;
        server.press().counters(variables);
        Site site = new Site(server.url()).option("sampling", "100ms");
        // Rounds that the machine was too busy for come at once.
        IntStream.range(0, variables).forEach(i -> site.channel("count" + i, Type.LONG, "queue=" + rounds));
        DeviceSettings settings = site.settings();
        Heard heard = new Heard();
        ScheduledExecutorService machine = Executors.newSingleThreadScheduledExecutor();
        try (Connection connection = driver.open(settings)) {
            assertThat(subscribe(connection, settings, heard)).hasSize(variables);
            await().atMost(SOON).until(() -> server.press().fedItems() == variables);
            AtomicInteger round = new AtomicInteger();
            machine.scheduleAtFixedRate(
                    () -> {
                        int now = round.incrementAndGet();
                        for (int i = 0; now <= rounds && i < variables; i++) {
                            server.press().feed("count" + i, Press.at((long) now, START + now * 100L));
                        }
                    },
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            await().atMost(SOON.plusMillis(100L * rounds)).until(() -> heard.values() >= variables * rounds);
        } finally {
            machine.shutdownNow();
        }
        List<Object> all =
                new ArrayList<>(LongStream.rangeClosed(1, rounds).boxed().toList());
        for (int i = 0; i < variables; i++) {
            assertThat(heard.of(i)).as("count" + i).isEqualTo(all);
        }
        // What has one time is one row, as far as it came in one message.
        assertThat(heard.all().size()).isLessThan(variables * rounds / 50);
        assertThat(heard.all()).allMatch(row -> row.time % 100_000_000L == 0);
    }

    @Test
    void valuesOfOneTimeAreOneRowAndTheTimesOfAMessageAscend() throws Exception {
        server.press().counters(3);
        DeviceSettings settings = new Site(server.url())
                .option("publish", "500ms")
                .channel("count0", Type.LONG)
                .channel("count1", Type.LONG)
                .channel("count2", Type.LONG)
                .settings();
        Heard heard = new Heard();
        try (Connection connection = driver.open(settings)) {
            subscribe(connection, settings, heard);
            await().atMost(SOON).until(() -> server.press().fedItems() == 3);
            for (int step = 1; step <= 3; step++) {
                for (int i = 0; i < 3; i++) {
                    server.press().feed("count" + i, Press.at((long) step, START + step));
                }
            }
            await().atMost(SOON).until(() -> heard.values() == 9);
        }
        assertThat(heard.all()).extracting(row -> row.time).isSorted();
        for (int i = 0; i < 3; i++) {
            assertThat(heard.of(i)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void alignedTimesMakeOneRowOfWhatWasSampledTogether() throws Exception {
        server.press().counters(2);
        DeviceSettings settings = new Site(server.url())
                .option("align", "1s")
                .option("publish", "1s")
                .channel("count0", Type.LONG)
                .channel("count1", Type.LONG)
                .settings();
        Heard heard = new Heard();
        try (Connection connection = driver.open(settings)) {
            subscribe(connection, settings, heard);
            await().atMost(SOON).until(() -> server.press().fedItems() == 2);
            server.press().feed("count0", Press.at(1L, START + 1));
            server.press().feed("count1", Press.at(2L, START + 700));
            await().atMost(SOON).until(() -> heard.values() == 2);
        }
        assertThat(heard.all()).allMatch(row -> row.time == START * 1_000_000L);
    }

    @Test
    void qualitiesComeWithReportsAndWhatDoesNotExistIsLeftToThePoll() throws Exception {
        DeviceSettings settings = new Site(server.url())
                .option("sampling", "50ms")
                .channel("broken", Type.DOUBLE)
                .channel("doubtful", Type.DOUBLE)
                .channel("gone", Type.DOUBLE)
                .source("nsu=urn:other;s=x", Type.DOUBLE, Access.READ)
                .settings();
        Heard heard = new Heard();
        try (Connection connection = driver.open(settings)) {
            assertThat(subscribe(connection, settings, heard))
                    .containsExactlyElementsOf(settings.channels().subList(0, 2));
            await().atMost(SOON).until(() -> heard.everyOne(2));
        }
        RecordedReadings bad = heard.all().stream()
                .filter(row -> row.bad.containsKey(0))
                .findFirst()
                .orElseThrow();
        assertThat(bad.bad.get(0)).startsWith("Bad_SensorFailure");
        RecordedReadings doubtful = heard.all().stream()
                .filter(row -> row.values.containsKey(1))
                .findFirst()
                .orElseThrow();
        assertThat(doubtful.uncertain.get(1)).startsWith("Uncertain_LastUsableValue");
    }

    @Test
    void theServerHoldsBackWhatIsWithinTheDeadband() throws Exception {
        DeviceSettings settings = new Site(server.url())
                .option("sampling", "20ms")
                .channel("double", Type.DOUBLE, "server.deadband=5")
                .channel("int32", Type.LONG)
                .settings();
        Heard heard = new Heard();
        try (Connection connection = driver.open(settings)) {
            subscribe(connection, settings, heard);
            await().atMost(SOON).until(() -> heard.everyOne(2));
            for (double value : new double[] {22, 24, 30, 31, 40}) {
                int before = heard.of(1).size();
                server.press().set("double", value);
                server.press().set("int32", before + 1000);
                // The other variable has no deadband: once it is here, the first one was looked at, too.
                await().atMost(SOON).until(() -> heard.of(1).contains(before + 1000L));
                server.press().set("int32", before + 2000);
                await().atMost(SOON).until(() -> heard.of(1).contains(before + 2000L));
            }
        }
        assertThat(heard.of(0)).containsExactly(21.25, 30.0, 40.0);
    }

    /** The server loses what does not fit: a queue must hold what is sampled between two messages, and the newest must stay. */
    @ParameterizedTest
    @CsvSource({"'', 50, 10", "2s, 2000, 20"})
    void theServerIsAskedForWhatTheFileSays(String publish, double interval, int queue) throws Exception {
        Site site = new Site(server.url()).timeout(SOON).option("sampling", "200ms");
        if (!publish.isEmpty()) {
            site.option("publish", publish);
        }
        DeviceSettings settings = site.channel("double", Type.DOUBLE)
                .channel("int32", Type.LONG, "sampling=50ms", "queue=7")
                .settings();
        try (Connection connection = driver.open(settings)) {
            subscribe(connection, settings, new Heard());
            assertThat(server.milo().getSubscriptions().values())
                    .extracting(Subscription::getPublishingInterval)
                    .containsExactly(interval);
            BaseMonitoredItem<?> plain = server.press().monitored("double");
            BaseMonitoredItem<?> own = server.press().monitored("int32");
            assertThat(plain.getSamplingInterval()).isEqualTo(200.0);
            assertThat(plain.getQueueSize()).isEqualTo(queue);
            assertThat(own.getSamplingInterval()).isEqualTo(50.0);
            assertThat(own.getQueueSize()).isEqualTo(7);
            assertThat(List.of(plain, own)).allMatch(BaseMonitoredItem::isDiscardOldest);
        }
    }

    /** This server knows no percentage of a variable that has no range. */
    @Test
    void aDeadbandThatTheServerRefusesCostsNoValue() throws Exception {
        DeviceSettings settings = new Site(server.url())
                .timeout(SOON)
                .option("sampling", "20ms")
                .channel("double", Type.DOUBLE, "server.deadband=50%")
                .settings();
        Heard heard = new Heard();
        try (Connection connection = driver.open(settings)) {
            assertThat(subscribe(connection, settings, heard)).isEqualTo(settings.channels());
            await().atMost(SOON).until(() -> heard.everyOne(1));
            server.press().set("double", 21.5);
            await().atMost(SOON).until(() -> heard.of(0).contains(21.5));
        }
    }

    @Test
    void whoWantsToBePolledIsNotReportedTo() throws Exception {
        DeviceSettings settings = new Site(server.url())
                .option("subscribe", "false")
                .channel("double", Type.DOUBLE)
                .settings();
        try (Connection connection = driver.open(settings)) {
            assertThat(subscribe(connection, settings, new Heard())).isEmpty();
            assertThat(server.milo().getSubscriptions()).isEmpty();
            assertThat(Site.read(connection, settings).values).containsEntry(0, 21.25);
        }
    }

    /** Two keep-alives of the session, the publish requests, and reads between them: what waits at the server does not count as silence. */
    @Test
    void aSubscriptionWithoutNewsLivesOnWithAShortTimeOut() throws Exception {
        DeviceSettings settings = new Site(server.url())
                .timeout(Duration.ofSeconds(4))
                .channel("double", Type.DOUBLE)
                .settings();
        Heard heard = new Heard();
        try (Connection connection = driver.open(settings)) {
            subscribe(connection, settings, heard);
            assertThat(heard.failure).failsWithin(Duration.ofSeconds(9));
            assertThat(Site.read(connection, settings).values).containsEntry(0, 21.25);
        }
    }

    @Test
    void manyConnectionsShareThreeThreads() throws Exception {
        DeviceSettings settings =
                new Site(server.url()).channel("double", Type.DOUBLE).settings();
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Connection connection = driver.open(settings);
                connections.add(connection);
                subscribe(connection, settings, new Heard());
            }
            // Those of the driver of the test before may still be ending.
            await().atMost(SOON)
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                                    .filter(thread -> thread.getName().startsWith("opcua-"))
                                    .count()
                            <= 3);
            assertThat(server.sessions()).isEqualTo(20);
        } finally {
            connections.forEach(Connection::close);
        }
        // A session of this server ends before its subscriptions do.
        await().atMost(SOON)
                .until(() -> server.sessions() == 0
                        && server.milo().getSubscriptions().isEmpty());
    }
}
