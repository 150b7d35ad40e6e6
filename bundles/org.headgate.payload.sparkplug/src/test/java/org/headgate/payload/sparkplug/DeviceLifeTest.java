package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deaths of devices and births when they are back. */
class DeviceLifeTest {
    private final Plant plant = new Plant();

    @BeforeEach
    void boilerIsBorn() {
        plant.device("boiler", new DeviceState.Online());
        plant.connect();
        plant.send("boiler", plant.row(1, true));
        plant.host.heard.clear();
    }

    private static DeviceState state(String label) {
        return switch (label) {
            case "OFFLINE" -> new DeviceState.Offline("no answer", Duration.ofSeconds(1));
            case "DISABLED" -> new DeviceState.Disabled();
            case "INVALID" -> new DeviceState.Invalid("wrong");
            case "ACTION_NEEDED" -> new DeviceState.ActionNeeded("what", "do");
            default -> new DeviceState.WaitingForDriver("modbus");
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFFLINE", "DISABLED", "INVALID", "ACTION_NEEDED", "WAITING_FOR_DRIVER"})
    @Tck({
        "operational-behavior-device-ddeath",
        "topics-ddeath-topic",
        "topics-ddeath-mqtt",
        "topics-ddeath-seq-num",
        "payloads-ddeath-timestamp",
        "payloads-ddeath-seq",
        "payloads-ddeath-seq-inc",
        "payloads-ddeath-seq-number"
    })
    void aDeviceThatDoesNotAnswerDiesAndIsBornWhenItIsBack(String label) {
        plant.device("boiler", state(label));
        plant.pass(Duration.ofMillis(1500));
        assertThat(plant.host.heard).containsExactly("DDEATH boiler");
        assertThat(plant.host.last.getSeq()).isEqualTo(3);
        plant.device("boiler", new DeviceState.Online());
        plant.pass(Duration.ofMillis(1500));
        assertThat(plant.host.heard).containsExactly("DDEATH boiler", "DBIRTH boiler");
        assertThat(plant.host.values).containsEntry("boiler/temperature", 1.0);
    }

    @Test
    void aDeviceThatIsTakenOutOfTheConfigurationDies() {
        plant.devices.remove("boiler");
        plant.current.remove("boiler");
        plant.event("boiler", "STOPPED");
        plant.pass(Duration.ofMillis(1500));
        assertThat(plant.host.heard).containsExactly("DDEATH boiler");
    }

    @Test
    void aDeviceThatIsDegradedLives() {
        plant.device("boiler", new DeviceState.Degraded("pump: no answer"));
        plant.pass(Duration.ofSeconds(5));
        assertThat(plant.host.heard).isEmpty();
    }

    @Test
    void aDeviceThatIsBackWithinASecondWasNeverDead() {
        plant.device("boiler", state("OFFLINE"));
        plant.pass(Duration.ofMillis(900));
        plant.device("boiler", new DeviceState.Online());
        plant.pass(Duration.ofSeconds(5));
        assertThat(plant.host.heard).isEmpty();
    }

    @Test
    void rowsThatWereOnTheirWayWhenItDiedAreToldBeforeItsDeath() {
        Row last = plant.row(2, true);
        plant.device("boiler", state("OFFLINE"));
        plant.pass(Duration.ofMillis(200));
        plant.send("boiler", last);
        plant.pass(Duration.ofSeconds(5));
        assertThat(plant.host.heard).containsExactly("DDATA boiler", "DDEATH boiler");
    }

    @Test
    void aBacklogOfADeadDeviceIsToldInOneLifeAndThenItDiesAgain() {
        plant.device("boiler", state("OFFLINE"));
        plant.pass(Duration.ofSeconds(2));
        for (int i = 0; i < 20; i++) {
            plant.send(plant.batch("boiler", true, plant.row(i, true)));
            plant.pass(Duration.ofMillis(300));
        }
        plant.pass(Duration.ofSeconds(5));
        assertThat(plant.host.heard).hasSize(23);
        assertThat(plant.host.heard.get(1)).isEqualTo("DBIRTH boiler");
        assertThat(plant.host.heard.get(22)).isEqualTo("DDEATH boiler");
        assertThat(plant.host.heard.subList(2, 22)).containsOnly("DDATA boiler");
    }

    @Test
    void aDeviceThatThisUplinkHasNotToldOfIsNotSpokenOf() {
        plant.device("secret", new DeviceState.Online());
        plant.device("secret", state("OFFLINE"));
        plant.pass(Duration.ofSeconds(5));
        assertThat(plant.host.heard).isEmpty();
    }

    @Test
    void eventsOfOtherKindsAreNotHeard() {
        plant.devices.put("boiler", state("OFFLINE"));
        plant.event("RULE", "boiler", "OFFLINE");
        plant.pass(Duration.ofMillis(1500));
        assertThat(plant.host.heard).isEmpty();
    }

    @Test
    void aRuleThatIsTakenAwayDiesThoughNoEventTellsOfIt() {
        plant.send("average", plant.row(1, true));
        plant.host.heard.clear();
        plant.current.remove("average");
        plant.pass(Duration.ofSeconds(6));
        plant.pass(Duration.ofSeconds(2));
        assertThat(plant.host.heard).containsExactly("DDEATH average");
        plant.pass(Duration.ofMinutes(1));
        plant.send("average", plant.row(2, true));
        assertThat(plant.host.heard).containsExactly("DDEATH average", "DBIRTH average", "DDATA average");
    }
}
