package org.headgate.commands.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.headgate.console.api.UsageException;
import org.headgate.console.api.kit.Console;
import org.junit.jupiter.api.Test;

/** Channels are added, changed and taken out option by option. */
class DeviceChannelsTest {
    private final Site site = new Site().device("boiler", "driver", "simulator");
    private final Console console = new Console();
    private final DeviceChannelAddCommand add = new DeviceChannelAddCommand(site.files, site, site, site);
    private final DeviceChannelSetCommand set = new DeviceChannelSetCommand(site.files, site, site, site);
    private final DeviceChannelRemoveCommand remove = new DeviceChannelRemoveCommand(site.files, site, site, site);

    @Test
    void aChannelIsWrittenAsItIsTyped() throws Exception {
        assertThat(console.run(add, "boiler", "power", "holding/100", "int16", "scale=0.1", "offset=-40", "unit=kW"))
                .isEqualTo("boiler/power is added (revision 1)\nboiler: ONLINE, 1 channel\n");
        assertThat(site.values("boiler"))
                .containsEntry("channel.power", "holding/100 int16 scale=0.1 offset=-40 unit=kW");
        console.run(add, "boiler", "node", "ns=2;s=Power", "unit=kW");
        assertThat(site.values("boiler")).containsEntry("channel.node", "ns=2;s=Power unit=kW");
    }

    @Test
    void whatIsNoChannelIsRefusedWithWhatWasExpected() throws Exception {
        assertThatThrownBy(() -> console.run(add, "boiler", "p", "r", "int17"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("channel.p: r int17 (expected: a type (bool, int8 to int64");
        assertThatThrownBy(() -> console.run(add, "boiler", "p", "r", "min=9", "max=1"))
                .hasMessageContaining("min below max");
        assertThatThrownBy(() -> console.run(add, "boiler", "P!", "r"))
                .hasMessageContaining("cannot be a channel's name");
        assertThat(console.run(add, "boiler", "temperature", "r"))
                .isEqualTo("error: device boiler has a channel temperature already; device:channel-set changes it\n");
        assertThat(console.run(add, "boilr", "p", "r")).startsWith("error: no device boilr; did you mean boiler?");
        assertThat(site.files.changes()).isEmpty();
    }

    @Test
    void anOptionOfTheDriversOwnChannelIsSetWithoutItsSource() throws Exception {
        assertThat(console.run(set, "boiler", "temperature", "report=change", "deadband=0.5"))
                .startsWith("boiler/temperature is changed (revision 1)\n");
        assertThat(site.values("boiler")).containsEntry("channel.temperature", "report=change deadband=0.5");
        console.run(set, "boiler", "temperature", "deadband=", "order=CDAB", "report=");
        assertThat(site.values("boiler"))
                .as("an option of the driver needs the place of the source")
                .containsEntry("channel.temperature", "- order=CDAB");
        console.run(set, "boiler", "temperature", "order=");
        assertThat(site.values("boiler")).as("nothing is left to say").doesNotContainKey("channel.temperature");
    }

    @Test
    void sourceAndTypeCountAmongTheOptions() throws Exception {
        site.device("boiler", "driver", "simulator", "channel.power", "holding/100 int16 scale=0.1");
        console.run(set, "boiler", "power", "source=holding/200", "type=uint16");
        assertThat(site.values("boiler")).containsEntry("channel.power", "holding/200 uint16 scale=0.1");
        console.run(set, "boiler", "power", "source=");
        assertThat(site.values("boiler")).containsEntry("channel.power", "scale=0.1 type=uint16");
        assertThatThrownBy(() -> console.run(set, "boiler", "power", "scale=0"))
                .hasMessageContaining("scale=a number other than 0");
        assertThatThrownBy(() -> console.run(set, "boiler", "power", "quickly"))
                .hasMessage("quickly (expected: OPTION=VALUE, for example unit=kW)");
        assertThat(console.run(set, "boiler", "powr", "unit=W"))
                .isEqualTo("error: device boiler has no channel powr; did you mean power? "
                        + "device:channel-list boiler shows them\n");
    }

    @Test
    void onlyWhatTheFileSaysCanBeTakenOut() throws Exception {
        site.device("boiler", "driver", "simulator", "channel.power", "p");
        assertThat(remove.complete(List.of("boiler"))).containsExactly("power");
        assertThat(console.run(remove, "boiler", "power"))
                .startsWith("boiler/power is taken out of its file (revision 1)\n");
        assertThat(site.values("boiler")).containsExactly(Map.entry("driver", "simulator"));
        assertThat(console.run(remove, "boiler", "temperature"))
                .isEqualTo("error: its file does not say temperature, its profile or driver does: "
                        + "device:channel-list boiler\n");
        assertThat(console.status()).isEqualTo(1);
        assertThat(console.run(remove, "boiler", "nothing")).startsWith("error: device boiler has no channel nothing");
    }

    @Test
    void theListSaysWhoSaysWhat() throws Exception {
        site.device("boiler", "driver", "simulator", "channel.power", "p unit=kW");
        DeviceChannelListCommand list = new DeviceChannelListCommand(site, site);
        assertThat(console.run(list, "boiler")).isEqualTo("""
                        CHANNEL      FROM    DEFINITION
                        power        file    p unit=kW
                        temperature  driver  temperature
                        """);
        assertThat(console.json(list, "boiler", "--json")
                        .get(1)
                        .get("from")
                        .get(0)
                        .asText())
                .isEqualTo("driver");
    }
}
