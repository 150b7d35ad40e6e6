package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL under load, at any moment: while it starts, while it sends, while the broker is away. */
class KillIT {
    private static final int KILLS = Site.LONG ? 200 : 10;

    @TempDir
    Path folder;

    private final Random random = new Random(17);
    private Site site;
    private boolean cloud = true;

    @BeforeEach
    void prepare() throws Exception {
        site = new Site(folder);
        site.configureLoad();
        site.start();
        site.awaitArrivals(50);
    }

    @AfterEach
    void end() throws Exception {
        site.close();
    }

    @Test
    void whatWasCommittedArrivesOnceUnderItsNumberHoweverOftenTheGatewayIsKilled() throws Exception {
        long committed = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            if (kill % 4 == 0) {
                site.gateway.launch();
                pause(3000);
            } else {
                if (kill > 1) {
                    site.startGateway();
                }
                if (random.nextInt(3) == 0) {
                    toggleCloud();
                }
                pause(1500);
                committed += committedRows();
                pause(300);
            }
            site.gateway.kill();
        }
        if (!cloud) {
            toggleCloud();
        }
        site.startGateway();
        site.awaitState("uplink:list", "cloud", "ONLINE");
        FlowTable table = site.rest();
        assertThat(table.dropped()).isZero();
        site.subscriber.awaitQuiet();
        Arrivals arrivals = site.subscriber.arrivals();
        arrivals.assertCompleteAndInOrderInEachLane();
        assertThat(arrivals.rows()).isGreaterThanOrEqualTo(committed);
        assertThat(arrivals.logs()).containsExactly(site.field("outbox:status", "cloud", "log"));
        System.out.printf(
                "%d kills: %d rows in %d messages, %d duplicates; at least %d were committed before a kill%n",
                KILLS, arrivals.rows(), arrivals.messages(), arrivals.duplicates(), committed);
    }

    private void toggleCloud() throws Exception {
        if (cloud) {
            site.broker.stop();
        } else {
            site.broker.start();
        }
        cloud = !cloud;
    }

    /** Rows that have come since this start and of which each is on the disk by now. */
    private long committedRows() throws Exception {
        await("an open outbox").atMost(Duration.ofSeconds(20)).until(() -> syncs() > 0);
        long rows = site.flow().count("outbox:cloud", "cloud", "in");
        // The second commit from now on begins after the rows were counted, and takes all of them; the cursor has two
        // syncs.
        long syncs = syncs();
        await("commits").atMost(Duration.ofSeconds(20)).until(() -> syncs() > syncs + 5);
        return rows;
    }

    private long syncs() throws Exception {
        String syncs = site.field("outbox:status", "cloud", "syncs");
        return syncs.isEmpty() ? 0 : Long.parseLong(syncs);
    }

    /** A while, up to so many milliseconds: what is killed must not know when. */
    private void pause(int most) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(most));
    }
}
