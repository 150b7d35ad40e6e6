package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is reached through a real broker alone: looked at, commanded, set up anew, once each. One gateway for all tests. */
class BrokerCommandIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static RunningGateway gateway;
    private static Mosquitto broker;

    @BeforeAll
    static void boot() throws Exception {
        Mosquitto.require();
        broker = new Mosquitto(folder.resolve("broker"));
        broker.start();
        gateway = new RunningGateway(folder.resolve("home"));
        Path main = gateway.home().resolve("etc/headgate.gateway.cfg");
        Files.writeString(main, Files.readString(main) + "id = gw-7\n");
        configure("device-boiler", "driver = simulator", "poll = 100ms");
        configure(
                "uplink-cloud",
                "address = mqtt://127.0.0.1:" + broker.port(),
                "streams = nothing",
                "commands = device:*, gateway:*, uplink:*");
        gateway.start();
        await().atMost(PATIENCE).until(() -> via("device:info", "boiler").status() == 0);
        // The first change makes the first revisions: something to go back to.
        assertThat(gateway.exec("device:set", "boiler", "poll=200ms").status()).isZero();
    }

    @AfterAll
    static void end() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static void configure(String name, String... lines) throws IOException {
        Files.writeString(gateway.home().resolve("etc/headgate." + name + ".cfg"), String.join("\n", lines) + "\n");
    }

    /** {@code headgate exec --via}: knows nothing of the gateway's home. */
    private static Result via(String... words) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("exec", "--via", "mqtt://127.0.0.1:" + broker.port(), "--gateway", "gw-7", "--timeout", "20s"));
        all.addAll(Arrays.asList(words));
        return gateway.launcher(all);
    }

    @Test
    void whatIsSeenAndWrittenIsTheSameAsOnTheConsole() throws Exception {
        Result list = via("device:list", "--json");
        assertThat(list.status()).as(list.toString()).isZero();
        assertThat(Message.json(list.out()).get(0).get("name").asText()).isEqualTo("boiler");
        Result written = via("device:write", "boiler", "pump", "on");
        assertThat(written.out())
                .isEqualTo(gateway.exec("device:write", "boiler", "pump", "on").out());
        Result wrong = via("device:write", "boiler", "temperature", "1");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).startsWith("error: ").contains("temperature is read-only");
        List<JsonNode> audit = Files.readAllLines(gateway.home().resolve("var/log/audit.log")).stream()
                .map(Message::json)
                .filter(line -> line.has("from") && line.get("from").asText().equals("cloud"))
                .toList();
        assertThat(audit).anySatisfy(line -> {
            assertThat(line.get("command").asText()).isEqualTo("device.write");
            assertThat(line.get("who").asText()).isEqualTo("cloud");
        });
    }

    @Test
    void whatIsNotAllowedIsRefused() throws Exception {
        Result refused = via("rule:list");
        assertThat(refused.status()).isEqualTo(77);
        assertThat(refused.err()).startsWith("error: rule:list: not allowed");
    }

    @Test
    void aSetUpComesThroughTheBrokerAloneAndGoesBack() throws Exception {
        long before = revision();
        assertThat(via("gateway:put", "new/headgate.device-pump.cfg", "driver = simulator\npoll = 1s")
                        .status())
                .isZero();
        Result applied = via("gateway:apply", "new", "confirm=5m");
        assertThat(applied.status()).as(applied.toString()).isZero();
        assertThat(via("gateway:confirm").status()).isZero();
        await().atMost(PATIENCE).until(() -> via("device:info", "pump").status() == 0);
        assertThat(Message.json(via("gateway:revisions", "--json").out()).get(0).toString())
                .contains("\"cloud:cloud\"");
        assertThat(via("gateway:rollback", Long.toString(before), "--yes").status())
                .isZero();
        await().atMost(PATIENCE).until(() -> via("device:info", "pump").status() != 0);
        assertThat(via("gateway:log", "from=1h", "--count", "5").out()).isNotBlank();
    }

    /** The answer of a command that ends its own uplink may be lost; the request comes again, and is done once. */
    @Test
    void theUplinkThatACommandChangesAnswersIt() throws Exception {
        long before = revision();
        Result set = via("uplink:set", "cloud", "inflight=7");
        assertThat(set.status()).as(set.toString()).isZero();
        assertThat(revision()).isEqualTo(before + 1);
    }

    private static long revision() throws Exception {
        return Message.json(gateway.exec("gateway:revisions", "--json").out())
                .get(0)
                .get("revision")
                .asLong();
    }
}
