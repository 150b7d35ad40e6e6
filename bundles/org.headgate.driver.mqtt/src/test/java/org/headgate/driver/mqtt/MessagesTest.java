package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.device.api.kit.ReportedRows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that publish messages, with mosquitto and its own client at the other end. */
class MessagesTest {
    private static final String STATE = "channel.temp = /t double";

    @TempDir
    private Path folder;

    private final List<Connection> open = new ArrayList<>();
    private RealTime time;
    private MqttDriver driver;
    private Site site;

    @BeforeEach
    void start() throws Exception {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        time = new RealTime();
        driver = new MqttDriver(time.world());
        site = new Site(folder, "max_queued_messages 0");
    }

    @AfterEach
    void stop() throws IOException {
        open.forEach(Connection::close);
        driver.close();
        site.close();
        time.close();
    }

    private ReportedRows rows(DeviceSettings settings) throws Exception {
        ReportedRows rows = new ReportedRows();
        Connection connection = driver.open(settings);
        open.add(connection);
        assertThat(connection.subscribe(settings.channels(), rows)).isEqualTo(settings.channels());
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void messagesOfSeveralTopicsBecomeRowsWithTheirTimes(String version) throws Exception {
        ReportedRows rows = rows(site.device(
                "pump",
                "version = " + version,
                "topic = plant/+/{device}/#",
                "time = /ts",
                STATE,
                "channel.hall = topic/1 string",
                "channel.count = count/messages long",
                "channel.level = text double topic=levels/{device}"));
        site.publish("plant/north/pump/a/b", "{\"t\":21.5,\"ts\":1732172400}");
        site.publish("levels/pump", "17.25 m");
        RecordedReadings first = rows.awaitFirst(21.5);
        assertThat(first.values).containsEntry(1, "north").containsEntry(2, 1L).doesNotContainKey(3);
        assertThat(first.time).isEqualTo(1_732_172_400_000_000_000L);
        RecordedReadings level = rows.await(row -> row.values.containsKey(3));
        assertThat(level.values).isEqualTo(Map.of(3, 17.25));
        site.publish("plant/north/other", "{\"t\":1}");
        site.publish("plant/south/pump", "[{\"t\":1,\"ts\":1732172401},{\"t\":2,\"ts\":1732172402}]");
        rows.awaitFirst(2.0);
        assertThat(rows.all()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void aWriteIsPublishedAndWaitsForTheBrokersAnswer(String version) throws Exception {
        DeviceSettings settings = site.device(
                "bulb",
                "version = " + version,
                "topic = z/{device}",
                "write = z/{device}/set",
                "channel.state = /state bool access=rw map=ON:true,OFF:false",
                "channel.mode = /mode string access=w payload={\"mode\":{}} write=z/{device}/mode",
                "channel.raw = text double access=w write=cmnd/{device}/dim payload=DIM~s{}");
        Connection connection = driver.open(settings);
        open.add(connection);
        ReportedRows other = rows(site.device("other", "topic = +/bulb/#", "channel.all = text string"));
        connection.write(settings.channels().get(0), true);
        other.awaitFirst("{\"state\":\"ON\"}");
        connection.write(settings.channels().get(1), "a \"b\"");
        other.awaitFirst("{\"mode\":\"a \\\"b\\\"\"}");
        connection.write(settings.channels().get(2), 40.0);
        other.awaitFirst("DIM 40");
        site.broker.kill();
        assertThatThrownBy(() -> connection.write(settings.channels().get(2), 41.0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the broker is gone");
    }

    @Test
    void whatIsWrittenIsWhatTheOtherSideHears() throws Exception {
        DeviceSettings settings = site.device(
                "bulb",
                "channel.mode = /mode string access=rw topic=echo/+ write=echo/a payload={\"mode\":{}}",
                "channel.raw = text string access=rw topic=plain write=plain payload=DIM~s{} retain=true");
        ReportedRows rows = rows(settings);
        Connection connection = open.get(0);
        connection.write(settings.channels().get(0), "a \"b\"");
        rows.awaitFirst("a \"b\"");
        connection.write(settings.channels().get(1), "40");
        rows.await(row -> "DIM 40".equals(row.values.get(1)));
        rows(settings).await(row -> "DIM 40".equals(row.values.get(1)));
    }

    @Test
    void whatTheBrokerHasKeptIsTheFirstValueOnceUnlessItShallNotBe() throws Exception {
        site.publish("s/a", "{\"t\":1}", "-r");
        ReportedRows taken = rows(site.device("taken", "topic = s/a", STATE));
        ReportedRows doubtful = rows(site.device("doubtful", "topic = s/a", "retained = uncertain", STATE));
        ReportedRows ignored = rows(site.device("ignored", "topic = s/a", "retained = ignore", STATE));
        taken.awaitFirst(1.0);
        assertThat(doubtful.awaitFirst(1.0).uncertain).containsEntry(0, "kept by the broker from before");
        site.publish("s/a", "{\"t\":2}");
        taken.awaitFirst(2.0);
        doubtful.awaitFirst(2.0);
        ignored.awaitFirst(2.0);
        // The broker has handed it out again to each of them: their connection is one.
        assertThat(driver.connections()).isEqualTo(1);
        assertThat(taken.all()).hasSize(2);
        assertThat(doubtful.all()).hasSize(2);
        assertThat(ignored.all()).hasSize(1);
    }

    @Test
    void aDeviceThatIsOfflineHasNoValuesAndOldOnesWhenItIsBack() throws Exception {
        DeviceSettings settings =
                site.device("bulb", "topic = z/{device}", "availability = z/{device}/availability", STATE);
        ReportedRows rows = rows(settings);
        site.publish("z/bulb", "{\"t\":5}");
        rows.awaitFirst(5.0);
        site.publish("z/bulb/availability", "{\"state\":\"offline\"}");
        rows.awaitOffline("the device is offline, says z/bulb/availability");
        RecordedReadings read = new RecordedReadings();
        open.get(0).read(settings.channels(), read);
        assertThat(read.values).isEmpty();
        assertThat(read.bad).containsEntry(0, "the device is offline, says z/bulb/availability");
        site.publish("z/bulb/availability", "online");
        assertThat(rows.await(row -> !row.uncertain.isEmpty()).number(0)).isEqualTo(5);
        site.publish("z/bulb", "{\"t\":6}");
        assertThat(rows.awaitFirst(6.0).uncertain).isEmpty();
    }

    @Test
    void silenceIsSaidAndEndsWithTheNextMessage() throws Exception {
        ReportedRows rows = rows(site.device("bulb", "topic = z/{device}", "silence = 1s", STATE));
        rows.awaitOffline("silent for 1s: is the device on, and are the topics the right ones?");
        site.publish("z/bulb", "{\"t\":6}");
        rows.awaitFirst(6.0);
        assertThat(rows.failure()).as("the connection is as good as before").isEmpty();
    }

    @Test
    void garbageAndWhatIsTooLongIsCountedAndTheNextMessageIsTaken() throws Exception {
        ReportedRows rows = rows(site.device(
                "bulb", "topic = z/{device}", "message.max = 1KiB", STATE, "channel.bad = count/refused long"));
        site.publish("z/bulb", "{\"t\":");
        assertThat(rows.awaitBad("(1 refused)").values).containsEntry(1, 1L);
        // One of these is longer than its neighbour takes, the other one is not even read.
        open.add(driver.open(site.device("neighbour", "topic = n/{device}", "message.max = 2KiB", STATE)));
        for (int i = 0; i < 5; i++) {
            site.publish("z/bulb", "x".repeat(i % 2 == 0 ? 2000 : 100_000));
        }
        site.publish("z/bulb", "{\"t\":7}");
        assertThat(rows.awaitFirst(7.0).values).containsEntry(1, 6L);
        assertThat(rows.failure()).isEmpty();
    }

    @Test
    void askingMakesTheDeviceTellItsValue() throws Exception {
        DeviceSettings settings = Site.device(
                site.broker.port(),
                Duration.ofSeconds(30),
                "bulb",
                "topic = z/{device}",
                "get = z/{device}/get",
                "get.payload = {\"t\":\"\"}",
                STATE);
        Connection connection = driver.open(settings);
        open.add(connection);
        ReportedRows asked = rows(site.device("asked", "topic = z/bulb/get", "channel.q = text string"));
        Thread device = new Thread(() -> {
            asked.awaitFirst("{\"t\":\"\"}");
            try {
                site.publish("z/bulb", "{\"t\":9}");
            } catch (IOException | InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        });
        device.start();
        RecordedReadings read = new RecordedReadings();
        connection.read(settings.channels(), read);
        device.join();
        assertThat(read.number(0)).isEqualTo(9);
    }

    @Test
    void aLostBrokerFailsAllOfItsDevicesAndTheyComeBackOnOneConnection() throws Exception {
        int count = Boolean.getBoolean("headgate.long") ? 500 : 200;
        List<ReportedRows> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(rows(site.device("d" + i, "topic = z/{device}", STATE)));
        }
        assertThat(driver.connections()).isEqualTo(1);
        assertThat(site.broker.log().lines().filter(line -> line.contains("New client connected")))
                .hasSize(1);
        site.publish("z/d" + (count - 1), "{\"t\":3}");
        all.get(count - 1).awaitFirst(3.0);
        assertThat(all.get(0).all()).isEmpty();
        site.broker.kill();
        Site.until(() -> all.stream().noneMatch(rows -> rows.failure().isEmpty()));
        assertThat(all.get(7).failure()).startsWith("the broker is gone: ");
        open.forEach(Connection::close);
        open.clear();
        site.broker.start();
        List<Thread> opening = new ArrayList<>();
        List<Connection> again = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 20; i++) {
            DeviceSettings settings = site.device("d" + i, "topic = z/{device}", STATE);
            Thread one = new Thread(() -> {
                try {
                    again.add(driver.open(settings));
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            });
            one.start();
            opening.add(one);
        }
        for (Thread one : opening) {
            one.join();
        }
        open.addAll(again);
        assertThat(again).hasSize(20);
        Site.until(() -> driver.connections() == 1);
    }

    @Test
    void filtersThatOverlapInPartGetConnectionsOfTheirOwnSoThatNothingComesTwice() throws Exception {
        ReportedRows all = rows(site.device("all", "topic = z/#", STATE));
        ReportedRows one = rows(site.device("one", "topic = z/one", STATE));
        assertThat(driver.connections()).isEqualTo(2);
        site.publish("z/one", "{\"t\":1}");
        site.publish("z/one", "{\"t\":2}");
        all.awaitFirst(2.0);
        one.awaitFirst(2.0);
        assertThat(all.all()).hasSize(2);
        assertThat(one.all()).hasSize(2);
    }

    @Test
    void theLastDeviceClosesTheConnection() throws Exception {
        rows(site.device("a", "topic = z/a", STATE));
        rows(site.device("b", "topic = z/b", STATE));
        open.remove(0).close();
        assertThat(driver.connections()).isEqualTo(1);
        open.remove(0).close();
        Site.until(() -> driver.connections() == 0);
        Site.until(() -> site.broker.log().contains("disconnected"));
    }

    @Test
    void aMissingSecretIsAskedForAndOneThatIsThereIsUsed() {
        DeviceSettings missing = site.device("a", "topic = z/a", "user = gw", "password = @none", STATE);
        assertThatThrownBy(() -> driver.open(missing))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("there is no secret none")
                .extracting(failure -> ((ActionNeededException) failure).command())
                .isEqualTo("secret:set none");
    }

    @Test
    void aReadOfWhatNeverCameSaysSoInTime() throws Exception {
        DeviceSettings settings = Site.device(site.broker.port(), Duration.ofSeconds(6), "a", "topic = z/a", STATE);
        Connection connection = driver.open(settings);
        open.add(connection);
        RecordedReadings read = new RecordedReadings();
        connection.read(settings.channels(), read);
        assertThat(read.bad).containsEntry(0, "nothing came yet");
    }
}
