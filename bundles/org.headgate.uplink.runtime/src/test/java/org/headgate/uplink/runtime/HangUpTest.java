package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.headgate.payload.json.JsonFormat;
import org.junit.jupiter.api.Test;

/** A server that hangs up on whatever one stream sends, as some clouds do where a topic is not allowed. */
class HangUpTest {
    private static final int HALF_HOUR = 30 * 60;

    private final Site site = new Site(new JsonFormat());

    private List<Long> received(String stream) {
        return Site.numbers(site.server.received.stream()
                        .filter(message -> message.contains("/" + stream + " "))
                        .toList())
                .stream()
                .distinct()
                .toList();
    }

    @Test
    void aStreamThatIsNotAllowedDoesNotHoldUpTheOthers() {
        site.server.deadly = "/denied ";
        site.uplink();
        site.seconds(1);
        long most = 0;
        for (int second = 1; second <= HALF_HOUR; second++) {
            site.publish("denied", 1);
            site.publish("healthy", 1);
            site.seconds(1);
            most = Math.max(most, second - received("healthy").size());
        }
        assertThat(most)
                .as("seconds that the healthy stream was held up at the most")
                .isLessThan(90);
        assertThat(received("healthy")).hasSizeGreaterThan(HALF_HOUR - 60);
        assertThat(site.server.opened).isLessThan(60);
        assertThat(site.status().detail()).contains("hangs up on denied");
        // Once it is allowed, it passes again by itself.
        site.server.deadly = "nothing";
        site.seconds(11 * 60);
        long first = site.publish("denied", 1);
        site.seconds(2);
        assertThat(received("denied")).containsExactly(first);
        assertThat(site.status().detail()).isEmpty();
        assertThat(site.flow("outbox:cloud").queued()).isZero();
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(HALF_HOUR + 1);
    }

    @Test
    void aLargeBatchThatIsNotAllowedIsGivenUpAfterAFewRows() {
        site.server.deadly = "/denied ";
        site.uplink("commit", "1s");
        site.seconds(1);
        site.publish("denied", 500);
        site.publish("healthy", 1);
        site.seconds(120);
        assertThat(received("healthy")).hasSize(1);
        assertThat(site.flow("outbox:cloud").dropped()).containsEntry("refused", 500L);
    }

    @Test
    void rowsAtFaultAmongGoodOnesOfTheirStreamCostNoGoodOne() {
        site.server.deadly = "3}";
        site.uplink("commit", "1s");
        site.seconds(1);
        site.publish("boiler", 100);
        site.seconds(900);
        assertThat(received("boiler")).hasSize(90);
        assertThat(site.flow("outbox:cloud").dropped()).containsEntry("refused", 10L);
    }

    /** A bad network: what is on its way when the link breaks is no more at fault for it alone than it was among others. */
    @Test
    void whatIsLostWithItsLinkOnceOrTwiceIsNoFault() {
        site.server.deadly = "/boiler ";
        site.server.mercy = text -> text.contains("\"part\"") ? 2 : 4;
        site.uplink("commit", "1s");
        site.seconds(1);
        site.publish("boiler", 5);
        site.seconds(300);
        assertThat(received("boiler")).hasSize(5);
        assertThat(site.flow("outbox:cloud").dropped()).isEmpty();
    }
}
