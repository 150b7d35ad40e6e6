package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.headgate.payload.json.JsonFormat;
import org.headgate.stream.api.Event;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.Test;

/** Links that are lost, refused or never made, and when they are tried again. */
class ReconnectTest {
    private final Site site = new Site(new JsonFormat());

    @Test
    void eachChangeOfStateIsOneEventHoweverOftenItIsTried() {
        site.uplink();
        site.system.advance(Duration.ofSeconds(1));
        site.server.down();
        site.system.advance(Duration.ofMinutes(5));
        site.server.up = true;
        site.system.advance(Duration.ofMinutes(2));
        assertThat(site.events)
                .allSatisfy(event -> assertThat(event.kind()).isEqualTo(Event.Kind.UPLINK))
                .allSatisfy(event -> assertThat(event.source()).isEqualTo("cloud"))
                .extracting(Event::state)
                .endsWith("ONLINE", "OFFLINE", "ONLINE");
        assertThat(site.events)
                .filteredOn(event -> event.state().equals("OFFLINE"))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).contains("broker gone"));
    }

    @Test
    void isBackWithinTwoSecondsAfterOutagesUnderTenSeconds() {
        site.uplink();
        for (int outage = 200; outage < 10_000; outage += 350) {
            site.publish("boiler", 1);
            site.system.advance(Duration.ofSeconds(1));
            assertThat(site.status().state()).isEqualTo(State.ONLINE);
            site.server.down();
            site.system.advance(Duration.ofMillis(outage));
            site.server.up = true;
            site.system.advance(Duration.ofSeconds(2));
            assertThat(site.status().state())
                    .as("after an outage of %d ms", outage)
                    .isEqualTo(State.ONLINE);
        }
    }

    @Test
    void aServerThatThrowsTheLinkOutAtOnceIsNotStormed() {
        site.server.mute = true;
        site.uplink();
        site.publish("boiler", 1);
        for (int i = 0; i < 600; i++) {
            site.system.advance(Duration.ofSeconds(1));
            site.server.down();
            site.server.up = true;
        }
        assertThat(site.server.opened).isLessThan(120);
    }

    @Test
    void aHungConnectIsAbandonedAndItsLateLinkClosed() {
        site.server.hangs = true;
        site.uplink();
        site.publish("boiler", 1);
        site.system.advance(Duration.ofSeconds(13));
        assertThat(site.status().state()).isEqualTo(State.OFFLINE);
        assertThat(site.status().detail()).contains("no answer");
        site.server.hangs = false;
        site.system.advance(Duration.ofSeconds(20));
        assertThat(site.status().state()).isEqualTo(State.ONLINE);
        int closed = site.server.closed;
        site.system.releaseHung();
        assertThat(site.server.closed).isGreaterThan(closed);
    }
}
