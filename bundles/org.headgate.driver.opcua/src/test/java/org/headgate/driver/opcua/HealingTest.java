package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.Fault;
import org.headgate.device.api.kit.ProxiedPeer;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What ends a connection, and that the next one is as good as the first. */
class HealingTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    private final MovedClock clock = new MovedClock();
    private Reactor reactor;
    private OpcUaDriver driver;
    private MiloServer server;

    @BeforeEach
    void start() throws IOException {
        reactor = Ground.loaded();
        driver = new OpcUaDriver(clock, new Ground(home).keyring, reactor);
        server = new MiloServer("nowhere.invalid");
    }

    @AfterEach
    void stop() {
        server.close();
        reactor.stop();
    }

    private DeviceSettings settings(String url) {
        return new Site(url)
                .timeout(Duration.ofSeconds(8))
                .option("sampling", "50ms")
                .channel("double", Type.DOUBLE)
                .settings();
    }

    /** As the runtime does it: opens, subscribes, and reads once. */
    private Connection opened(DeviceSettings settings, Heard heard) throws Exception {
        Connection connection = driver.open(settings);
        assertThat(connection.subscribe(settings.channels(), heard)).hasSize(1);
        assertThat(Site.read(connection, settings).values).containsEntry(0, 21.25);
        return connection;
    }

    /** The server's endpoints name a host that nobody can resolve: every opening here proves that the dialled one is used. */
    @Test
    void everyRestartOfTheServerIsNoticedAndNoSessionIsLeftOver() throws Exception {
        DeviceSettings settings = settings(server.url());
        int restarts = Boolean.getBoolean("headgate.long") ? 50 : 10;
        for (int i = 0; i < restarts; i++) {
            Heard heard = new Heard();
            Connection connection = opened(settings, heard);
            await().atMost(SOON).until(() -> heard.everyOne(1));
            assertThat(server.sessions()).isEqualTo(1);
            server.stop();
            assertThat(heard.failure).succeedsWithin(SOON);
            assertThatThrownBy(() -> Site.read(connection, settings)).isInstanceOf(IOException.class);
            connection.close();
            server.start();
        }
        opened(settings, new Heard()).close();
        // A session of this server ends before its subscriptions do.
        await().atMost(SOON)
                .until(() -> server.sessions() == 0
                        && server.milo().getSubscriptions().isEmpty());
    }

    /** Waits until the sessions have ended by themselves, 32 s: a case of the full counts only. */
    @TestFactory
    Stream<DynamicTest> everyConnectionThatIsCutLeavesASessionThatEndsByItself() {
        return Boolean.getBoolean("headgate.long")
                ? Stream.of(DynamicTest.dynamicTest("50 cuts", () -> cutsLeaveSessionsThatEnd(50)))
                : Stream.empty();
    }

    private void cutsLeaveSessionsThatEnd(int cuts) throws Exception {
        MiloServer other = new MiloServer();
        try (ProxiedPeer peer =
                new ProxiedPeer(other, other.address(), port -> settings("opc.tcp://127.0.0.1:" + port))) {
            for (int i = 0; i < cuts; i++) {
                Heard heard = new Heard();
                Connection connection = opened(peer.settings(), heard);
                peer.provoke(Fault.REFUSE);
                assertThat(heard.failure).succeedsWithin(SOON);
                connection.close();
                peer.heal();
            }
            assertThat(other.sessions()).isLessThanOrEqualTo(cuts);
            try (Connection connection = opened(peer.settings(), new Heard())) {
                // Four time-outs are what a session of ours may be silent for: 32 s.
                await().atMost(Duration.ofSeconds(90)).until(() -> other.sessions() == 1);
                assertThat(Site.read(connection, peer.settings()).values).containsEntry(0, 21.25);
            }
        }
    }

    @Test
    void aNetworkThatSwallowsEverythingIsNoticedWithoutARead() throws Exception {
        MiloServer other = new MiloServer();
        try (ProxiedPeer peer =
                new ProxiedPeer(other, other.address(), port -> settings("opc.tcp://127.0.0.1:" + port))) {
            Heard heard = new Heard();
            Connection connection = opened(peer.settings(), heard);
            peer.provoke(Fault.HANG);
            assertThat(heard.failure).succeedsWithin(Duration.ofSeconds(40));
            long began = System.nanoTime();
            connection.close();
            // Less than the device's time-out: who closes does not wait for that.
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
        }
    }

    @Test
    void aNamespaceThatHasMovedInTheTableIsFoundAfterARestart() throws Exception {
        DeviceSettings settings = settings(server.url());
        opened(settings, new Heard()).close();
        server.stop();
        server.start("urn:one", "urn:two");
        opened(settings, new Heard()).close();
    }

    @Test
    void aNamespaceThatWasMissedAndComesEndsTheConnection() throws Exception {
        DeviceSettings settings = new Site(server.url())
                .timeout(Duration.ofSeconds(8))
                .option("sampling", "50ms")
                .channel("double", Type.DOUBLE)
                .source("nsu=urn:new;s=x", Type.DOUBLE, Access.READ)
                .settings();
        Heard heard = new Heard();
        try (Connection connection = opened(settings, heard)) {
            server.milo().getNamespaceTable().add("urn:new");
            assertThat(heard.failure).succeedsWithin(SOON);
            assertThat(heard.failure.get(1, TimeUnit.SECONDS))
                    .hasMessage("the server's table of namespaces has changed");
            assertThatThrownBy(() -> Site.read(connection, settings))
                    .hasMessage("the server's table of namespaces has changed");
        }
        // The server answers, so it is told.
        await().atMost(SOON).until(() -> server.sessions() == 0);
        opened(settings, new Heard()).close();
    }

    /** Nobody reports the table there: a read looks at it now and then. */
    @Test
    void aTableThatChangesEndsAConnectionThatIsPolled() throws Exception {
        DeviceSettings settings = new Site(server.url())
                .timeout(SOON)
                .option("subscribe", "false")
                .channel("double", Type.DOUBLE)
                .source("nsu=urn:new;s=x", Type.DOUBLE, Access.READ)
                .settings();
        try (Connection connection = driver.open(settings)) {
            Heard heard = new Heard();
            connection.subscribe(settings.channels(), heard);
            server.milo().getNamespaceTable().add("urn:other");
            clock.advance(Duration.ofSeconds(11));
            assertThat(Site.read(connection, settings).values).containsEntry(0, 21.25);
            assertThat(heard.failure).as("what was known is where it was").isNotDone();
            server.milo().getNamespaceTable().add("urn:new");
            clock.advance(Duration.ofSeconds(11));
            assertThatThrownBy(() -> Site.read(connection, settings))
                    .hasMessage("the server's table of namespaces has changed");
            assertThat(heard.failure).isDone();
        }
    }

    @Test
    void onlyATableInWhichAnIndexMeansAnotherNamespaceIsAnotherOne() {
        List<String> before = List.of("a", "b", "c");
        Set<String> missed = Set.of("x");
        assertThat(NamespaceWatch.isOther(before, before, missed)).isFalse();
        assertThat(NamespaceWatch.isOther(before, List.of("a", "b", "c", "d"), missed))
                .isFalse();
        assertThat(NamespaceWatch.isOther(before, List.of("a", "b", "c", "d", "x"), missed))
                .isTrue();
        assertThat(NamespaceWatch.isOther(before, List.of("a", "c", "b"), missed))
                .isTrue();
        assertThat(NamespaceWatch.isOther(before, List.of("a", "b"), missed)).isTrue();
    }

    @Test
    void aServerThatKillsOurSessionIsLeft() throws Exception {
        DeviceSettings settings = settings(server.url());
        Heard heard = new Heard();
        Connection connection = opened(settings, heard);
        server.milo()
                .getSessionManager()
                .killSession(
                        server.milo()
                                .getSessionManager()
                                .getAllSessions()
                                .get(0)
                                .getSessionId(),
                        true);
        assertThat(heard.failure).succeedsWithin(SOON);
        connection.close();
        opened(settings, new Heard()).close();
    }

    @Test
    void aServerThatIsNotThereIsExplained() throws Exception {
        server.stop();
        assertThatThrownBy(() -> driver.open(settings(server.url())))
                .hasMessage("the connection is refused: does the server run, and on this port?");
        assertThatThrownBy(() -> driver.open(settings("opc.tcp://nowhere.invalid:4840")))
                .hasMessage("the host's name cannot be resolved: check it, or write its IP address");
    }
}
