package org.headgate.driver.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.FaultyPeer;
import org.headgate.device.api.kit.ProxiedPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The driver's contract, with a real broker that has kept what the device said last. */
class MqttDriverTest implements DriverContract {
    private static final String[] BULB = {
        "topic = zigbee2mqtt/{device}",
        "write = zigbee2mqtt/{device}/set",
        "channel.temp = /temperature double unit=degC",
        "channel.state = /state bool access=rw map=ON:true,OFF:false",
        "channel.name = topic/1 string"
    };

    @TempDir
    private Path folder;

    private RealTime time;
    private MqttDriver driver;
    private Site site;

    @BeforeEach
    void start() throws Exception {
        // One of Paho's threads may die with a NullPointerException when its connection is lost; what we see is judged.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        time = new RealTime();
        driver = new MqttDriver(time.world());
        site = new Site(Files.createDirectory(folder.resolve("a")));
        bulb(site);
    }

    @AfterEach
    void stop() throws IOException {
        driver.close();
        site.close();
        time.close();
    }

    private static void bulb(Site site) throws IOException, InterruptedException {
        site.publish("zigbee2mqtt/bulb", "{\"temperature\":21.5,\"state\":\"ON\"}", "-r");
    }

    @Override
    public int openings() {
        return FEW_OPENINGS;
    }

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public DeviceSettings reachable() {
        return site.device("bulb", BULB);
    }

    @Override
    public Optional<FaultyPeer> peer() throws Exception {
        Site another = new Site(Files.createTempDirectory(folder, "b"));
        bulb(another);
        return Optional.of(new ProxiedPeer(
                another, another.address(), port -> Site.device(port, Duration.ofSeconds(3), "bulb", BULB)));
    }

    @Override
    public List<String> places() {
        return List.of(site.broker.address());
    }
}
