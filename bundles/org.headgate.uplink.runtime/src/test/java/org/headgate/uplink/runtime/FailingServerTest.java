package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.payload.json.JsonFormat;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that answers with an error of its own (MQTT 5, 3.4.2.1: 0x80, 0x83): to one message, to a stream (some check what messages
 * contain so), to everything while its disk is full, to some while it is overloaded. Each look at the flow proves that no row is missing.
 */
class FailingServerTest {
    private static final int HOUR = 3600;

    private final Site site = new Site(new JsonFormat());

    private List<Long> received(String stream) {
        return Site.numbers(site.server.received.stream()
                        .filter(message -> message.contains("/" + stream + " "))
                        .toList())
                .stream()
                .distinct()
                .sorted()
                .toList();
    }

    private FlowSnapshot flow() {
        return site.flow("outbox:cloud");
    }

    @Test
    void oneMessageThatFailsWhileOthersPassIsSetAsideAndHoldsUpNothing() {
        site.server.fails = text -> text.contains("\"n\":5}");
        site.uplink();
        site.seconds(1);
        for (int second = 0; second < 300; second++) {
            site.publish("boiler", 1);
            site.seconds(1);
            int missing = second >= 5 ? 1 : 0;
            assertThat(received("boiler")).hasSizeGreaterThanOrEqualTo(second - missing);
        }
        assertThat(received("boiler")).hasSize(299).doesNotContain(5L);
        assertThat(flow().dropped()).containsOnly(Map.entry("refused", 1L));
        assertThat(flow().queued()).isZero();
        assertThat(site.server.opened).isEqualTo(1);
        assertThat(site.status().detail()).isEmpty();
    }

    @Test
    void ofALargeBatchOnlyTheRowAtFaultIsLost() {
        site.server.fails = text -> text.contains("\"n\":37}");
        site.uplink("commit", "1s");
        site.seconds(1);
        site.publish("boiler", 100);
        for (int second = 0; second < 600; second++) {
            site.publish("pump", 1);
            site.seconds(1);
        }
        assertThat(received("boiler")).hasSize(99).doesNotContain(37L);
        assertThat(flow().dropped()).containsOnly(Map.entry("refused", 1L));
    }

    @Test
    void severalMessagesAtFaultInARowAreAllFound() {
        site.server.fails = text -> text.matches(".*\"n\":1[0-5]}.*");
        site.uplink();
        site.seconds(1);
        for (int second = 0; second < HOUR; second++) {
            site.publish("boiler", 1);
            site.seconds(1);
        }
        assertThat(received("boiler")).hasSize(HOUR - 6);
        assertThat(flow().dropped()).containsOnly(Map.entry("refused", 6L));
    }

    /** What goes past the message is remembered batch by batch, so it goes in portions: all of it nevertheless. */
    @Test
    void aMessageAtFaultAtTheHeadOfALargeBacklogHoldsNothingUp() {
        site.server.up = false;
        site.server.fails = text -> text.contains("\"n\":0}");
        site.uplink("commit", "10ms");
        for (int batch = 0; batch < 1500; batch++) {
            site.publish("s" + batch % 2, 1);
            site.system.advance(Duration.ofMillis(20));
        }
        site.server.up = true;
        site.seconds(60);
        assertThat(received("s1")).hasSize(750);
        for (int second = 0; second < 120; second++) {
            site.publish("s1", 1);
            site.seconds(1);
        }
        assertThat(received("s0")).hasSize(749);
        assertThat(flow().dropped()).containsOnly(Map.entry("refused", 1L));
        assertThat(flow().queued()).isZero();
    }

    @Test
    void aStreamThatTheServerFailsAtDoesNotHoldUpTheOthers() {
        site.server.fails = text -> text.contains("/denied ");
        site.uplink();
        site.seconds(1);
        long most = 0;
        for (int second = 1; second <= HOUR / 2; second++) {
            site.publish("denied", 1);
            site.publish("healthy", 1);
            site.seconds(1);
            most = Math.max(most, second - received("healthy").size());
        }
        assertThat(most).as("seconds that the healthy stream was held up").isLessThan(5);
        assertThat(site.server.opened).isLessThan(5);
        assertThat(flow().dropped().get("refused")).isGreaterThan(HOUR / 3);
        assertThat(site.status().detail()).contains("answers with reason code 0x83 of the PUBACK to denied");
        site.server.fails = text -> false;
        site.seconds(11 * 60);
        long first = site.publish("denied", 1);
        site.seconds(2);
        assertThat(received("denied")).containsExactly(first);
        assertThat(site.status().detail()).isEmpty();
        assertThat(flow().queued()).isZero();
    }

    /** What the uplink tells of itself passes all the time: small messages may. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 30})
    void aServerThatFailsAtEverythingCostsNoRow(int streams) {
        site.server.fails = text -> true;
        site.uplink();
        site.seconds(1);
        for (int second = 0; second < HOUR; second++) {
            site.publish("s" + second % streams, 2);
            site.seconds(1);
        }
        assertThat(site.server.received).isEmpty();
        assertThat(site.events)
                .anyMatch(event -> event.toString().contains(State.OFFLINE.name())
                        && event.toString().contains("0x83"));
        assertThat(flow().dropped()).isEmpty();
        assertThat(site.server.sent).as("tries").isLessThan(2 * HOUR);
        site.server.fails = text -> false;
        site.seconds(120);
        assertThat(flow().passed()).isEqualTo(2 * HOUR);
        assertThat(site.status().detail()).isEmpty();
    }

    /** Now this, now that fails: nobody is at fault. */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.5, 0.9})
    void anOverloadedServerCostsNoRow(double load) {
        Random random = new Random(7);
        site.server.fails = text -> random.nextDouble() < load;
        site.uplink("commit", "500ms");
        site.seconds(1);
        for (int second = 0; second < HOUR; second++) {
            site.publish("s" + random.nextInt(4), 1 + random.nextInt(3));
            site.seconds(1);
        }
        assertThat(flow().dropped()).isEmpty();
        long in = flow().in();
        site.server.fails = text -> false;
        site.seconds(120);
        assertThat(flow().passed()).isEqualTo(in);
    }

    @Test
    void aStreamThatPassesAtLastGoesOnWithoutAGap() {
        site.server.fails = text -> text.contains("/boiler ");
        site.uplink();
        site.seconds(1);
        for (int second = 0; second < 20; second++) {
            site.publish("boiler", 1);
            site.publish("pump", 1);
            site.seconds(1);
        }
        site.server.fails = text -> false;
        site.seconds(40);
        assertThat(received("boiler")).hasSize(20);
        assertThat(flow().dropped()).isEmpty();
        assertThat(flow().queued()).isZero();
    }
}
