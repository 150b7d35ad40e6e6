package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.headgate.config.api.Settings;
import org.junit.jupiter.api.Test;

class RemoteTest {
    /** Two uplinks to one broker need topics of their own: else the farewell of one says that the other is offline. */
    @Test
    void topicsMayNameTheGatewayAndTheUplink() {
        Settings keys = new Settings(Map.of(
                "command.topic", "{gateway}/{uplink}/command",
                "command.response", "{gateway}/{uplink}/response/{id}",
                "state.topic", "{gateway}/{uplink}/state"));
        Remote remote = Remote.of(keys, "gw-1", "cloud");
        assertThat(keys.problems()).isEmpty();
        assertThat(remote.topic()).isEqualTo("gw-1/cloud/command");
        assertThat(remote.responseTopic()).isEqualTo("gw-1/cloud/response/{id}");
        assertThat(remote.stateTopic()).isEqualTo("gw-1/cloud/state");
    }

    @Test
    void otherPlaceholdersAndWildcardsAreRefused() {
        for (String wrong : new String[] {"{device}/x", "a/#", "a/+", "{"}) {
            Settings keys = new Settings(Map.of("state.topic", wrong));
            Remote.of(keys, "gw-1", "cloud");
            assertThat(keys.problems()).as(wrong).singleElement().asString().startsWith("state.topic: ");
        }
    }
}
