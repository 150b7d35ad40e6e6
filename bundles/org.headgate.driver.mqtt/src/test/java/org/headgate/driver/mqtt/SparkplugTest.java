package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.eclipse.tahu.message.model.MetricDataType;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.device.api.kit.ReportedRows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices of an edge node below us, whose payloads the reference implementation makes and reads. */
class SparkplugTest {
    private static final String[] BOILER = {
        "group = plant",
        "edge = gw-7",
        "device = boiler",
        "channel.temp = sparkplug/Temp double",
        "channel.flow = sparkplug/Flow/In~s1 long access=rw",
        "channel.pump = sparkplug/Pump bool access=rw",
        "channel.label = sparkplug/Label string"
    };

    @TempDir
    private Path folder;

    private final List<Connection> open = new ArrayList<>();
    private RealTime time;
    private MqttDriver driver;
    private Site site;
    private Edge edge;

    @BeforeEach
    void start() throws Exception {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        time = new RealTime();
        driver = new MqttDriver(time.world());
        site = new Site(folder);
        edge = new Edge(site.broker.address());
    }

    @AfterEach
    void stop() throws IOException {
        edge.close();
        open.forEach(Connection::close);
        driver.close();
        site.close();
        time.close();
    }

    private ReportedRows rows(String name, String... lines) throws Exception {
        DeviceSettings settings = site.device(name, lines);
        ReportedRows rows = new ReportedRows();
        Connection connection = driver.open(settings);
        open.add(connection);
        connection.subscribe(settings.channels(), rows);
        return rows;
    }

    private void rebirths(int count) {
        Site.until(() -> edge.commands().stream()
                        .filter("NCMD Node Control/Rebirth=true Boolean"::equals)
                        .count()
                == count);
    }

    @Test
    void aNodeIsAskedForItsBirthsAndItsMetricsAreFollowedByTheirAliases() throws Exception {
        ReportedRows boiler = rows("boiler", BOILER);
        ReportedRows node = rows("node", "group = plant", "edge = gw-7", "channel.up = sparkplug/Uptime long");
        rebirths(1);
        edge.born();
        RecordedReadings born = boiler.awaitFirst(21.5);
        assertThat(born.values).containsEntry(1, -7L).containsEntry(2, true).containsEntry(3, "north");
        assertThat(born.time).isEqualTo(Edge.BORN * 1_000_000);
        node.awaitFirst(5L);
        edge.send(
                "DDATA",
                "/boiler",
                Edge.value(1, MetricDataType.Float, 22.25f, 10),
                Edge.value(2, MetricDataType.Int16, (short) 9, 20));
        assertThat(boiler.awaitFirst(22.25).time).isEqualTo((Edge.BORN + 10) * 1_000_000);
        assertThat(boiler.await(row -> Long.valueOf(9).equals(row.values.get(1))).time)
                .isEqualTo((Edge.BORN + 20) * 1_000_000);
        // A device that is opened later is told what is known already, and nobody is asked.
        ReportedRows later = rows("later", BOILER);
        later.awaitFirst(22.25);
        assertThat(edge.commands()).hasSize(1);
        assertThat(driver.connections()).isEqualTo(1);
    }

    @Test
    void amongManyMissingMessagesItIsAskedForOnlyOnce() throws Exception {
        ReportedRows boiler = rows("boiler", BOILER);
        rebirths(1);
        edge.born();
        boiler.awaitFirst(21.5);
        edge.lose();
        for (int i = 0; i < 50; i++) {
            edge.send("DDATA", "/boiler", Edge.value(1, MetricDataType.Float, 30f + i, i));
        }
        boiler.awaitFirst(79.0);
        assertThat(edge.commands()).hasSize(1);
    }

    @Test
    void deathsAreSaidAndBirthsEndThem() throws Exception {
        ReportedRows boiler = rows("boiler", BOILER);
        edge.born();
        boiler.awaitFirst(21.5);
        edge.send("DDEATH", "/boiler");
        boiler.awaitOffline("the device has died (DDEATH)");
        edge.born();
        Site.until(() ->
                boiler.all().stream().filter(row -> row.values.containsKey(3)).count() >= 2);
        // The death of a session before this one comes late: it says nothing.
        edge.send("NDEATH", "", Edge.metric("bdSeq", MetricDataType.Int64, 2L));
        edge.send("DDATA", "/boiler", Edge.value(1, MetricDataType.Float, 50f, 1));
        boiler.awaitFirst(50.0);
        edge.send("NDEATH", "", Edge.metric("bdSeq", MetricDataType.Int64, 3L));
        boiler.awaitOffline("its edge node has died (NDEATH)");
        assertThat(boiler.offline())
                .as("a birth that was only asked for is no death")
                .hasSize(2);
        assertThat(boiler.failure()).isEmpty();
    }

    @Test
    void nullsQualitiesAndHistoryAreWhatTheySay() throws Exception {
        ReportedRows boiler = rows("boiler", BOILER);
        edge.born();
        boiler.awaitFirst(21.5);
        org.eclipse.tahu.message.model.Metric old = Edge.value(1, MetricDataType.Float, 1f, -60_000);
        old.setHistorical(true);
        edge.send("DDATA", "/boiler", old);
        assertThat(boiler.awaitFirst(1.0).time).isEqualTo((Edge.BORN - 60_000) * 1_000_000);
        RecordedReadings read = new RecordedReadings();
        open.get(0).read(site.device("boiler", BOILER).channels(), read);
        assertThat(read.number(0)).as("the current value, not the old one").isEqualTo(21.5);
        edge.send("DDATA", "/boiler", Edge.value(1, MetricDataType.Float, null, 1));
        boiler.awaitBad("null: the edge node has no value");
    }

    @Test
    void writesAreCommandsWithTheTypeOfTheBirth() throws Exception {
        DeviceSettings settings = site.device("boiler", BOILER);
        ReportedRows boiler = rows("boiler", BOILER);
        assertThatThrownBy(() -> open.get(0).write(settings.channels().get(1), 5L))
                .hasMessage("the device was not born with the metric Flow/In 1: nothing was written");
        edge.born();
        boiler.awaitFirst(21.5);
        open.get(0).write(settings.channels().get(1), -300L);
        open.get(0).write(settings.channels().get(2), false);
        Site.until(() -> edge.commands().contains("DCMD Flow/In 1=-300 Int16"));
        Site.until(() -> edge.commands().contains("DCMD Pump=false Boolean"));
    }

    @Test
    void garbageAndMissingMetricsAreSaidAndTheNextBirthIsTaken() throws Exception {
        ReportedRows boiler = rows(
                "boiler",
                "group = plant",
                "edge = gw-7",
                "device = boiler",
                "channel.temp = sparkplug/Temp double",
                "channel.x = sparkplug/Gone double");
        edge.born();
        boiler.awaitFirst(21.5);
        boiler.await(row -> row.bad.getOrDefault(1, "").equals("the device was born without the metric Gone"));
        edge.raw("DDATA", "/boiler", new byte[] {0x08, (byte) 0x80});
        boiler.awaitBad("no Sparkplug B payload: the end inside of a number");
        edge.born();
        Site.until(() ->
                boiler.all().stream().filter(row -> row.values.containsKey(0)).count() >= 2);
        assertThat(boiler.failure()).isEmpty();
    }
}
