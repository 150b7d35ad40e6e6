package org.headgate.driver.uart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.channels.ChannelDefinition;
import org.headgate.device.channels.Profile;
import org.headgate.host.Machine;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.system.api.kit.Threads;
import org.junit.jupiter.api.Test;

/** The profile as the runtime reads it. */
class NmeaProfileTest {
    private final UartDriver driver = new UartDriver(Machine.of(Path.of("/")), new Threads(), new SimulatedSystem(1));

    private DeviceSettings device(String... options) throws Exception {
        Map<String, String> keys = driver.profiles().get("nmea0183");
        Profile profile = Profile.of(new Instance("nmea0183", "nmea0183", new Settings(keys), Optional.empty()));
        assertThat(profile.invalid()).isEmpty();
        assertThat(profile.channels()).hasSize(Nmea.values().length).hasSize(keys.size());
        List<Channel> channels = Profile.definitions(List.of(), Optional.of(profile), List.of()).stream()
                .map(ChannelDefinition::channel)
                .toList();
        return Scale.settings("/dev/ttyAMA0", channels, options);
    }

    @Test
    void itsChannelsAreUnderstoodAndWantTheChecksum() throws Exception {
        driver.check(device());
        assertThat(Setup.parse(device()).framing().checksum()).isEqualTo(Checksum.NMEA);
        assertThat(device().channels()).extracting(Channel::unit).contains("deg", "m", "m/s", "ms");
    }

    @Test
    void sentencesAreNeverBelievedWithoutTheirChecksum() throws Exception {
        DeviceSettings careless = device("checksum=none");
        assertThatThrownBy(() -> driver.check(careless))
                .hasMessage("checksum: none (expected: nmea, for channels with nmea/...)");
    }
}
