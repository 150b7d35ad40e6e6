package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.SetUp;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.mqtt.MqttTransport;
import org.junit.jupiter.api.Test;

class UplinkValidatorTest {
    private final UplinkRegistry registry = new UplinkRegistry();
    private final UplinkValidator validator = new UplinkValidator(registry, new Home());
    private final Map<String, String> other = new LinkedHashMap<>();
    private final Map<String, String> keys =
            new LinkedHashMap<>(Map.of("transport", "fake", "address", "fake://server", "streams", "boiler, alarm"));

    @Test
    void aStreamThatIsThereAndOneToComeAreRight() {
        assertThat(problems()).isEmpty();
        keys.put("streams", "hot-*");
        assertThat(problems()).isEmpty();
        keys.put("streams", "gateway-events");
        assertThat(problems()).isEmpty();
    }

    @Test
    void streamsOfWhichNoneIsThereAreAMistakeWithTheNearestName() {
        keys.put("streams", "alarm, boilr");
        assertThat(problems())
                .containsExactly("streams: alarm, boilr (expected: names of devices or rules; did you mean boiler?)");
        keys.put("streams", "turbine");
        assertThat(problems()).containsExactly("streams: turbine (expected: names of devices or rules, or * for all)");
        keys.put("enabled", "no");
        assertThat(problems()).isEmpty();
    }

    @Test
    void theTransportJudgesItsKeysWhereItIsThere() {
        keys.put("bad", "yes");
        assertThat(problems()).isEmpty();
        registry.bindTransport(new FakeTransport(new SimulatedSystem(1)));
        assertThat(problems()).containsExactly("bad: yes (expected: nothing)");
    }

    @Test
    void aMistypedKeyOfEveryUplinkIsToldFromOneOfTheTransport() {
        registry.bindTransport(new MqttTransport());
        keys.putAll(Map.of("transport", "mqtt", "address", "mqtt://h", "inflght", "5"));
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("inflght: 5 (")
                .endsWith("; did you mean inflight?");
    }

    @Test
    void aSecretMayBeSetLaterButNoPasswordMayStandInTheFile() {
        keys.put("password", "@later");
        assertThat(problems()).isEmpty();
        keys.put("password", "hunter2");
        assertThat(problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("password: ***")
                .doesNotContain("hunter2");
    }

    @Test
    void whatTheTransportCannotSendOfACredentialIsToldBeforeItsSecretIsSet() {
        registry.bindTransport(new MqttTransport());
        keys.putAll(Map.of("transport", "mqtt", "address", "mqtt://h", "token", "@later"));
        assertThat(problems()).singleElement().asString().startsWith("user: missing (expected: ");
        keys.put("version", "5");
        assertThat(problems()).isEmpty();
        keys.remove("version");
        keys.put("user", "me");
        assertThat(problems()).isEmpty();
    }

    @Test
    void whatTheFileIsReadByJudgesIt() {
        keys.remove("address");
        keys.put("inflight", "0");
        assertThat(problems().get(0)).contains("address: missing", "inflight: 0 (expected: ");
    }

    @Test
    void twoUplinksHearTheSameRequestsByWhateverTextNamesTheBroker() {
        registry.bindTransport(new MqttTransport());
        keys.putAll(Map.of("transport", "mqtt", "address", "mqtts://broker", "commands", "device:read"));
        other.putAll(Map.of("transport", "mqtt", "streams", "*", "commands", "device:*"));
        for (String same : List.of("mqtts://broker:8883", "ssl://Broker", "mqtts://BROKER:8883")) {
            other.put("address", same);
            assertThat(problems()).as(same).singleElement().asString().startsWith("command.topic: ");
        }
        for (String another : List.of("mqtts://broker:8884", "mqtts://broker2", "nonsense")) {
            other.put("address", another);
            assertThat(problems()).as(another).isEmpty();
        }
    }

    @Test
    void twoUplinksThatHearTheSameRequestsAreRefused() {
        keys.put("commands", "*");
        assertThat(problems()).isEmpty();
        other.putAll(Map.of("transport", "fake", "address", "fake://server", "streams", "*", "commands", "device:*"));
        assertThat(problems())
                .containsExactly("command.topic: headgate/gw-1/command (expected: another one than that of the uplink"
                        + " other, which hears the same requests; {uplink} stands for the name)");
        keys.put("command.topic", "headgate/{gateway}/{uplink}/command");
        assertThat(problems()).isEmpty();
        keys.remove("command.topic");
        other.put("address", "fake://another");
        assertThat(problems()).isEmpty();
        other.putAll(Map.of("address", "fake://server", "enabled", "no"));
        assertThat(problems()).isEmpty();
    }

    private List<String> problems() {
        SortedMap<String, SetUp.Contents> files = new TreeMap<>();
        if (!other.isEmpty()) {
            files.put("headgate.uplink-other.cfg", contents(other));
        }
        files.put("headgate.device-boiler.cfg", contents(Map.of("driver", "simulator")));
        files.put("headgate.uplink-cloud.cfg", contents(keys));
        SetUp whole = new SetUp(files);
        return validator.problems(whole.instance("uplink", "cloud").orElseThrow(), whole);
    }

    private static SetUp.Contents contents(Map<String, String> values) {
        return new SetUp.Contents(values, Optional.empty());
    }

    private record Home() implements Gateway {
        @Override
        public String id() {
            return "gw-1";
        }

        @Override
        public String version() {
            return "0";
        }

        @Override
        public Path home() {
            return Path.of("home");
        }
    }
}
