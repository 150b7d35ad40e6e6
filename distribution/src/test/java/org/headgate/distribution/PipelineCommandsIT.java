package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and uplinks set up by commands alone, with the mistakes that people make. One gateway for all tests. */
class PipelineCommandsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static RunningGateway gateway;
    private static Mosquitto broker;
    private static Mosquitto guarded;

    @BeforeAll
    static void boot() throws Exception {
        Mosquitto.require();
        broker = new Mosquitto(folder.resolve("broker"));
        broker.start();
        Path passwords = Files.createDirectories(folder.resolve("guarded")).resolve("passwords");
        Result made = RunningGateway.run(
                new ProcessBuilder("mosquitto_passwd", "-b", "-c", passwords.toString(), "gw", "right"));
        assertThat(made.status()).as(made.toString()).isZero();
        guarded = new Mosquitto(folder.resolve("guarded"), "allow_anonymous false", "password_file " + passwords);
        guarded.start();
        gateway = new RunningGateway(folder.resolve("home"));
        Files.writeString(
                gateway.home().resolve("etc/headgate.device-boiler.cfg"), "driver = simulator\npoll = 100ms\n");
        gateway.start();
        await().atMost(PATIENCE)
                .until(() -> gateway.exec("device:list", "--json").out().contains("\"ONLINE\""));
        await().atMost(PATIENCE)
                .until(() -> gateway.exec("stream:list", "--json").out().contains("temperature"));
    }

    @AfterAll
    static void end() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        for (Mosquitto each : new Mosquitto[] {broker, guarded}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void aRuleThatIsWrongIsRefusedWithItsPlaceAndNothingIsWritten() throws Exception {
        refused("line 1, column 20: expected", "rule:add", "wrong", "SELECT temperature FORM boiler");
        refused("did you mean temperature?", "rule:add", "wrong", "SELECT temprature FROM boiler");
        refused("found boilr: did you mean boiler?", "rule:add", "wrong", "SELECT * FROM boilr");
        refused("did you mean avg?", "rule:add", "wrong", "SELECT avgg(temperature) FROM boiler");
        refused("expected: a name that no device or rule has", "rule:add", "boiler", "SELECT * FROM `gateway-events`");
        refused("reads", "rule:add", "wrong", "SELECT * FROM wrong");
        assertThat(gateway.home().resolve("etc/headgate.rule-wrong.cfg")).doesNotExist();
        assertThat(gateway.exec("rule:list", "--json").out()).doesNotContain("wrong");
    }

    @Test
    void aRuleIsAddedChangedSwitchedWatchedAndRemoved() throws Exception {
        String sql = "SELECT temperature, 'it is' AS word FROM boiler WHERE temperature > -273.15";
        Result added = done("rule:add", "hot", sql);
        assertThat(added.out()).contains("rule hot is added", "hot: ");
        assertThat(Files.readString(gateway.home().resolve("etc/headgate.rule-hot.cfg")))
                .isEqualTo("sql = " + sql + "\n");
        assertThat(done("rule:watch", "hot", "--count", "1", "--for", "20s", "--json")
                        .out())
                .contains("\"stream\":\"hot\"", "it is");
        JsonNode info = Message.json(done("rule:info", "hot", "--json").out());
        assertThat(info.get("state").asText()).isEqualTo("RUNNING");
        assertThat(info.get("reads").asText()).isEqualTo("boiler");
        assertThat(stream("hot").get("by").asText()).isEqualTo("rule");
        assertThat(stream("boiler").get("readers").toString()).contains("rule:hot");

        assertThat(gateway.execAs("operator", "rule:disable", "hot").out()).contains("hot: DISABLED");
        assertThat(gateway.execAs("viewer", "rule:enable", "hot").status()).isNotZero();
        assertThat(gateway.execAs("operator", "rule:enable", "hot").status()).isZero();
        assertThat(done("rule:set", "hot", "sql=SELECT", "level", "FROM", "boiler")
                        .out())
                .contains("hot: ");
        assertThat(Files.readString(gateway.home().resolve("etc/headgate.rule-hot.cfg")))
                .contains("sql = SELECT level FROM boiler\n");
        refused("a terminal", "rule:edit", "hot");
        assertThat(done("rule:remove", "hot").out()).startsWith("rule hot is removed");
        refused("rule:list shows them", "rule:info", "hot");
    }

    /** At a terminal SQL is the rest of the line: quotes, blanks and signs that mean something to a shell. */
    @Test
    void aRuleIsTypedAsItIsWritten() throws Exception {
        String sql = "SELECT temperature, 'a  >b|c' AS word FROM boiler WHERE temperature > 1 AND level IN (1, 2)";
        try (Typist typist = Typist.at(gateway)) {
            assertThat(typist.line("rule:add typed " + sql + " --disabled"))
                    .contains("rule typed is added", "DISABLED");
            assertThat(typist.line("rule:remove typde")).contains("no rule typde");
        }
        assertThat(Files.readString(gateway.home().resolve("etc/headgate.rule-typed.cfg")))
                .contains("sql = " + sql + "\n", "enabled = false\n");
        done("rule:remove", "typed");
    }

    @Test
    void anUplinkIsAddedTestedBesideItsLinkAndRemoved() throws Exception {
        Result added = done("uplink:add", "cloud", address(broker.port()), "streams=boiler");
        assertThat(added.out()).contains("cloud: ONLINE");
        JsonNode test = Message.json(done("uplink:test", "cloud", "--json").out());
        assertThat(test.get("passed").asBoolean()).isTrue();
        assertThat(test.get("steps").findValuesAsText("step")).last().isEqualTo("read it back");
        JsonNode info = Message.json(done("uplink:info", "cloud", "--json").out());
        assertThat(info.get("state").asText()).isEqualTo("ONLINE");
        assertThat(info.get("connects").asInt()).isEqualTo(1);
        refused("did you mean inflight?", "uplink:set", "cloud", "inflght=5");
        refused("password: ***", "uplink:set", "cloud", "password=hunter2");
        assertThat(done("uplink:set", "cloud", "inflight=5").out()).contains("cloud: ONLINE");
        gateway.execAs("operator", "uplink:disable", "cloud");
        assertThat(done("uplink:remove", "cloud", "--yes").out()).startsWith("uplink cloud is removed");
        assertThat(gateway.exec("uplink:list", "--json").out()).doesNotContain("cloud");
    }

    @Test
    void aTestSaysWhichStepFailsAndWhatToDo() throws Exception {
        int nobody = RunningGateway.freePort();
        done("uplink:add", "nobody", address(nobody), "streams=boiler");
        failedTest(
                "nobody",
                step -> step.get("step").asText().startsWith("reach ")
                        && step.get("failure").asText().contains("does the broker run"));
        await().atMost(PATIENCE)
                .until(() -> !gateway.exec("outbox:status").out().contains("nobody       0"));
        refused("expected: --yes", "uplink:remove", "nobody");
        done("uplink:remove", "nobody", "--yes");

        assertThat(done("uplink:add", "secure", address(guarded.port()), "streams=boiler", "user=gw", "password=@mqtt")
                        .out())
                .contains("secure: OFFLINE", "secret:set mqtt");
        refused("secret:set mqtt", "uplink:test", "secure");
        secret("mqtt", "wrong");
        failedTest(
                "secure",
                step -> step.get("step").asText().equals("log in as gw")
                        && step.get("failure").asText().contains("check user and password"));
        secret("mqtt", "right");
        done("uplink:test", "secure");
        await().atMost(Duration.ofSeconds(40))
                .until(() -> gateway.exec("uplink:info", "secure").out().contains("ONLINE"));
        done("uplink:remove", "secure", "--yes");
    }

    private static String address(int port) {
        return "mqtt://127.0.0.1:" + port;
    }

    private static void failedTest(String uplink, Predicate<JsonNode> last) throws Exception {
        Result result = gateway.exec("uplink:test", uplink, "--json");
        assertThat(result.status()).as(result.toString()).isEqualTo(1);
        JsonNode steps = Message.json(result.out()).get("steps");
        assertThat(last.test(steps.get(steps.size() - 1))).as(result.out()).isTrue();
    }

    private static void secret(String name, String text) throws IOException {
        Path file = gateway.home().resolve("secrets").resolve(name);
        Files.writeString(file, text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static JsonNode stream(String name) throws Exception {
        for (JsonNode each : Message.json(done("stream:list", "--json").out())) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no stream " + name);
    }

    private static Result done(String... words) throws Exception {
        Result result = gateway.exec(words);
        assertThat(result.status()).as(List.of(words) + " " + result).isZero();
        return result;
    }

    private static void refused(String reason, String... words) throws Exception {
        Result result = gateway.exec(words);
        assertThat(result.status()).as(List.of(words) + " " + result).isEqualTo(1);
        assertThat(result.err()).startsWith("error: ").contains(reason);
    }
}
