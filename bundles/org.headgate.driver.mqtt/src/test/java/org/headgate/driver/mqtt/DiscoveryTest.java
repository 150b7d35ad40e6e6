package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovered.Point;
import org.headgate.mqtt.client.Publication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who announces itself, and who is only heard. */
class DiscoveryTest {
    /** As Zigbee2MQTT 1.40 writes it, with fewer fields. */
    static final String BRIDGE = """
            [{"ieee_address":"0x00","type":"Coordinator","friendly_name":"Coordinator","definition":null},
             {"ieee_address":"0x01","type":"Router","friendly_name":"lamp","definition":{"model":"LED1545G12","vendor":"IKEA",
              "description":"TRADFRI bulb","exposes":[
               {"type":"light","features":[
                {"access":7,"name":"state","property":"state","type":"binary","value_on":"ON","value_off":"OFF","value_toggle":"TOGGLE"},
                {"access":7,"name":"brightness","property":"brightness","type":"numeric","value_max":254},
                {"type":"composite","name":"color_xy","property":"color","features":[
                  {"access":7,"name":"x","property":"x","type":"numeric"}]}]},
               {"access":2,"name":"effect","property":"effect","type":"enum","values":["blink"]},
               {"access":1,"name":"linkquality","property":"linkquality","type":"numeric","unit":"lqi"}]}},
             {"ieee_address":"0x02","type":"EndDevice","friendly_name":"hall/climate","definition":{"model":"WSDCGQ11LM","vendor":"Aqara",
              "description":"Temperature and humidity","exposes":[
               {"access":1,"name":"temperature","property":"temperature","type":"numeric","unit":"°C","description":"Measured"}]}}]
            """;

    @TempDir
    private Path folder;

    private RealTime time;
    private MqttDriver driver;
    private Site site;

    @BeforeEach
    void start() throws Exception {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        time = new RealTime();
        driver = new MqttDriver(time.world());
        site = new Site(folder);
    }

    @AfterEach
    void stop() throws IOException {
        driver.close();
        site.close();
        time.close();
    }

    private static List<Discovered> finds(Map<String, String> messages) {
        Map<String, byte[]> heard = new LinkedHashMap<>();
        messages.forEach((topic, text) -> heard.put(topic, text.getBytes(StandardCharsets.UTF_8)));
        List<Discovered> found = new ArrayList<>();
        new Finds("mqtt://h", Map.of("user", "gw"), heard).tell(found::add);
        return found;
    }

    private static List<String> texts(Discovered one) {
        return one.points().stream().map(Point::text).toList();
    }

    @Test
    void zigbee2MqttSaysWhatItsDevicesHave() {
        Map<String, String> heard = new LinkedHashMap<>();
        heard.put("zigbee2mqtt/bridge/devices", BRIDGE);
        heard.put("zigbee2mqtt/bridge/state", "{\"state\":\"online\"}");
        heard.put("zigbee2mqtt/lamp", "{\"state\":\"ON\"}");
        heard.put("zigbee2mqtt/lamp/availability", "{\"state\":\"online\"}");
        List<Discovered> found = finds(heard);
        assertThat(found).extracting(Discovered::name).containsExactly("lamp", "hall-climate");
        assertThat(found.get(0).description()).isEqualTo("Zigbee2MQTT: IKEA LED1545G12, TRADFRI bulb");
        assertThat(found.get(0).settings())
                .isEqualTo(Map.of(
                        "user", "gw",
                        "topic", "zigbee2mqtt/lamp",
                        "availability", "zigbee2mqtt/lamp/availability",
                        "write", "zigbee2mqtt/lamp/set"));
        assertThat(texts(found.get(0)))
                .containsExactly(
                        "/state bool access=rw map=ON:true,OFF:false",
                        "/brightness double access=rw",
                        "/color/x double access=rw",
                        "/linkquality double");
        assertThat(found.get(1).points())
                .containsExactly(new Point("temperature", "/temperature double unit=degC", "Measured", ""));
    }

