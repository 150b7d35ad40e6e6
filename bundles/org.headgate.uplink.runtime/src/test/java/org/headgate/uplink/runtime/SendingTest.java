package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.payload.json.JsonFormat;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.Route;
import org.junit.jupiter.api.Test;

/** What is sent and in which order, and what of it is not sent at all. */
class SendingTest {
    private Site site = new Site(new JsonFormat());

    @Test
    void whatMattersMoreHasALogOfItsOwnAndGoesFirst() {
        site.server.up = false;
        site.uplink("priority.high", "alarm-*", "priority.low", "vibration");
        site.publish("vibration", 3);
        site.publish("boiler", 3);
        site.publish("alarm-hot", 3);
        site.seconds(1);
        assertThat(site.flow("outbox:cloud/high").queued()).isEqualTo(3);
        assertThat(site.flow("outbox:cloud").queued()).isEqualTo(3);
        assertThat(site.flow("outbox:cloud/low").queued()).isEqualTo(3);
        site.server.up = true;
        site.seconds(60);
        assertThat(Site.numbers(site.server.received)).containsExactly(6L, 7L, 8L, 3L, 4L, 5L, 0L, 1L, 2L);
        assertThat(site.flow("outbox:cloud/low").passed()).isEqualTo(3);
    }

    @Test
    void aRowOnWhichTheServerHangsUpIsFoundAndCostsNoOther() {
        site.server.deadly = "\"n\":5}";
        site.uplink();
        site.publish("boiler", 10);
        for (int minute = 0; minute < 60 && site.flow("outbox:cloud").queued() > 0; minute++) {
            site.seconds(60);
        }
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(9);
        assertThat(site.flow("outbox:cloud").dropped()).containsEntry("refused", 1L);
        site.server.deadly = "nothing";
        site.publish("boiler", 5);
        site.seconds(10);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(14);
    }

    @Test
    void compressesWhereThatIsSmaller() {
        List<Integer> sizes = new ArrayList<>();
        site = new Site(new Numbers(session -> {}) {
            @Override
            public List<Message> encode(OutboxBatch batch, Route route) {
                byte[] payload = "same text again ".repeat(batch.rows().size()).getBytes(StandardCharsets.UTF_8);
                sizes.add(payload.length);
                return List.of(route.message(payload, "text/plain"));
            }
        });
        site.uplink("gzip", "true");
        site.publish("boiler", 1);
        site.seconds(1);
        site.publish("boiler", 200);
        site.seconds(2);
        assertThat(site.server.received.get(0)).endsWith("same text again ");
        assertThat(site.server.received.get(1)).hasSizeLessThan(sizes.get(1) / 4);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(201);
    }

    @Test
    void whatIsOverTheBudgetIsDroppedCountedAndReportedButNoAlarm() {
        site.uplink("budget", "15kB/month", "priority.high", "alarm-*");
        for (int i = 0; i < 200; i++) {
            site.publish("boiler", 1);
            site.publish("alarm-hot", 1);
            site.seconds(1);
        }
        assertThat(site.flow("outbox:cloud/high").passed()).isEqualTo(200);
        var flow = site.flow("outbox:cloud");
        assertThat(flow.dropped().get("budget")).isPositive();
        assertThat(flow.passed() + flow.dropped().get("budget")).isEqualTo(200);
        assertThat(site.status().budgetBytes()).isEqualTo(15_000);
        // A day of thirty at least, and the first days of the month that this clock begins in.
        assertThat(site.status().budgetUsed()).isBetween(2_000L, 15_000L);
        site.system.advance(Duration.ofDays(1));
        site.publish("boiler", 1);
        site.seconds(1);
        assertThat(site.server.received.get(site.server.received.size() - 1)).contains("\"dropped\":{\"budget\":");
    }

    /** A format that is being replaced fails for a moment: what is on its way meanwhile is not sent again by the same link. */
    @Test
    void whatIsOnItsWayIsNotSentTwiceWhenReadingFails() {
        boolean[] broken = new boolean[1];
        site = new Site(new Numbers(session -> {}) {
            @Override
            public List<Message> encode(OutboxBatch batch, Route route) {
                if (broken[0]) {
                    throw new NoClassDefFoundError("the bundle is being replaced");
                }
                return super.encode(batch, route);
            }
        });
        site.uplink();
        site.seconds(1);
        site.server.mute = true;
        site.publish("boiler", 1);
        site.seconds(1);
        broken[0] = true;
        site.publish("boiler", 1);
        site.seconds(3);
        broken[0] = false;
        site.seconds(3);
        assertThat(site.server.received).containsExactly("headgate/gw-1/boiler 0");
        site.server.mute = false;
        site.seconds(80);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(2);
    }
}
