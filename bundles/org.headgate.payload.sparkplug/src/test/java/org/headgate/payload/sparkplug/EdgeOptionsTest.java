package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.TimeUnitName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeOptionsTest {
    private static PayloadSettings settings(Map<String, String> options) {
        return new PayloadSettings("cloud", "gw-1", TimeUnitName.MS, options);
    }

    @Test
    void theGroupIsAllThatIsNeeded() {
        EdgeOptions options = EdgeOptions.of(settings(Map.of("group", "Plant 1")));
        assertThat(options.topics().nbirth()).isEqualTo("spBv1.0/Plant 1/NBIRTH/gw-1");
        assertThat(options.host()).isEmpty();
        assertThat(options.commands()).isFalse();
        assertThat(options.qos()).isZero();
    }

    @Test
    void everythingCanBeSaid() {
        EdgeOptions options = EdgeOptions.of(
                settings(Map.of("group", "g", "node", "n", "host", "scada", "commands", "true", "qos", "1")));
        assertThat(options.topics().dcmd("d")).isEqualTo("spBv1.0/g/DCMD/n/d");
        assertThat(options)
                .extracting(EdgeOptions::host, EdgeOptions::commands, EdgeOptions::qos)
                .containsExactly("scada", true, 1);
    }

    /** {@code uplink:test}: what is published under {@code spBv1.0/} is data to hosts, so nothing is. */
    @Test
    void aTestOnlyListensToWhatTheNodeListensTo() {
        assertThat(new Plant().format.trialSubscriptions(settings(Map.of("group", "g", "host", "scada"))))
                .containsExactly("spBv1.0/g/NCMD/gw-1", "spBv1.0/g/DCMD/gw-1/+", "spBv1.0/STATE/scada");
    }

    @ParameterizedTest
    @CsvSource({
        "group, '', sparkplug.group:  (expected: the Sparkplug group",
        "group, a/b, sparkplug.group: a/b (expected: a name without",
        "group, a+, sparkplug.group: a+ (expected: a name without",
        "group, STATE, sparkplug.group: STATE (expected: another name",
        "node, '#', sparkplug.node: # (expected: a name without",
        "node, '', sparkplug.node:  (expected: a name without",
        "host, a/b, sparkplug.host: a/b (expected: a name without",
        "commands, yes, sparkplug.commands: yes (expected: false or true)",
        "qos, 2, sparkplug.qos: 2 (expected: 0 or 1)",
        "gruop, g, 'sparkplug.gruop: g (expected: one of the keys commands, group, host, node, qos)'"
    })
    @Tck({
        "intro-group-id-chars",
        "intro-edge-node-id-chars",
        "topic-structure-namespace-valid-group-id",
        "topic-structure-namespace-valid-edge-node-id"
    })
    void whatCannotWorkIsRefusedWithWhatIsExpected(String key, String value, String message) {
        Map<String, String> options = new HashMap<>(Map.of("group", "g"));
        options.put(key, value);
        SparkplugFormat format = new Plant().format;
        assertThatThrownBy(() -> format.check(settings(options))).hasMessageStartingWith(message);
    }

    @Test
    void controlCharactersAndHalvesOfCharactersAreNoIds() {
        for (String id : new String[] {"a\0b", "a\nb", "\ud800"}) {
            assertThatThrownBy(() -> EdgeOptions.of(settings(Map.of("group", id))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
