package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.headgate.payload.json.JsonFormat;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.junit.jupiter.api.Test;

/** When the sender looks again by itself: the sooner of two reasons counts. */
class WakingTest {
    private boolean broken;
    private final Site site = new Site(new PayloadFormat() {
        private final PayloadFormat json = new JsonFormat();

        @Override
        public String name() {
            return "json";
        }

        @Override
        public PayloadSession open(PayloadSettings settings, Outlet outlet) {
            PayloadSession session = json.open(settings, outlet);
            return (batch, route) -> {
                if (broken) {
                    throw new NoClassDefFoundError("the bundle is being replaced");
                }
                return session.encode(batch, route);
            };
        }
    });

    /** A backlog in one batch, which the rate lets go at once, and which keeps the next one waiting for minutes. */
    private void longPause() {
        site.uplink("backlog.rate", "1", "commit", "1s");
        site.seconds(1);
        site.server.down();
        site.seconds(20);
        site.publish("boiler", 500);
        site.seconds(2);
        site.publish("boiler", 1);
        site.seconds(2);
        site.server.up = true;
        site.seconds(20);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(500);
    }

    @Test
    void whatFailedToBeReadIsReadAgainAfterASecondThoughTheBacklogHasLongToWait() {
        longPause();
        broken = true;
        site.publish("boiler", 1);
        site.seconds(3);
        broken = false;
        site.seconds(3);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(501);
        assertThat(Site.numbers(List.copyOf(site.server.received))).endsWith(501L);
    }

    @Test
    void aNewLinkDoesNotWaitForWhatTheFormerOneWaitedFor() {
        longPause();
        broken = true;
        site.publish("boiler", 1);
        site.system.advance(Duration.ofMillis(1_100));
        broken = false;
        site.server.down();
        site.server.up = true;
        site.system.advance(Duration.ofMillis(700));
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(501);
    }
}
