package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.headgate.device.api.DeviceState;

/**
 * Whatever a broker delivers: the session goes on. As a test the inputs that are kept in the resources are run again; with {@code
 * JAZZER_FUZZ=1} in the environment new ones are looked for.
 */
class SessionFuzzTest {
    private static final String FUZZING = "60s";

    /** The first byte says where the message comes from. */
    @FuzzTest(maxDuration = FUZZING)
    void aSessionLivesOnWhateverItHears(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        Plant plant = new Plant();
        plant.options.put("commands", "true");
        plant.options.put("host", "scada");
        plant.device("boiler", new DeviceState.Online());
        plant.connect();
        plant.state(true, Long.MIN_VALUE + 1);
        plant.send("boiler", plant.row(1, true));
        String topic = switch (bytes[0] % 3) {
            case 0 -> "spBv1.0/plant/NCMD/gw-1";
            case 1 -> "spBv1.0/plant/DCMD/gw-1/boiler";
            default -> "spBv1.0/STATE/scada";
        };
        plant.hears(topic, java.util.Arrays.copyOfRange(bytes, 1, bytes.length));
        plant.send("boiler", plant.row(2, true));
        assertThat(plant.host.values).containsEntry("boiler/temperature", 2.0);
        assertThat(plant.system.failures()).isZero();
    }
}
