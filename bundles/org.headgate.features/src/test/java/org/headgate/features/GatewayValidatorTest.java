package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Validator;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.config.api.kit.MemoryRevisions;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayValidatorTest {
    private static final String GATEWAY = "headgate.gateway.cfg";
    private static final String BROKER = "headgate.broker.cfg";

    @TempDir
    Path folder;

    private final MemoryCatalog catalog = new MemoryCatalog();
    private final MemoryConfigurations configurations = new MemoryConfigurations();
    private Depot depot;
    private GatewayValidator validator;

    @Test
    void knowsTheKeysThatOthersReadAndNoOthers() {
        prepare();
        assertThat(gateway(
                        "id = gw.1",
                        "console.port = 8101",
                        "clock = trusted",
                        "command.rate = 10/s",
                        "command.burst = 5",
                        "simulate = all",
                        "simulate.recording = day.jsonl",
                        "broker = true",
                        "drivers = host, modbus"))
                .isEmpty();
        assertThat(gateway("driver = host")).containsExactly("driver: host (expected: did you mean drivers?)");
        assertThat(gateway("id = a/b", "console.port = 0", "clock = never", "command.rate = fast", "broker = perhaps"))
                .hasSize(5)
                .contains("id: a/b (expected: letters, digits, . _ -)")
                .contains("clock: never (expected: one of auto, kernel, trusted)");
        assertThat(gateway()).isEmpty();
    }

    @Test
    void aDriverThatCannotBeHadIsAProblem() throws Exception {
        prepare();
        assertThat(gateway("drivers = host, Modbus")).hasSize(1).allMatch(line -> line.contains("NAME@VERSION"));
        assertThat(gateway("drivers = modbuss"))
                .containsExactly("drivers: modbuss is not in this distribution; there are: host, modbus, simulator");
        assertThat(gateway("drivers = acme@1.0"))
                .containsExactly(
                        "drivers: acme@1.0.0 is not in HOME/var/drivers; bring its file again: driver:install FILE");
        keep();
        assertThat(gateway("drivers = acme@1.0")).isEmpty();
    }

    @Test
    void beforeTheFeaturesAreKnownOnlyVersionsAreJudged() {
        prepare();
        catalog.distribution.clear();
        assertThat(gateway("drivers = anything")).isEmpty();
        assertThat(gateway("drivers = acme@1.0")).hasSize(1);
    }

    @Test
    void theBrokersPortIsJudgedAsTheBrokerDoes() {
        assertThat(judge(new BrokerValidator(), "headgate.broker.cfg", "port = 18830"))
                .isEmpty();
        assertThat(judge(new BrokerValidator(), "headgate.broker.cfg", "port = 0", "host = x"))
                .hasSize(2);
    }

    @Test
    void aPortThatOnlyRootMayTakeOrThatTwoWouldListenOnIsAProblem() {
        prepare();
        assertThat(gateway("console.port = 22"))
                .containsExactly("console.port: 22 (expected: a whole number from 1024 to 65535)");
        assertThat(judge(new BrokerValidator(), BROKER, "port = 883"))
                .containsExactly("port: 883 (expected: a whole number from 1024 to 65535)");
        Map<String, String> both = Map.of("broker", "true", "console.port", "1883");
        assertThat(gateway("broker = true", "console.port = 1883"))
                .containsExactly("console.port: 1883 is the broker's (expected: another one)");
        assertThat(gateway("broker = false", "console.port = 1883")).isEmpty();
        assertThat(judge(validator, GATEWAY, Map.of(GATEWAY, both, BROKER, Map.of("port", "1884"))))
                .isEmpty();
        assertThat(judge(new BrokerValidator(), BROKER, Map.of(GATEWAY, both, BROKER, Map.of("port", "1883"))))
                .containsExactly("port: 1883 is the console's (expected: another one)");
    }

    private void prepare() {
        MemoryStorage disk = new MemoryStorage();
        depot = new Depot(disk, folder);
        validator = new GatewayValidator(catalog, depot);
    }

    private void keep() throws Exception {
        Keeping keeping = new Keeping(new MemoryRevisions(configurations));
        Path jar = Bundled.driver("acme", "1.0").in(folder, "acme.jar");
        new DriverChanges(catalog, new MemoryFramework(), depot, configurations, keeping)
                .keep(this, DriverFileReader.read(jar), jar);
    }

    private List<String> gateway(String... lines) {
        return judge(validator, "headgate.gateway.cfg", lines);
    }

    private static List<String> judge(Validator validator, String file, String... lines) {
        Map<String, String> values = new LinkedHashMap<>();
        Arrays.stream(lines).map(line -> line.split(" = ")).forEach(parts -> values.put(parts[0], parts[1]));
        return judge(validator, file, Map.of(file, values));
    }

    private static List<String> judge(Validator validator, String file, Map<String, Map<String, String>> files) {
        SortedMap<String, SetUp.Contents> contents = new TreeMap<>();
        files.forEach((name, values) -> contents.put(name, new SetUp.Contents(values, Optional.empty())));
        SetUp setUp = new SetUp(contents);
        return validator.problems(setUp.instance(file).orElseThrow(), setUp);
    }
}
