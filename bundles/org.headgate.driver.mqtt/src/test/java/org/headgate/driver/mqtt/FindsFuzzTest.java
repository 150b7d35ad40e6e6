package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Discovered;

/**
 * Whatever a broker delivers is found or passed over. As a test the inputs that are kept in the resources are run again; with {@code
 * JAZZER_FUZZ=1} in the environment new ones are looked for.
 */
class FindsFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void whatIsHeardIsFoundOrPassedOver(byte[] bytes) throws Exception {
        Map<String, byte[]> heard = new LinkedHashMap<>();
        for (String topic : List.of(
                "zigbee2mqtt/bridge/devices",
                "homeassistant/sensor/x/config",
                "spBv1.0/g/NBIRTH/e",
                "spBv1.0/g/DBIRTH/e/d",
                "some/topic")) {
            heard.put(topic, bytes);
        }
        List<Discovered> found = new ArrayList<>();
        new Finds("mqtt://h", Map.of(), heard).tell(found::add);
        for (Discovered one : found) {
            assertThat(one.name()).matches("[a-z][a-z0-9_-]{0,62}");
            assertThat(one.points()).isNotEmpty().hasSizeLessThanOrEqualTo(Finds.MOST_POINTS);
            assertThat(one.description()).doesNotContain("\n", "\r");
            one.points().forEach(point -> {
                assertThat(point.name()).matches("[a-z][a-z0-9_-]{0,62}");
                assertThat(point.text()).doesNotContain("\n", "\r");
            });
        }
        Availability.of(bytes);
    }
}
