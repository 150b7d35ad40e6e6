package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engineer with the console and nothing else: from an empty home to rows at the broker, typed at a terminal, with the mistakes that
 * people make, and back again.
 */
class ConsoleSessionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Deletes what is behind the cursor, character by character: JLine's nano cuts no line that is the only one. */
    private static final String ERASE = Typist.CTRL_D.repeat(300);

    private static final String SECRET = "Tr0ub4dor&3";

    @TempDir
    private Path folder;

    private RunningGateway gateway;
    private Mosquitto broker;
    private Subscriber subscriber;
    private Typist engineer;

    @BeforeEach
    void anEmptyHome() throws Exception {
        Mosquitto.require();
        gateway = new RunningGateway(folder.resolve("home"));
        // A distribution without the simulator, whose installation is asked for.
        Path main = gateway.home().resolve("etc/headgate.gateway.cfg");
        Files.writeString(main, Files.readString(main) + "drivers = host\n");
        broker = new Mosquitto(folder.resolve("broker"));
        subscriber = new Subscriber(folder.resolve("messages"), broker.port());
        broker.start();
        subscriber.start();
        gateway.start();
        gateway.awaitBundles();
        engineer = Typist.at(gateway);
    }

    @AfterEach
    void end() throws Exception {
        try (Mosquitto cloud = broker;
                Subscriber listener = subscriber;
                RunningGateway ended = gateway) {
            if (engineer != null) {
                engineer.close();
            }
        }
    }

    @Test
    void fromAnEmptyHomeToARunningPipelineAndBack() throws Exception {
        assertThat(says("gateway:status")).doesNotContain("error:");
        addADevice();
        addARule();
        keepASecret();
        addAnUplink();
        await("rows upstream")
                .atMost(PATIENCE)
                .until(() -> subscriber.arrivals().rows() > 2);
        assertThat(says("gateway:status")).contains("uplinks     1 of 1 online").doesNotContain("error:");
        removeTheDeviceAndGoBack();
        String everything = engineer.everything();
        // The engineer has typed it once where it does not belong; that line is the only one that shows it.
        assertThat(everything.lines().filter(line -> line.contains(SECRET)))
                .allMatch(line -> line.contains("uplink:add cloud") && line.contains("password=" + SECRET));
        assertThat(everything).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(says("shell:history")).contains("device:list").doesNotContain(SECRET);
        engineer.type(Typist.CTRL_D);
        engineer.end();
        Path history = gateway.home().resolve("var/history/admin");
        assertThat(Files.readString(history)).contains("device:list").doesNotContain(SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
        assertThat(gateway.home().resolve("var/console.history")).doesNotExist();
        assertThat(gateway.log()).doesNotContain(SECRET).doesNotContain("CompletingParsedLine");
    }

    private String says(String line) throws Exception {
        return engineer.line(line);
    }

    private void awaitShown(String line, String... texts) {
        await(line + ": " + List.of(texts)).atMost(PATIENCE).until(() -> {
            String shown = says(line);
            return List.of(texts).stream().allMatch(shown::contains);
        });
    }

    private String etc(String file) throws IOException {
        Path path = gateway.home().resolve("etc").resolve(file);
        return Files.exists(path) ? Files.readString(path) : "";
    }

    private void addADevice() throws Exception {
        assertThat(says("device:ad boiler simulator")).contains("did you mean device:add?");
        assertThat(says("device:add boiler simulater")).contains("error:", "did you mean simulator?");
        assertThat(says("device:add Boiler simulator")).contains("error:", "expected: a-z first");
        // The driver is not there yet: first a Ctrl-C, then the answer that was wanted.
        engineer.type("device:add boiler simulator boiler pol=200ms\r");
        engineer.await("install it now?");
        engineer.type(Typist.CTRL_C);
        engineer.question();
        assertThat(etc("headgate.device-boiler.cfg")).isEmpty();
        engineer.type("device:add boiler simulator boiler pol=200ms\r");
        engineer.await("install it now?");
        assertThat(says("y")).contains("driver simulator", "error:", "pol", "expected:");
        assertThat(etc("headgate.device-boiler.cfg")).isEmpty();
        assertThat(says("device:add boiler simulator boiler poll=200ms")).doesNotContain("error:");
        assertThat(etc("headgate.device-boiler.cfg")).contains("driver = simulator", "poll = 200ms");
        assertThat(etc("headgate.gateway.cfg")).contains("simulator");
        awaitShown("device:list", "boiler", "ONLINE");
        assertThat(says("device:channel-add boiler heat temprature unit=Cel")).contains("error:");
        assertThat(says("device:channel-add boiler heat temperature unit=degC")).doesNotContain("error:");
        awaitShown("device:read boiler", "heat");
    }

    private void addARule() throws Exception {
        assertThat(says("rule:add boiler-avg SELECT avg(heat AS t FROM boiler")).contains("error:");
        assertThat(
                        says(
                                "rule:add boiler-avg SELECT avg(heat) AS t, 'a \"b\"' AS text FROM boiler GROUP BY TUMBLINGWINDOW(ss, 5)"))
                .doesNotContain("error:");
        assertThat(etc("headgate.rule-boiler-avg.cfg")).contains("'a \"b\"' AS text");
        // In the editor: what was there goes, something wrong comes, and is put right.
        edit("rule:edit boiler-avg", ERASE + "SELECT avg(heat AS t FROM boiler");
        engineer.await("edit again?");
        engineer.type("y\r");
        engineer.await("saves");
        write(ERASE + "SELECT avg(heat) AS t, count(*) AS n\rFROM boiler\rGROUP BY TUMBLINGWINDOW(ss, 1)");
        assertThat(engineer.question()).doesNotContain("error:");
        assertThat(etc("headgate.rule-boiler-avg.cfg")).contains("TUMBLINGWINDOW(ss, 1)");
        awaitShown("rule:list", "boiler-avg", "RUNNING");
    }

    private void edit(String line, String keys) throws Exception {
        engineer.type(line + "\r");
        engineer.await("saves");
        write(keys);
    }

    private void write(String keys) throws Exception {
        engineer.type(keys + Typist.CTRL_O);
        engineer.await("File Name to Write");
        engineer.type("\r");
        engineer.await("Wrote");
        engineer.type(Typist.CTRL_X);
    }

    private void keepASecret() throws Exception {
        // Through a pipe the question would not be seen.
        assertThat(says("secret:set mqtt-password | grep x")).contains("error:");
        // Until the question is there: what is typed before it the terminal itself would show.
        says("secret:set mqtt-password");
        says(SECRET);
        assertThat(says("something else")).contains("error:");
        // Until the question is there: what is typed before it the terminal itself would show.
        says("secret:set mqtt-password");
        says(SECRET);
        assertThat(says(SECRET)).contains("@mqtt-password").doesNotContain("error:");
        assertThat(Files.readString(gateway.home().resolve("secrets/mqtt-password")))
                .contains(SECRET);
    }

    private void addAnUplink() throws Exception {
        String address = "mqtt://127.0.0.1:" + broker.port();
        assertThat(says("uplink:add cloud mqt://127.0.0.1 streams=boiler-avg")).contains("error:", "mqtt://");
        assertThat(says("uplink:add cloud " + address + " stream=boiler-avg")).contains("error:", "streams");
        assertThat(says("uplink:add cloud " + address + " streams=boiler-avg user=gw password=" + SECRET))
                .contains("error:", "@");
        assertThat(says("uplink:add cloud " + address + " streams=boiler-avg user=gw password=@mqtt-password"))
                .doesNotContain("error:");
        awaitShown("uplink:list", "cloud", "ONLINE");
    }

    private void removeTheDeviceAndGoBack() throws Exception {
        long before = Message.json(gateway.exec("gateway:revisions", "--json").out()).findValues("revision").stream()
                .mapToLong(each -> each.asLong())
                .max()
                .orElseThrow();
        // The end of the input is no yes.
        engineer.type("device:remove boiler\r");
        engineer.await("(y/n)");
        engineer.type(Typist.CTRL_D);
        engineer.question();
        assertThat(etc("headgate.device-boiler.cfg")).isNotEmpty();
        engineer.type("device:remove boiler\r");
        engineer.await("(y/n)");
        says("y");
        assertThat(etc("headgate.device-boiler.cfg")).isEmpty();
        assertThat(says("device:list")).doesNotContain("ONLINE");
        engineer.type("gateway:rollback " + before + "\r");
        engineer.await("(y/n)");
        assertThat(says("y")).doesNotContain("error:");
        assertThat(etc("headgate.device-boiler.cfg")).contains("channel.heat = temperature unit=degC");
        awaitShown("device:list", "boiler", "ONLINE");
        long rows = subscriber.arrivals().rows();
        await("rows again").atMost(PATIENCE).until(() -> subscriber.arrivals().rows() > rows);
    }
}
