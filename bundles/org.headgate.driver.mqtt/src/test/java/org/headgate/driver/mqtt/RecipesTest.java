package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.device.api.kit.ReportedRows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages in docs/recipes say works as it stands there. */
class RecipesTest {
    /** The application of the page on ChirpStack. */
    private static final String APPLICATION = "52f14cd4-c6f1-4fbd-8f87-4025e1d49242";

    @TempDir
    private Path folder;

    private RealTime time;
    private MqttDriver driver;
    private Site site;

    @BeforeEach
    void start() {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        time = new RealTime();
        driver = new MqttDriver(time.world());
    }

    @AfterEach
    void stop() throws IOException {
        driver.close();
        site.close();
        time.close();
    }

    private static void password(Path file, String user) throws Exception {
        boolean there = Files.exists(file);
        Process program = new ProcessBuilder(
                        there
                                ? new String[] {"mosquitto_passwd", "-b", file.toString(), user, "secret"}
                                : new String[] {"mosquitto_passwd", "-c", "-b", file.toString(), user, "secret"})
                .start();
        assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
    }

    @Test
    void aBrokerOfYourOwnLetsADeviceSpeakForItselfOnly() throws Exception {
        Recipe recipe = Recipe.of("mosquitto");
        Path passwords = folder.resolve("passwords");
        Path rules = Files.writeString(folder.resolve("acl"), recipe.block("acl"));
        password(passwords, "gateway");
        password(passwords, "meter-7");
        password(passwords, "meter-8");
        String broker = recipe.block("mosquitto")
                .replaceAll("listener .*\n", "")
                .replace("/etc/mosquitto/passwords", passwords.toString())
                .replace("/etc/mosquitto/acl", rules.toString());
        site = new Site(Files.createDirectory(folder.resolve("broker")), "user root", broker);
        DeviceSettings settings =
                site.device("meter-7", recipe.device(site.broker.address()).clone());
        DeviceSettings known = new DeviceSettings(
                settings.device(),
                settings.address(),
                settings.timeout(),
                settings.channels(),
                replaced(settings.options()));
        ReportedRows rows = new ReportedRows();
        try (Connection connection = driver.open(known)) {
            connection.subscribe(known.channels(), rows);
            site.publish("sensors/meter-7", "{\"power\":1}", "-u", "meter-8", "-P", "secret");
            site.publish("sensors/meter-7", "{\"power\":2,\"relay\":false}", "-u", "meter-7", "-P", "secret");
            rows.awaitFirst(2.0);
            assertThat(rows.all()).hasSize(1);
            connection.write(known.channels().get(1), true);
        }
    }

    /** The test's only secret. */
    private static java.util.Map<String, String> replaced(java.util.Map<String, String> options) {
        java.util.Map<String, String> all = new java.util.HashMap<>(options);
        all.put("password", "@pw");
        return all;
    }

    @Test
    void aLampOfZigbee2MqttIsReadAndSwitched() throws Exception {
        site = new Site(folder);
        DeviceSettings settings = site.device("lamp", Recipe.of("zigbee2mqtt").device(site.broker.address()));
        ReportedRows rows = new ReportedRows();
        ReportedRows bridge = new ReportedRows();
        DeviceSettings other = site.device("bridge", "topic = zigbee2mqtt/lamp/set", "channel.all = text string");
        try (Connection connection = driver.open(settings);
                Connection listening = driver.open(other)) {
            listening.subscribe(other.channels(), bridge);
            connection.subscribe(settings.channels(), rows);
            site.publish("zigbee2mqtt/lamp", "{\"brightness\":120,\"linkquality\":87,\"state\":\"ON\",\"update\":{}}");
            RecordedReadings row = rows.awaitFirst(true);
            assertThat(row.number(1)).isEqualTo(120);
            assertThat(row.number(2)).isEqualTo(87);
            connection.write(settings.channels().get(0), false);
            bridge.awaitFirst("{\"state\":\"OFF\"}");
            site.publish("zigbee2mqtt/lamp/availability", "{\"state\":\"offline\"}");
            rows.awaitOffline("the device is offline, says zigbee2mqtt/lamp/availability");
        }
    }

    @Test
    void anUplinkOfChirpStackHasItsTimeAndADownlinkIsAWrite() throws Exception {
        site = new Site(folder);
        Recipe recipe = Recipe.of("chirpstack");
        String[] lines =
                (String.join("\n", recipe.device(site.broker.address())) + "\n" + recipe.block("channel")).split("\n");
        DeviceSettings settings = site.device("soil", lines);
        ReportedRows rows = new ReportedRows();
        ReportedRows network = new ReportedRows();
        DeviceSettings other = site.device(
                "ns", "topic = application/" + APPLICATION + "/device/+/command/down", "channel.all = text string");
        try (Connection connection = driver.open(settings);
                Connection listening = driver.open(other)) {
            listening.subscribe(other.channels(), network);
            connection.subscribe(
                    settings.channels().stream()
                            .filter(c -> c.access().canRead())
                            .toList(),
                    rows);
            site.publish(
                    "application/" + APPLICATION + "/device/0101010101010101/event/up",
                    "{\"deduplicationId\":\"3ac7e3c4-4401-4b8d-9386-a5c902f9202d\",\"time\":\"2026-11-21T11:00:00.123+00:00\","
                            + "\"deviceInfo\":{\"devEui\":\"0101010101010101\"},\"devAddr\":\"00189440\",\"dr\":1,\"fCnt\":42,"
                            + "\"fPort\":1,\"data\":\"qg==\",\"object\":{\"temperature\":18.5,\"batteryLevel\":77},"
                            + "\"rxInfo\":[{\"gatewayId\":\"0016c001f153a14c\",\"rssi\":-48,\"snr\":9}]}");
            RecordedReadings row = rows.awaitFirst(18.5);
            assertThat(row.number(1)).isEqualTo(77);
            assertThat(row.number(2)).isEqualTo(-48);
            assertThat(row.number(3)).isEqualTo(42);
            assertThat(row.values).containsEntry(4, APPLICATION);
            assertThat(row.time)
                    .isEqualTo(
                            java.time.Instant.parse("2026-11-21T11:00:00.123Z").toEpochMilli() * 1_000_000);
            Channel interval = settings.channels().get(5);
            connection.write(interval, 60.0);
            network.await(said -> said.values.get(0).toString().contains("\"object\":{\"interval\":60"));
        }
    }
}
