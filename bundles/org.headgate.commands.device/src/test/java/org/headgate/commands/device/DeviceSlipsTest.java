package org.headgate.commands.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.headgate.console.api.kit.Console;
import org.headgate.device.api.DriverStatus;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** What must not happen by a slip: half an installation, a removal that others feel, a value that nobody saw lose. */
class DeviceSlipsTest {
    private final Site site = new Site();
    private final Console console = new Console();
    private final DeviceAddCommand add = new DeviceAddCommand(site.files, site, site.drivers(), site);
    private final DeviceSetCommand set = new DeviceSetCommand(site.files, site, site, site);
    private final DeviceRemoveCommand remove = new DeviceRemoveCommand(site.files, site, site);

    /** An installation takes its time, and is left behind when nothing comes of it. */
    @Test
    void nothingIsInstalledForADeviceThatCannotBe() throws Exception {
        site.files.refuse(List.of("headgate.device-m.cfg: poll: abc (expected: a duration)"));
        assertThat(console.run(add, "m", "modbus", "tcp:x", "poll=abc", "--install"))
                .isEqualTo("error: headgate.device-m.cfg: poll: abc (expected: a duration)\n");
        assertThat(site.drivers).containsEntry("modbus", DriverStatus.State.AVAILABLE);
        site.files.refuse(List.of());
        site.files.fail("the disk is full");
        assertThat(console.run(add, "m", "modbus", "tcp:x", "--install"))
                .isEqualTo("driver modbus 1.0.0 runs\nerror: the disk is full\n"
                        + "error: driver modbus was installed for it and stays: driver:remove modbus takes it away\n");
    }

    @Test
    void aKeyTypedTwiceIsRefused() {
        assertThatThrownBy(() -> console.run(add, "k", "host", "poll=1s", "poll=2s"))
                .hasMessage("poll stands there twice");
        assertThatThrownBy(() -> console.run(add, "k", "simulator", "boiler", "driver=host"))
                .hasMessageStartingWith("driver stands there twice: as the word simulator");
        assertThatThrownBy(() -> console.run(add, "k", "simulator", "-", "address=boiler"))
                .hasMessageStartingWith("address stands there twice");
        site.device("boiler", "driver", "simulator");
        assertThatThrownBy(() -> console.run(set, "boiler", "poll=1s", "poll=")).hasMessage("poll stands there twice");
        assertThat(site.files.changes()).isEmpty();
    }

    /** Whoever watches waits: for what, if nothing can come? */
    @Test
    void watchingADeviceThatDoesNotAnswerSaysWhy() throws Exception {
        SimulatedSystem system = new SimulatedSystem(1);
        site.device("boiler", "driver", "simulator", "enabled", "false");
        DeviceWatchCommand watch = new DeviceWatchCommand(site, new SilentBus(), system);
        assertThat(console.run(watch, "boiler", "--for", "0s"))
                .isEqualTo("error: boiler: DISABLED; device:enable boiler switches it on\n");
        site.device("boiler", "driver", "simulator");
        assertThat(console.run(watch, "boiler", "--for", "0s")).isEmpty();
    }

    @Test
    void removingSaysWhoReadsTheStreamAndAsksAPerson() throws Exception {
        site.device("boiler", "driver", "simulator")
                .file("rule", "avg", "sql", "SELECT avg(temperature) AS t FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10)")
                .file("rule", "other", "sql", "SELECT boiler FROM host")
                .file("rule", "wrong", "sql", "SELEC boiler FROM boiler")
                .file("uplink", "cloud", "streams", "avg, boil*")
                .file("uplink", "other", "streams", "host");
        console.dialogue(site.person("n"));
        assertThat(console.run(remove, "boiler")).isEqualTo("error: device boiler stays: nothing is changed\n");
        assertThat(site.asked)
                .containsExactly(
                        "rule:avg, uplink:cloud read the stream boiler; remove device boiler all the same? (y/n) ");
        console.dialogue(site.person("y"));
        assertThat(console.run(remove, "boiler"))
                .isEqualTo("boiler is removed; rule:avg, uplink:cloud now wait for its stream (revision 1)\n");
        assertThat(site.files.files()).doesNotContain("headgate.device-boiler.cfg");
    }

    @Test
    void aProgramIsNotAskedAndRemovesWhatIsReadWithYesAlone() throws Exception {
        site.device("boiler", "driver", "simulator")
                .device("spare", "driver", "simulator")
                .file("uplink", "cloud", "streams", "boiler");
        assertThat(console.run(remove, "boiler"))
                .isEqualTo("error: device boiler stays: uplink:cloud reads the stream boiler (expected: --yes)\n");
        assertThat(console.status()).isEqualTo(1);
        assertThat(console.run(remove, "spare")).isEqualTo("spare is removed (revision 1)\n");
        console.dialogue(site.person());
        assertThat(console.run(remove, "boiler", "--yes")).startsWith("boiler is removed; uplink:cloud now waits for");
        assertThat(site.asked).isEmpty();
    }
}
