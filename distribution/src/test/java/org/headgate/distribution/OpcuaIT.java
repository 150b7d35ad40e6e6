package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.headgate.device.api.kit.PeerProcess;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that encrypts and trusts nobody, and a gateway of which OPC UA is no part until somebody installs it. */
class OpcuaIT {
    private static final Path SERVER = Path.of("../bundles/org.headgate.driver.opcua/src/test/peers/secure.js");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private PeerProcess server;
    private RunningGateway gateway;

    @BeforeEach
    void prepare() throws IOException {
        int port = RunningGateway.freePort();
        server = PeerProcess.node(
                SERVER.toAbsolutePath(), folder.resolve("server.log"), port, folder.resolve("certificates"));
        server.start();
        gateway = new RunningGateway(folder.resolve("home"));
        Files.writeString(
                gateway.home().resolve("etc/headgate.device-press.cfg"),
                "driver = opcua\naddress = opc.tcp://127.0.0.1:" + port
                        + "\nsecurity = auto\nchannel.temperature = nsu=urn:plant;s=temperature double unit=Cel\n");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (gateway != null) {
            gateway.close();
        }
        server.close();
    }

    @Test
    void twoPeopleDecideToTrustAndTheDriverGoesAsItCame() throws Exception {
        gateway.start();
        gateway.awaitBundles();
        List<String> core = bundles();
        awaitState("WAITING_FOR_DRIVER", "");
        run("driver:install", "opcua");
        String theirs = fingerprint();
        awaitState("ACTION_NEEDED", "server certificate " + theirs.substring(0, 11) + "...: opcua:trust press");
        assertThat(gateway.home().resolve("secrets/opcua-client.pem"))
                .as("nothing was sent, so no key was made")
                .doesNotExist();

        String other = "AB:".repeat(31) + "AB";
        Result refused = gateway.exec("opcua:trust", "press", "--fingerprint", other);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(1);
        assertThat(refused.err()).contains("nothing has changed");
        assertThat(run("opcua:trust", "press", "--fingerprint", theirs))
                .contains("press trusts " + theirs.substring(0, 11));

        Path exported = gateway.home().resolve("files/opcua-client.der");
        awaitState("ACTION_NEEDED", "the server refused ours (");
        assertThat(device().path("detail").asText())
                .contains("(" + sha256(exported).substring(0, 11) + "..., file " + exported + "): trust it there");

        server.tell("trust");
        awaitState("ONLINE", "");
        await("a value")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Message.json(run("device:read", "press", "--json"))
                                .at("/data/temperature")
                                .asDouble())
                        .isEqualTo(71.5));
        assertThat(new FlowTable(Message.json(run("gateway:flow", "--json"))).imbalances())
                .isEmpty();

        run("driver:remove", "opcua");
        awaitState("WAITING_FOR_DRIVER", "");
        assertThat(bundles()).isEqualTo(core);
        assertThat(gateway.log()).doesNotContain(" ERROR ");
    }

    /** What the server's own tools show. */
    private String fingerprint() {
        return server.lines().stream()
                .filter(line -> line.startsWith("fingerprint "))
                .findFirst()
                .orElseThrow()
                .substring("fingerprint ".length());
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private void awaitState(String state, String detail) {
        await(state + " " + detail).atMost(PATIENCE).untilAsserted(() -> {
            JsonNode device = device();
            assertThat(device.path("state").asText()).as(device.toString()).isEqualTo(state);
            assertThat(device.path("detail").asText()).contains(detail);
        });
    }

    private JsonNode device() throws Exception {
        return Message.json(run("device:list", "--json")).get(0);
    }

    private List<String> bundles() throws Exception {
        return run("bundle:list", "-t", "0", "-s", "--no-format")
                .lines()
                .skip(1)
                .toList();
    }

    private String run(String... words) throws Exception {
        Result result = gateway.exec(words);
        assertThat(result.status()).as(result.toString()).isZero();
        return result.out();
    }
}
