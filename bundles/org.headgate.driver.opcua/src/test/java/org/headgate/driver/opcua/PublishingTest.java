package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of a subscription that do not come as they should (OPC 10000-4, 5.14.1 and 5.14.6). */
class PublishingTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    private final Reactor reactor = Ground.loaded();
    private final Heard heard = new Heard();
    private MiloServer server;
    private Courier courier;
    private Connection connection;

    @BeforeEach
    void subscribe() throws Exception {
        server = new MiloServer();
        server.press().counters(1);
        courier = Courier.of(server);
        DeviceSettings settings = new Site(server.url())
                .timeout(SOON)
                .option("sampling", "20ms")
                .channel("count0", Type.LONG)
                .settings();
        connection = new OpcUaDriver(new MovedClock(), new Ground(home).keyring, reactor).open(settings);
        connection.subscribe(settings.channels(), heard);
        await().atMost(SOON).until(() -> server.press().fedItems() == 1);
        arrives(1);
    }

    @AfterEach
    void stop() {
        connection.close();
        server.close();
        reactor.stop();
    }

    private void feed(long value) {
        server.press().feed("count0", Press.at(value, 1_700_000_000_000L + value));
    }

    private void arrives(long value) {
        feed(value);
        await().atMost(SOON).until(() -> heard.of(0).contains(value));
    }

    private void lost(long value) {
        courier.lose();
        feed(value);
        await().atMost(SOON).until(() -> !courier.isToLose());
    }

    private void hasHeard(long values) {
        assertThat(heard.of(0))
                .isEqualTo(LongStream.rangeClosed(1, values).boxed().toList());
        assertThat(heard.failure).isNotDone();
    }

    @Test
    void aMessageThatWasLostIsAskedForAgainAndKeepsItsPlace() {
        lost(2);
        arrives(3);
        hasHeard(3);
    }

    @Test
    void aMessageThatComesAgainIsDeliveredOnce() {
        courier.repeat();
        for (long value = 2; value < 6; value++) {
            arrives(value);
        }
        hasHeard(5);
    }

    @Test
    void everyMessageIsAcknowledgedOnceForAServerKeepsItUntilThen() {
        for (long value = 2; value < 6; value++) {
            arrives(value);
        }
        await().atMost(SOON).until(() -> courier.acknowledged.size() >= 4);
        // Three threads of the server note them, so their order is chance.
        assertThat(courier.acknowledged).doesNotHaveDuplicates();
    }

    @Test
    void whatTheServerDoesNotHaveAnyMoreEndsTheConnection() throws Exception {
        courier.forget();
        lost(2);
        feed(3);
        assertThat(failure()).hasMessageStartingWith("Bad_MessageNotAvailable");
        assertThat(heard.of(0)).as("nothing comes after a gap").containsExactly(1L);
    }

    @Test
    void aSubscriptionThatTheServerEndsEndsTheConnection() throws Exception {
        courier.end();
        feed(2);
        assertThat(failure()).hasMessageStartingWith("the server has ended the subscription: Bad_Timeout");
    }

    private IOException failure() throws Exception {
        return heard.failure.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
