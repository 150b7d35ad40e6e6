package org.headgate.commands.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.console.api.kit.Console;
import org.junit.jupiter.api.Test;

class ProfileFilesTest {
    private static final String METER = "headgate.profile-meter.cfg";

    private final Console console = new Console();
    private final MemoryConfigurations files = new MemoryConfigurations();
    private final ProfileFiles profiles = new ProfileFiles(files);
    private final ProfileAddCommand add = new ProfileAddCommand(profiles);
    private final ProfileSetCommand set = new ProfileSetCommand(profiles);
    private final ProfileRemoveCommand remove = new ProfileRemoveCommand(profiles);

    @Test
    void aProfileIsAddedWithOrWithoutKeysAndChangedLater() throws Exception {
        assertThat(console.run(add, "meter", "poll=5s", "channel.power=wave unit=kW"))
                .isEqualTo("profile meter is added (revision 1)\n");
        assertThat(files.values(METER)).isEqualTo(Map.of("poll", "5s", "channel.power", "wave unit=kW"));
        files.with("headgate.device-m1.cfg", Map.of("driver", "simulator", "profile", "meter"));
        assertThat(console.run(set, "meter", "poll=", "driver=simulator"))
                .isEqualTo("profile meter is changed, for m1 (revision 2)\n");
        assertThat(files.values(METER)).containsOnlyKeys("channel.power", "driver");
        assertThat(console.run(add, "empty")).startsWith("profile empty is added");
        assertThat(files.files()).contains("headgate.profile-empty.cfg");
    }

    @Test
    void whatMakesNoSenseChangesNothing() throws Exception {
        files.with(METER, Map.of("poll", "1s"));
        assertThat(console.run(add, "meter")).startsWith("error: there is a profile meter already");
        assertThat(console.run(set, "thermo", "poll=1s"))
                .isEqualTo("error: no profile thermo; profile:list shows them\n");
        assertThat(console.run(set, "metr", "poll=1s")).contains("did you mean meter?");
        assertThatThrownBy(() -> console.run(set, "meter")).hasMessage("missing key=value");
        assertThatThrownBy(() -> console.run(add, "x", "a=1", "a=2")).hasMessage("a stands there twice");
        assertThat(files.changes()).isEmpty();
    }

    @Test
    void aProfileInUseStaysAndItsDevicesAreNamed() throws Exception {
        files.with(METER, Map.of("poll", "1s"));
        files.with("headgate.device-m1.cfg", Map.of("profile", "meter"));
        files.with("headgate.device-m2.cfg", Map.of("profile", "meter"));
        assertThat(console.run(remove, "meter"))
                .isEqualTo("error: profile meter stays: m1, m2 use it, and cannot work without it (expected: --yes)\n");
        assertThat(console.status()).isEqualTo(1);
        files.put("headgate.device-m1.cfg", "profile", null);
        files.put("headgate.device-m2.cfg", "profile", "other");
        assertThat(console.run(remove, "meter")).isEqualTo("profile meter is removed (revision 1)\n");
        assertThat(remove.complete(List.of())).isEmpty();
    }
}
