package org.headgate.device.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.channels.ChannelDefinition;
import org.headgate.device.channels.ChannelText;
import org.headgate.device.channels.Profile;

/**
 * A device's file, read and checked.
 *
 * @param name the device's name
 * @param driver its driver's name
 * @param address where it is, in the driver's syntax
 * @param enabled whether it runs
 * @param poll the time between two reads
 * @param pollOffset the polls' place within the full intervals of the clock; by the name where it is empty
 * @param timeout how long a call may take
 * @param bus the medium that it shares with others, where the file says so
 * @param profile the channels of its type
 * @param channels the channels that the file names
 * @param options keys for the driver
 * @param standIn the simulator's address, when it stands in for the device
 * @param lacksProfile whether the file names a profile that is not there
 * @param invalid what is wrong; empty when nothing is
 */
record DeviceConfiguration(
        String name,
        String driver,
        String address,
        boolean enabled,
        Duration poll,
        Optional<Duration> pollOffset,
        Duration timeout,
        Optional<String> bus,
        Optional<Profile> profile,
        List<ChannelText> channels,
        Map<String, String> options,
        Optional<String> standIn,
        boolean lacksProfile,
        Optional<String> invalid) {
    /** The driver that stands in for others. */
    static final String SIMULATOR = "simulator";

    private static final String ATTRIBUTE = "attribute.";
    /** Columns that a table of devices has anyway. */
    private static final List<String> OWN = List.of("name", "driver", "address", "simulated");

    private static final Duration LEAST_POLL = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofDays(366);

    /** Every key of a device's file that is not the driver's, {@code channel.NAME} for all channels. */
    static final Set<String> KEYS = keys();

    /**
     * Reads a file.
     *
     * @param profiles finds its profile
     */
    static DeviceConfiguration of(Instance instance, ProfileSource profiles, Optional<String> standIn) {
        Settings settings = instance.settings();
        Optional<String> profileName = settings.text("profile").filter(text -> !text.isBlank());
        String named = settings.text("driver").orElse("");
        Optional<Profile> profile = profileName.flatMap(name -> profiles.find(name, named));
        boolean lacksProfile = profileName.isPresent() && profile.isEmpty();
        if (lacksProfile) {
            settings.wrong(
                    "profile",
                    "a profile, that is a file headgate.profile-" + profileName.get() + ".cfg"
                            + (named.isEmpty() ? "" : ", or one that the driver " + named + " has"));
        }
        profile.flatMap(Profile::invalid)
                .ifPresent(why -> settings.wrong("profile", "a profile without mistakes; " + why));
        String driver = profile.flatMap(Profile::driver).isPresent()
                ? settings.text("driver").orElseGet(() -> profile.get().driver().get())
                : settings.required("driver", "the name of a driver, for example host or simulator");
        profile.flatMap(Profile::driver)
                .filter(only -> !only.equals(driver))
                .ifPresent(only -> settings.wrong("profile", "a profile for " + driver + ", not for " + only));
        String address = settings.text("address").orElse("");
        boolean enabled = settings.flag("enabled", true);
        Duration poll = settings.duration(
                "poll", LEAST_POLL, MOST, profile.flatMap(Profile::poll).orElse(Duration.ofSeconds(1)));
        Optional<Duration> offset = settings.text("poll.offset").isPresent()
                ? Optional.of(settings.duration("poll.offset", Duration.ZERO, MOST, Duration.ZERO))
                : Optional.empty();
        Duration timeout = settings.duration(
                "timeout",
                Duration.ofMillis(1),
                MOST,
                profile.flatMap(Profile::timeout).orElse(Duration.ofSeconds(2)));
        Optional<String> bus = settings.text("bus").filter(text -> !text.isBlank());
        List<ChannelText> channels = new ArrayList<>();
        settings.prefixed("channel.")
                .forEach((name, text) -> ChannelText.parse(name, text, settings).ifPresent(channels::add));
        // What users note about a device; rules see it in tables of devices.
        settings.prefixed(ATTRIBUTE).keySet().stream()
                .filter(name -> !Texts.isName(name) || OWN.contains(name))
                .forEach(name -> settings.wrong(
                        ATTRIBUTE + name, "another name, a-z first, and none of " + String.join(", ", OWN)));
        return new DeviceConfiguration(
                instance.name(),
                driver,
                address,
                enabled,
                poll,
                offset,
                timeout,
                bus,
                profile,
                List.copyOf(channels),
                options(profile, settings),
                driver.equals(SIMULATOR) ? Optional.empty() : standIn,
                lacksProfile,
                instance.invalid());
    }

    /** What is asked of a file that has nothing. */
    private static Set<String> keys() {
        Settings nothing = new Settings(Map.of());
        of(new Instance("any", "", nothing, Optional.empty()), (name, driver) -> Optional.empty(), Optional.empty());
        return nothing.known();
    }

    private static Map<String, String> options(Optional<Profile> profile, Settings settings) {
        Map<String, String> options =
                new LinkedHashMap<>(profile.map(Profile::options).orElse(Map.of()));
        options.putAll(settings.rest());
        return options;
    }

    /**
     * Where the device stands before anything was done.
     *
     * @param driverIsThere whether the driver that opens it is installed
     */
    DeviceState initialState(boolean driverIsThere) {
        if (invalid.isPresent()) {
            return new DeviceState.Invalid(invalid.get());
        }
        if (!enabled) {
            return new DeviceState.Disabled();
        }
        return driverIsThere ? new DeviceState.Connecting() : new DeviceState.WaitingForDriver(openedBy());
    }

    /** The driver that opens it: its own, or the one that stands in. */
    String openedBy() {
        return standIn.isPresent() ? SIMULATOR : driver;
    }

    DeviceSettings settings() {
        return new DeviceSettings(name, address, timeout, List.of(), options);
    }

    /** The driver's own channels, those of the profile and those of the file, each in the place of or behind the ones before. */
    List<ChannelDefinition> definitions(List<Channel> own) throws InvalidSettingException {
        return Profile.definitions(own, profile, channels);
    }
}
