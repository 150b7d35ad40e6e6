package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices from nothing to nothing by typing only: judged by their drivers, opened, tried, changed while they run. */
class DeviceCommandsIT {
    @TempDir
    Path folder;

    private RunningGateway gateway;

    @BeforeEach
    void boot() throws Exception {
        gateway = new RunningGateway(folder.resolve("home"));
        Path main = gateway.home().resolve("etc/headgate.gateway.cfg");
        Files.writeString(main, Files.readString(main) + "drivers = simulator\n");
        Files.createDirectories(gateway.home().resolve("files"));
        Files.writeString(gateway.home().resolve("files/day.jsonl"), """
                {"stream":"day","time":1000,"data":{"t":20.5,"valve":true}}
                {"stream":"day","time":1500,"data":{"t":21.5}}
                """);
        gateway.start();
        await("the simulator")
                .atMost(Duration.ofSeconds(20))
                .until(() -> gateway.exec("driver:list", "--json").out().contains("\"RUNNING\""));
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void aDeviceIsSetUpTriedChangedAndRemoved() throws Exception {
        assertThat(ok("device:add", "boiler", "simulator", "boiler", "poll=100ms", "seed=7"))
                .startsWith("boiler is configured (revision ")
                .endsWith("boiler: ONLINE, 5 channels\n");
        assertThat(ok("device:channel-add", "boiler", "hot", "temperature", "unit=Cel", "max=90"))
                .endsWith("boiler: ONLINE, 6 channels\n");
        ok("device:channel-set", "boiler", "hot", "report=change", "deadband=0.5");
        assertThat(ok("device:watch", "boiler", "hot", "--count", "1")).contains(" boiler hot=");
        JsonNode info = Message.json(ok("device:info", "boiler", "--json"));
        assertThat(info.get("settings").toString())
                .contains("{\"key\":\"seed\",\"value\":\"7\",\"from\":[\"file\"]}")
                .contains("{\"key\":\"noise\",\"value\":\"0.2\",\"from\":[\"driver\"]}")
                .contains("{\"key\":\"timeout\",\"value\":\"2s\",\"from\":[\"default\"]}")
                .contains("temperature unit=Cel max=90 report=change deadband=0.5");
        JsonNode trial = Message.json(ok("device:test", "boiler", "--json"));
        assertThat(trial.get("answered").asBoolean()).isTrue();
        assertThat(trial.get("openMs").asDouble()).isPositive();
        assertThat(trial.get("row").get("data").get("hot").asDouble()).isGreaterThan(10);
        assertThat(ok("device:disable", "boiler")).contains("boiler: DISABLED; device:enable boiler switches it on");
        assertThat(ok("device:test", "boiler")).startsWith("opened in ").contains("hot ");
        assertThat(ok("device:list")).contains("DISABLED");
        assertThat(ok("device:enable", "boiler")).endsWith("boiler: ONLINE, 6 channels\n");
        ok("device:channel-remove", "boiler", "hot");
        assertThat(ok("device:read", "boiler", "temperature"))
                .contains("temperature")
                .doesNotContain("pressure");
        assertThat(ok("device:remove", "boiler")).startsWith("boiler is removed (revision ");
        assertThat(ok("device:list", "--json")).isEqualTo("[]\n");
    }

    @Test
    void whatCannotWorkIsRefusedBeforeItIsWritten() throws Exception {
        assertThat(refused("device:add", "boiler", "simulator", "windmill"))
                .contains("address: windmill (expected: boiler, mirror");
        assertThat(refused("device:add", "boiler", "simulator", "sed=1")).contains("sed: 1 (expected: one of faults");
        assertThat(refused("device:add", "boiler", "simulator", "-", "channel.x=wind"))
                .contains("channel.x: wind (expected: one of temperature");
        assertThat(refused("device:add", "boiler", "simulatr"))
                .contains("no driver simulatr; did you mean simulator? driver:list shows them");
        assertThat(refused("device:add", "machine", "host"))
                .contains("driver host is not installed: driver:install host");
        assertThat(ok("device:list", "--json")).as("nothing was written").isEqualTo("[]\n");
        assertThat(ok("device:add", "machine", "host", "poll=10s", "--install")).contains("machine: ONLINE");
        assertThat(gateway.execAs("viewer", "device:set", "machine", "poll=1s").status())
                .isNotZero();
        assertThat(gateway.execAs("operator", "device:disable", "machine").status())
                .isZero();
    }

    @Test
    void whatIsThereIsFoundAndAddedOnce() throws Exception {
        assertThat(ok("device:discover", "simulator", "recording:day.jsonl"))
                .contains("day ")
                .contains("valve bool");
        assertThat(ok("device:discover", "simulator", "recording:day.jsonl", "--add"))
                .contains("added: day (revision ")
                .endsWith("day: ONLINE, 2 channels\n");
        assertThat(ok("device:discover", "simulator", "recording:day.jsonl", "--add"))
                .endsWith("nothing to add: there is nothing new\n");
        assertThat(refused("device:discover", "simulator", "recording:none.jsonl"))
                .contains("none.jsonl: there is no such file");
    }

    private String ok(String... words) throws Exception {
        Result result = gateway.exec(words);
        assertThat(result.status()).as(String.join(" ", words) + ": " + result).isZero();
        return result.out();
    }

    private String refused(String... words) throws Exception {
        Result result = gateway.exec(words);
        assertThat(result.status()).as(String.join(" ", words) + ": " + result).isNotZero();
        return result.out() + result.err();
    }
}
