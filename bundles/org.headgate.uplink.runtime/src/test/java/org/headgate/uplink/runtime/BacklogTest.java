package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.headgate.payload.json.JsonFormat;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens after an outage: live rows first, the backlog behind them, marked and paced. */
class BacklogTest {
    private final Site site = new Site(new JsonFormat());

    @BeforeEach
    void slow() {
        // One message at a time, so that the order of sending is the order of choosing.
        site.server.window = 1;
    }

    private void outage(long seconds) {
        site.server.down();
        for (long i = 0; i < seconds; i++) {
            site.publish("boiler", 1);
            site.seconds(1);
        }
        site.server.up = true;
    }

    private List<String> received(boolean historical) {
        return site.server.received.stream()
                .filter(message -> message.contains("\"historical\":true") == historical)
                .toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @Test
    void aShortOutageLeavesNoBacklog() {
        site.uplink();
        site.seconds(1);
        outage(5);
        site.seconds(10);
        assertThat(received(true)).isEmpty();
        assertThat(Site.numbers(site.server.received)).isEqualTo(range(0, 5));
    }

    @Test
    void afterALongOneWhatWaitedIsHistoricalAndEachLaneKeepsItsOrder() {
        site.uplink();
        site.seconds(1);
        outage(60);
        for (int i = 0; i < 100; i++) {
            site.publish("boiler", 1);
            site.seconds(1);
        }
        long split = Site.numbers(received(true)).size();
        assertThat(split).isGreaterThanOrEqualTo(60);
        assertThat(Site.numbers(received(true))).isEqualTo(range(0, split));
        assertThat(Site.numbers(received(false))).isEqualTo(range(split, 160));
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(160);
        assertThat(site.flow("outbox:cloud").resent()).isZero();
    }

    @Test
    void whatIsLiveDoesNotWaitForTheBacklog() {
        site.uplink("backlog.rate", "1");
        site.seconds(1);
        outage(300);
        site.seconds(40);
        site.server.received.clear();
        long first = site.publish("boiler", 1);
        site.seconds(2);
        assertThat(Site.numbers(received(false))).containsExactly(first);
        // A row a second: five minutes of it are still there.
        assertThat(site.flow("outbox:cloud").queued()).isGreaterThan(200);
        site.seconds(400);
        assertThat(site.flow("outbox:cloud").queued()).isZero();
    }

    /** The highest priority that has something goes first, be it backlog: the alarms of the outage do not wait for what matters less. */
    @Test
    void alarmsOfTheOutageGoBeforeWhatIsLiveAndMattersLess() {
        site.uplink(
                "priority.high",
                "alarm-*",
                "priority.low",
                "vibration",
                "commit",
                "10ms",
                "backlog.share",
                "0%",
                "backlog.rate",
                "1");
        site.seconds(1);
        site.server.down();
        for (int i = 0; i < 30; i++) {
            site.publish("alarm-hot", 1);
            site.publish("vibration", 1);
            site.seconds(1);
        }
        site.server.up = true;
        while (site.status().state() != State.ONLINE) {
            site.system.advance(Duration.ofMillis(1));
        }
        for (int i = 0; i < 1_000 && site.flow("outbox:cloud/high").queued() > 0; i++) {
            site.publish("vibration", 1);
            site.system.advance(Duration.ofMillis(20));
        }
        List<String> first = received(false).isEmpty()
                ? site.server.received
                : site.server.received.subList(
                        0, site.server.received.indexOf(received(false).get(0)));
        assertThat(first.stream().filter(message -> message.contains("/alarm-hot ")))
                .hasSize(30);
        assertThat(site.flow("outbox:cloud/high").passed()).isEqualTo(30);
        // Rate and share are for what matters less: it is live before its backlog.
        assertThat(site.flow("outbox:cloud/low").queued()).isGreaterThanOrEqualTo(29);
        site.seconds(60);
        assertThat(site.flow("outbox:cloud/low").queued()).isZero();
    }

    @Test
    void whatIsLiveWhenTheLinkDropsAgainJoinsTheBacklog() {
        site.uplink("backlog.rate", "1");
        site.seconds(1);
        outage(60);
        site.seconds(20);
        outage(60);
        site.seconds(400);
        assertThat(Site.numbers(received(true))).containsAll(range(0, 120)).isSorted();
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(120);
    }

    @Test
    void aRestartFindsTheBacklogAgainAndSendsNothingTwiceThatWasAcknowledgedLongAgo() {
        site.uplink();
        site.seconds(1);
        outage(120);
        site.seconds(120);
        int before = site.server.received.size();
        site.seconds(60);
        assertThat(site.server.received).hasSize(before);
        assertThat(site.flow("outbox:cloud").queued()).isZero();
    }
}
