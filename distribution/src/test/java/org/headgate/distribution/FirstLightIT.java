package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, in good weather: devices, rules, outbox, uplink, a broker and a consumer that are not ours. */
@Tag("alone")
class FirstLightIT {
    private static final Duration LIVE = Duration.ofSeconds(2);
    /** What the calls that look for it take. */
    private static final Duration LOOK = Duration.ofMillis(500);
    /** What they may take on a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(10);
    /** Edits of which the fastest counts: load makes one late, and none early. */
    private static final int EDITS = 5;

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void prepare() throws Exception {
        site = new Site(folder);
    }

    @AfterEach
    void end() throws Exception {
        site.close();
    }

    @Test
    void rowsArriveInThePayloadThatIsDocumented() throws Exception {
        long before = System.currentTimeMillis();
        site.configure("device-boiler", "driver = simulator", "poll = 100ms");
        // So often that the processor's load, an average since the last read, now and then has no value: ABSENT.
        site.configure("device-host", "driver = host", "poll = 10ms", "channel.hot = temperature");
        site.configure("rule-warm", "sql = SELECT temperature * 2 AS twice, pump FROM boiler");
        site.start();
        site.awaitArrivals(300);
        assertWatchShowsThem();

        List<Message> messages = site.subscriber.messages().stream()
                .filter(message -> !message.topic().endsWith("/state"))
                .toList();
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.payload().fieldNames())
                    .toIterable()
                    .containsExactly("gateway", "stream", "log", "seq", "rows");
            assertThat(message.payload().get("gateway").asText()).isEqualTo(Site.ID);
            assertThat(message.topic()).isEqualTo("headgate/" + Site.ID + "/" + message.stream());
            assertThat(message.payload().get("log").asText()).matches("[0-7][0-9A-HJKMNP-TV-Z]{25}");
            assertThat(message.seq()).isPositive();
            assertThat(message.rows())
                    .isNotEmpty()
                    .allSatisfy(row ->
                            assertThat(row.get("time").longValue()).isBetween(before, System.currentTimeMillis()));
        });
        assertThat(messages).extracting(Message::stream).contains("boiler", "host", "warm");

        Arrivals arrivals = site.subscriber.arrivals();
        assertThat(arrivals.rows("boiler")).allSatisfy(row -> {
            assertThat(row.fieldNames())
                    .toIterable()
                    .containsExactly("time", "temperature", "pressure", "level", "pump", "setpoint");
            assertThat(row.get("temperature").isNumber()).isTrue();
            assertThat(row.get("pump").isBoolean()).isTrue();
        });
        assertThat(arrivals.rows("warm"))
                .allSatisfy(row -> assertThat(row.fieldNames()).toIterable().containsExactly("time", "twice", "pump"));
        assertThat(arrivals.rows("host")).allSatisfy(FirstLightIT::assertQualities);
    }

    /** {@code headgate watch} prints the same messages. */
    private void assertWatchShowsThem() throws Exception {
        Path seen = folder.resolve("watch.out");
        Process watch = site.gateway.background(seen, "watch");
        try {
            List<String> lines = new ArrayList<>();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                lines.clear();
                lines.addAll(Files.readAllLines(seen));
                return lines.size() > 3;
            });
            assertThat(lines.get(0)).startsWith("watching headgate/").contains(site.address());
            // The broker keeps what the uplink tells of itself, and gives it first to whoever comes.
            assertThat(lines.get(1)).startsWith("headgate/gw-test/state {\"gateway\":\"gw-test\",\"state\":\"online\"");
            assertThat(lines.get(2))
                    .matches("headgate/gw-test/([\\w-]+) \\{\"gateway\":\"gw-test\",\"stream\":\"\\1\",\"log\":\".*");
        } finally {
            watch.destroyForcibly().waitFor();
        }
    }

    /** A BAD value is null and named; an ABSENT one is left out, and not named. */
    private static void assertQualities(JsonNode row) {
        JsonNode quality = row.path("quality");
        if (row.get("hot").isNull()) {
            // This machine has no sensor.
            assertThat(quality.path("hot").asText()).isEqualTo("BAD");
        } else {
            assertThat(row.get("hot").isNumber()).isTrue();
            assertThat(quality.has("hot")).isFalse();
        }
        if (!row.has("cpu")) {
            assertThat(quality.has("cpu")).isFalse();
        }
        assertThat(row.get("uptime").asDouble()).isPositive();
    }

    @Test
    void everyRowIsAccountedForUnderLoadAndAtRest() throws Exception {
        site.configureLoad();
        site.start();
        for (int sample = 0; sample < 10; sample++) {
            site.awaitArrivals(20);
            FlowTable table = site.flow();
            assertThat(table.imbalances()).isEmpty();
        }

        assertThat(site.enable("boiler", false)).isLessThan(LIVE.plus(SLACK));
        assertThat(site.enable("host", false)).isLessThan(LIVE.plus(SLACK));

        FlowTable table = site.rest();
        assertThat(table.dropped()).isZero();
        long passed = table.count("outbox:cloud", "cloud", "passed");
        assertThat(passed)
                .isEqualTo(table.count("outbox:cloud", "cloud", "in"))
                .isEqualTo(Long.parseLong(site.field("uplink:list", "cloud", "rows")));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> site.subscriber.arrivals().rows() >= passed);
        Arrivals arrivals = site.subscriber.arrivals();
        arrivals.assertCompleteAndInOrder();
        assertThat(arrivals.rows()).isEqualTo(passed);
        assertThat(arrivals.rows("boiler")).hasSize((int) table.count("driver:simulator", "boiler", "emitted"));
        assertThat(arrivals.rows("average")).hasSize((int) table.count("boiler", "rule:average", "emitted"));
        // Each reading went into one window.
        assertThat(arrivals.rows("average").stream()
                        .mapToLong(row -> row.get("n").asLong())
                        .sum())
                .isEqualTo(arrivals.rows("boiler").size());
        assertAnEditIsLiveInTime();
    }

    /** Within two seconds, says the README. */
    private void assertAnEditIsLiveInTime() throws Exception {
        List<Duration> edits = new ArrayList<>();
        do {
            edits.add(site.enable("host", edits.size() % 2 == 0));
        } while (edits.size() < EDITS && Collections.min(edits).compareTo(LIVE.plus(LOOK)) >= 0);
        assertThat(Collections.min(edits)).as("the fastest of %s", edits).isLessThan(LIVE.plus(LOOK));
    }

    /** An edit makes the uplink anew; what is published meanwhile waits for it. */
    @Test
    void anUplinkThatIsEditedUnderLoadMissesNoRow() throws Exception {
        site.configureLoad();
        site.start();
        String uplink = Files.readString(site.file("uplink-cloud"));
        for (int edit = 1; edit <= 3; edit++) {
            int inFlight = edit;
            site.awaitArrivals(20);
            String connects = site.field("uplink:list", "cloud", "connects");
            String since = site.field("uplink:list", "cloud", "since");
            Files.writeString(site.file("uplink-cloud"), uplink + "inflight = " + inFlight + "\n");
            await("the edit " + connects)
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !site.field("uplink:list", "cloud", "since").equals(since)
                            && site.state("uplink:list", "cloud").equals("ONLINE"));
        }
        FlowTable table = site.rest();
        // Every row that a device emitted came in on the edge to the outbox: none fell between two subscriptions.
        assertThat(table.mismatches()).isEmpty();
        assertThat(table.imbalances()).isEmpty();
        assertThat(table.dropped()).isZero();
        site.subscriber.arrivals().assertCompleteAndInOrder();
    }
}
