package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, in bad weather: the broker, the gateway or the disk fails under load, and nothing is lost. */
class OutageIT {
    private static final Duration OUTAGE = Duration.ofSeconds(Site.LONG ? 60 : 8);
    private static final int KILLS = Site.LONG ? 20 : 3;

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void prepare() throws Exception {
        site = new Site(folder);
        site.configureLoad();
        site.start();
        site.awaitArrivals(100);
    }

    @AfterEach
    void end() throws Exception {
        site.close();
    }

    @Test
    void whatABrokerMissedArrivesInOrderWhenItIsBack() throws Exception {
        site.broker.stop();
        site.awaitState("uplink:list", "cloud", "OFFLINE");
        List<String> states = new ArrayList<>();
        await().atMost(OUTAGE.plusSeconds(10)).during(OUTAGE).until(() -> {
            states.add(site.state("uplink:list", "cloud"));
            return site.flow().imbalances().isEmpty();
        });
        assertThat(states).containsOnly("OFFLINE");
        long waiting = site.flow().count("outbox:cloud", "cloud", "queued");
        assertThat(waiting).isGreaterThan(OUTAGE.toSeconds() * 5);

        site.broker.start();
        long back = System.nanoTime();
        site.awaitState("uplink:list", "cloud", "ONLINE");
        site.awaitArrivals(waiting);
        System.out.printf(
                "%d rows of an outage of %s arrived within %d ms%n",
                waiting, OUTAGE, Duration.ofNanos(System.nanoTime() - back).toMillis());
        assertEverythingArrived();
    }

    @Test
    void aBrokerThatIsKilledOrHangsLosesNothing() throws Exception {
        site.rest();
        site.broker.kill();
        site.enable("boiler", true);
        site.awaitState("uplink:list", "cloud", "OFFLINE");
        site.broker.start();
        site.awaitArrivals(100);

        site.broker.freeze();
        long queued = site.flow().count("outbox:cloud", "cloud", "queued");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> site.flow().count("outbox:cloud", "cloud", "queued") > queued + 300);
        site.broker.thaw();
        site.awaitArrivals(300);
        assertEverythingArrived();
    }

    private void assertEverythingArrived() throws Exception {
        assertThat(everythingThatArrived().logs()).containsExactly(site.field("outbox:status", "cloud", "log"));
    }

    private Arrivals everythingThatArrived() throws Exception {
        FlowTable table = site.rest();
        assertThat(table.dropped()).isZero();
        long passed = table.count("outbox:cloud", "cloud", "passed");
        assertThat(Long.parseLong(site.field("uplink:list", "cloud", "rows"))).isEqualTo(passed);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> site.subscriber.arrivals().rows() >= passed);
        Arrivals arrivals = site.subscriber.arrivals();
        arrivals.assertCompleteAndInOrder();
        assertThat(arrivals.rows()).isEqualTo(passed);
        System.out.printf(
                "%d rows in %d messages, %d duplicates%n", passed, arrivals.messages(), arrivals.duplicates());
        return arrivals;
    }

    @Test
    void aGatewayThatIsKilledGivesBackWhatItHadCommitted() throws Exception {
        String log = site.field("outbox:status", "cloud", "log");
        for (int kill = 0; kill < KILLS; kill++) {
            boolean cloudIsGone = kill % 2 == 1;
            long committed = cloudIsGone ? rowsOnDiskWithoutACloud() : 0;
            site.gateway.kill();
            site.startGateway();
            await("an open outbox")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !site.field("outbox:status", "cloud", "log").isEmpty());
            FlowTable table = site.flow();
            assertThat(table.imbalances()).isEmpty();
            assertThat(table.count("outbox:cloud", "cloud", "recovered")).isGreaterThanOrEqualTo(committed);
            assertThat(site.field("outbox:status", "cloud", "log")).isEqualTo(log);
            if (cloudIsGone) {
                site.broker.start();
            }
            site.awaitArrivals(100);
        }

        FlowTable table = site.rest();
        assertThat(table.dropped()).isZero();
        assertThat(table.count("outbox:cloud", "cloud", "passed"))
                .isEqualTo(
                        table.count("outbox:cloud", "cloud", "in") + table.count("outbox:cloud", "cloud", "recovered"));
        site.subscriber.awaitQuiet();
        Arrivals arrivals = site.subscriber.arrivals();
        arrivals.assertCompleteAndInOrder();
        assertThat(arrivals.logs()).containsExactly(log);
        System.out.printf(
                "%d kills: %d rows in %d messages, %d duplicates%n",
                KILLS, arrivals.rows(), arrivals.messages(), arrivals.duplicates());
    }

    /** Ends the broker, lets rows pile up, and returns a number of rows of which each is on the disk by now. */
    private long rowsOnDiskWithoutACloud() throws Exception {
        site.broker.stop();
        site.awaitState("uplink:list", "cloud", "OFFLINE");
        long before = site.flow().count("outbox:cloud", "cloud", "queued");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> site.flow().count("outbox:cloud", "cloud", "queued") > before + 100);
        long rows = site.flow().count("outbox:cloud", "cloud", "queued");
        // The second commit from now on begins after the rows were counted, and takes all of them.
        long syncs = syncs();
        await().atMost(Duration.ofSeconds(20)).until(() -> syncs() > syncs + 3);
        return rows;
    }

    private long syncs() throws Exception {
        return Long.parseLong(site.field("outbox:status", "cloud", "syncs"));
    }

    @Test
    void aFullDiskStopsNothing() throws Exception {
        long pid = site.gateway.pid();
        assertThat(limitFiles(pid, "0").status()).isZero();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !site.field("outbox:status", "cloud", "problem").isEmpty());
        assertThat(site.field("outbox:status", "cloud", "problem")).startsWith("cannot write: ");
        long before = site.flow().count("outbox:cloud", "cloud", "passed");
        await("rows go past the disk")
                .atMost(Duration.ofSeconds(20))
                .until(() -> site.flow().count("outbox:cloud", "cloud", "passed") > before + 200);
        site.broker.stop();
        site.awaitState("uplink:list", "cloud", "OFFLINE");
        await("without a link they wait in memory")
                .atMost(Duration.ofSeconds(20))
                .until(() -> site.flow().count("outbox:cloud", "cloud", "queued") > 200);
        FlowTable full = site.flow();
        assertThat(full.imbalances()).isEmpty();
        assertThat(full.dropped()).isZero();
        site.broker.start();
        site.awaitArrivals(300);

        assertThat(limitFiles(pid, "unlimited").status()).isZero();
        await().atMost(Duration.ofSeconds(40))
                .until(() -> site.field("outbox:status", "cloud", "problem").isEmpty());
        assertThat(everythingThatArrived().logs())
                .as("the log's own, and one for as long as its disk was full")
                .hasSize(2)
                .contains(site.field("outbox:status", "cloud", "log"));
    }

    /** From the limit on no file grows: to a program this is what a full disk is. */
    private static Result limitFiles(long pid, String bytes) throws Exception {
        return RunningGateway.run(
                new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":unlimited"));
    }
}
