package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.ReportedRows;
import org.headgate.mqtt.client.Publication;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** What becomes of messages, one by one and in simulated time; with a broker: {@link MessagesTest}. */
class MessageFeedTest {
    private static final String GONE = "the device is offline, says z/bulb/availability";

    private final SimulatedSystem system = new SimulatedSystem(5);
    private final ReportedRows rows = new ReportedRows();
    private Intake intake;
    private MessageFeed feed;

    private void bulb(String... lines) throws Exception {
        Setup setup = unheard(lines);
        intake.report(setup.channels(), rows);
    }

    private Setup unheard(String... lines) throws Exception {
        DeviceSettings settings = Site.device(1883, Duration.ofSeconds(1), "bulb", lines);
        Setup setup = Setup.parse(settings);
        intake = new Intake(setup.device(), setup.channels());
        feed = new MessageFeed(setup, SimulatedWorld.of(system), intake);
        return setup;
    }

    @Test
    void whatHasNoRoomBeforeSomebodyTakesItIsCounted() throws Exception {
        Setup setup = unheard("topic = z/+", "channel.temp = /t double", "channel.bad = count/refused long");
        for (int i = 0; i < Intake.MOST_EARLY + 3; i++) {
            kept("z/" + i, "{\"t\":" + i + "}");
        }
        intake.report(setup.channels(), rows);
        comes("z/0", "{\"t\":7}");
        assertThat(rows.all().get(rows.all().size() - 1).values).isEqualTo(Map.of(0, 7L, 1, 3L));
    }

    private void comes(String topic, String text) {
        comes(topic, text, false);
    }

    private void kept(String topic, String text) {
        comes(topic, text, true);
    }

    private void comes(String topic, String text, boolean kept) {
        feed.message(new Publication(topic, text.getBytes(StandardCharsets.UTF_8), 1, kept, "", "", new byte[0]));
    }

    @Test
    void whatIsKeptOfADeviceThatIsOfflineIsNoValueOfIt() throws Exception {
        bulb("topic = z/{device}", "availability = z/{device}/availability", "channel.temp = /t double");
        kept("z/bulb/availability", "offline");
        kept("z/bulb", "{\"t\":5}");
        assertThat(rows.offline()).containsExactly(GONE);
        assertThat(rows.all()).isEmpty();
        // It says something, so it is there, whatever was said of it.
        comes("z/bulb", "{\"t\":6}");
        assertThat(rows.all())
                .singleElement()
                .satisfies(row -> assertThat(row.values).containsEntry(0, 6L));
        comes("z/bulb/availability", "offline");
        assertThat(rows.offline()).containsExactly(GONE, GONE);
        comes("z/bulb/availability", "{\"state\":\"online\"}");
        assertThat(rows.all().get(1).uncertain).containsEntry(0, "from before the device was offline");
        comes("z/bulb/availability", "online");
        assertThat(rows.all()).as("said once").hasSize(2);
    }

    @Test
    void whatIsKeptCountsOnceForEachTopic() throws Exception {
        bulb("topic = z/{device}/+", "channel.temp = /t double", "channel.count = count/messages long");
        kept("z/bulb/a", "{\"t\":1}");
        kept("z/bulb/a", "{\"t\":1}");
        kept("z/bulb/b", "{\"t\":2}");
        comes("z/bulb/a", "{\"t\":3}");
        kept("z/bulb/a", "{\"t\":3}");
        assertThat(rows.all()).hasSize(3);
        assertThat(rows.all().get(2).values).containsEntry(0, 3L).containsEntry(1, 3L);
    }

    /** The broker sends what it keeps to everybody whenever another device subscribes: of what was heard, that is no news. */
    @Test
    void whatWasHeardIsNotTakenAgainWhenItIsKept() throws Exception {
        bulb("topic = z/{device}/+", "channel.temp = /t double", "channel.count = count/messages long");
        comes("z/bulb/a", "{\"t\":3}");
        kept("z/bulb/a", "{\"t\":3}");
        assertThat(rows.all()).hasSize(1);
    }

    @Test
    void whatIsKeptOfTheMostTopicsIsTakenAtLeastOnce() throws Exception {
        bulb("topic = z/{device}/+", "channel.temp = /t double", "channel.count = count/messages long");
        for (int i = 0; i <= 10_000; i++) {
            comes("z/bulb/" + i, "{\"t\":1}");
        }
        int before = rows.all().size();
        kept("z/bulb/10000", "{\"t\":1}");
        kept("z/bulb/late", "{\"t\":2}");
        kept("z/bulb/late", "{\"t\":2}");
        assertThat(rows.all()).hasSize(before + 1);
    }

    @Test
    void aTopicThatAnotherCoversIsNotSubscribedTwice() throws Exception {
        bulb(
                "availability = z/bulb/availability",
                "channel.all = text string topic=z/#",
                "channel.one = text string topic=z/bulb/+",
                "channel.other = text string topic=y/bulb");
        assertThat(feed.filters()).extracting(TopicFilter::text).containsExactlyInAnyOrder("z/#", "y/bulb");
        comes("z/bulb/state", "on");
        assertThat(rows.all())
                .extracting(row -> row.values.keySet().toString())
                .containsExactlyInAnyOrder("[0]", "[1]");
    }

    @Test
    void garbageIsCountedAndSaidOnceASecond() throws Exception {
        bulb("topic = z/{device}", "channel.temp = /t double", "channel.bad = count/refused long");
        for (int i = 0; i < 100; i++) {
            comes("z/bulb", "{\"t\":");
        }
        assertThat(rows.all())
                .singleElement()
                .satisfies(row -> assertThat(row.bad.get(0)).endsWith("(1 refused)"));
        system.advance(Duration.ofSeconds(1));
        comes("z/bulb", "{");
        assertThat(rows.all().get(1).bad.get(0)).endsWith("(101 refused)");
        comes("z/bulb", "{\"t\":4}");
        assertThat(rows.all().get(2).values).containsEntry(0, 4L).containsEntry(1, 101L);
    }
}