    @Test
    void whatIsAnnouncedForHomeAssistantBecomesADeviceWithATopicForEachChannel() {
        Map<String, String> heard = new LinkedHashMap<>();
        heard.put(
                "homeassistant/sensor/0x1/t/config",
                "{\"~\":\"wx/roof\",\"stat_t\":\"~/state\",\"val_tpl\":\"{{ value_json.out.temp | round(1) }}\","
                        + "\"unit_of_meas\":\"°C\",\"name\":\"Temp\",\"obj_id\":\"temp\",\"dev\":{\"name\":\"Roof\"}}");
        heard.put(
                "homeassistant/binary_sensor/rain/config",
                "{\"state_topic\":\"wx/rain\",\"name\":\"Rain\",\"device\":{\"name\":\"Roof\"}}");
        heard.put(
                "homeassistant/sensor/odd/config",
                "{\"state_topic\":\"wx/roof/state\",\"value_template\":\"{{ value_json.a + 1 }}\",\"name\":\"Odd\"}");
        heard.put("wx/roof/state", "{\"out\":{\"temp\":3.5}}");
        heard.put("wx/rain", "ON");
        List<Discovered> found = finds(heard);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).name()).isEqualTo("roof");
        assertThat(texts(found.get(0)))
                .containsExactly("/out/temp double unit=degC topic=wx/roof/state", "text bool topic=wx/rain");
    }

    @Test
    void whoeverElseIsHeardIsFoundByTheFieldsOfItsMessages() {
        Map<String, String> heard = new LinkedHashMap<>();
        heard.put(
                "tele/plug/SENSOR",
                "{\"Time\":\"2026-11-21T10:00:00\",\"ENERGY\":{\"Power\":12,\"On\":true,\"a/b\":1}}");
        heard.put("raw/level", " 17.5\n");
        heard.put("raw/text", "hello");
        List<Discovered> found = finds(heard);
        assertThat(found).extracting(Discovered::name).containsExactly("tele-plug-sensor", "raw-level");
        assertThat(texts(found.get(0)))
                .containsExactly("/Time string", "/ENERGY/Power double", "/ENERGY/On bool", "/ENERGY/a~1b double");
        assertThat(texts(found.get(1))).containsExactly("text double");
    }

    @Test
    void whatIsFoundCanBeOpenedAndSaysItsValues() throws Exception {
        site.publish("zigbee2mqtt/bridge/devices", BRIDGE.replace("\n", ""), "-r");
        site.publish("zigbee2mqtt/lamp", "{\"state\":\"ON\",\"brightness\":99,\"linkquality\":3}", "-r");
        Edge edge = new Edge(site.broker.address());
        CompletableFuture<List<Discovered>> searching = CompletableFuture.supplyAsync(this::search);
        // Births are not kept by the broker: somebody must be listening.
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        site.broker.log().contains("\\n") || site.broker.log().contains("headgate-"));
        while (!searching.isDone()) {
            edge.born();
            Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        }
        List<Discovered> found = searching.join();
        edge.close();
        assertThat(found).extracting(Discovered::name).contains("lamp", "gw-7", "boiler");
        Discovered boiler = found.stream()
                .filter(one -> one.name().equals("boiler"))
                .findFirst()
                .orElseThrow();
        assertThat(texts(boiler))
                .containsExactly(
                        "sparkplug/Temp double unit=degC",
                        "sparkplug/Flow/In~s1 int64",
                        "sparkplug/Pump bool",
                        "sparkplug/Label string");
        for (Discovered one : found) {
            List<Channel> channels = one.points().stream()
                    .map(point -> Site.channel(point.name(), point.text()))
                    .toList();
            driver.open(new DeviceSettings(one.name(), one.address(), Duration.ofSeconds(20), channels, one.settings()))
                    .close();
        }
    }

    private List<Discovered> search() {
        List<Discovered> found = new ArrayList<>();
        try {
            driver.discovery()
                    .orElseThrow()
                    .search(Site.device(site.broker.port(), Duration.ofSeconds(10), "discover"), found::add);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
        return found;
    }

    @Test
    void noBrokerFillsTheMemory() {
        Heard heard = new Heard();
        for (int i = 0; i < Heard.MOST_TOPICS + 100; i++) {
            heard.add(new Publication("t/" + i, new byte[10]));
        }
        assertThat(heard.messages()).hasSize(Heard.MOST_TOPICS);
        heard.add(new Publication("t/0", new byte[100_000]));
        assertThat(heard.messages().get("t/0")).hasSize(10);
        Heard large = new Heard();
        for (int i = 0; i < 1000; i++) {
            large.add(new Publication("t/" + i, new byte[60_000]));
        }
        assertThat(large.messages().values().stream()
                        .mapToLong(bytes -> bytes.length)
                        .sum())
                .isBetween(15L << 20, 16L << 20);
    }
}
