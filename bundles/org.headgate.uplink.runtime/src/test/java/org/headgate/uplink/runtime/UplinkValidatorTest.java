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
import org.headgate.payload.json.JsonFormat;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.UnknownKeyException;
import org.headgate.uplink.mqtt.MqttTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        // Of every uplink, also one that has no value unless it is given; then of the transport, of a stream, and of
        // the format.
        "inflght, inflight",
        "stream, streams",
        "outbox.max-byte, outbox.max-bytes",
        "keepalve, keepalive",
        "topc.boiler, topic.boiler",
        "grouped.grop, grouped.group"
    })
    void theNearestOfAllKeysIsNamedWhereOneIsMistyped(String typed, String meant) {
        registry.bindTransport(new MqttTransport());
        registry.bindFormat(new Grouped());
        keys.putAll(Map.of("transport", "mqtt", "address", "mqtt://h", "format", "grouped", typed, "5"));
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(typed + ": 5 (")
                .endsWith("; did you mean " + meant + "?");
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

    /** The retained state on the topic would be that of whichever spoke last. */
    @Test
    void twoUplinksThatTellTheirStateOnOneTopicAreRefused() {
        registry.bindFormat(new JsonFormat());
        other.putAll(Map.of("transport", "fake", "address", "fake://server", "streams", "*"));
        assertThat(problems())
                .containsExactly(
                        "state.topic: headgate/gw-1/state (expected: another one than that of the uplink other,"
                                + " whose end would say offline for both; {uplink} stands for the name, none for no state)");
        keys.put("state.topic", "headgate/{gateway}/{uplink}/state");
        assertThat(problems()).isEmpty();
        keys.put("state.topic", "none");
        assertThat(problems()).isEmpty();
        keys.remove("state.topic");
        keys.put("enabled", "no");
        assertThat(problems()).isEmpty();
        keys.put("enabled", "yes");
        other.put("address", "fake://another");
        assertThat(problems()).isEmpty();
    }

    @Test
    void aFormatThatTellsItsStateItselfNeedsNoTopicForIt() {
        registry.bindFormat(new JsonFormat());
        registry.bindFormat(new PayloadFormat() {
            @Override
            public String name() {
                return "own";
            }

            @Override
            public boolean tellsState() {
                return true;
            }

            @Override
            public PayloadSession open(PayloadSettings settings, Outlet outlet) {
                throw new UnsupportedOperationException();
            }
        });
        other.putAll(Map.of("transport", "fake", "address", "fake://server", "streams", "*", "format", "own"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void twoUplinksWithOneClientIdentifierAreRefused() {
        keys.put("client-id", "gw");
        other.putAll(Map.of("transport", "fake", "address", "fake://server", "streams", "*", "client-id", "gw"));
        assertThat(problems())
                .containsExactly("client-id: gw (expected: another one than that of the uplink other, the server throws"
                        + " out one of two with the same name)");
        keys.put("client-id", "gw-2");
        assertThat(problems()).isEmpty();
    }

    /** Virtual hosts of RabbitMQ go by the user, and clouds have a user for each device. */
    @Test
    void twoUsersOfOneServerAreNotInEachOthersWay() {
        registry.bindFormat(new JsonFormat());
        keys.putAll(Map.of("client-id", "gw", "user", "one"));
        other.putAll(Map.of("transport", "fake", "address", "fake://server", "streams", "*", "client-id", "gw"));
        other.put("user", "two");
        assertThat(problems()).isEmpty();
        other.put("user", "one");
        assertThat(problems()).singleElement().asString().startsWith("client-id: ");
        other.remove("client-id");
        assertThat(problems()).singleElement().asString().startsWith("state.topic: ");
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

    /** A format with one key of its own. */
    private static final class Grouped implements PayloadFormat {
        @Override
        public String name() {
            return "grouped";
        }

        @Override
        public void check(PayloadSettings settings) {
            for (Map.Entry<String, String> option : settings.options().entrySet()) {
                throw new UnknownKeyException(
                        "grouped." + option.getKey(), option.getValue(), "a group", List.of("grouped.group"));
            }
        }

        @Override
        public PayloadSession open(PayloadSettings settings, Outlet outlet) {
            throw new AssertionError("nothing is sent");
        }
    }
}
