package org.headgate.device.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Driver;
import org.headgate.device.api.EffectiveSetting;
import org.headgate.device.api.EffectiveSetting.Origin;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.channels.ChannelText;
import org.headgate.device.channels.Profile;

/** Tells what counts for a device, and who says it: its file, its profile, its driver or Headgate itself. */
final class Origins {
    private static final String CHANNEL = "channel.";

    private final DeviceConfiguration configuration;
    private final Settings file;
    private final Optional<Driver> driver;
    private final List<EffectiveSetting> all = new ArrayList<>();

    private Origins(DeviceConfiguration configuration, Settings file, Optional<Driver> driver) {
        this.configuration = configuration;
        this.file = file;
        this.driver = driver;
    }

    /**
     * The settings that count.
     *
     * @param instance the device's file, which the configuration was read from
     * @param driver the device's own driver, where it is there
     */
    static List<EffectiveSetting> of(Instance instance, DeviceConfiguration configuration, Optional<Driver> driver) {
        Origins origins = new Origins(configuration, instance.settings(), driver);
        origins.keys();
        origins.channels();
        return List.copyOf(origins.all);
    }

    private void keys() {
        Map<String, String> profile = new LinkedHashMap<>();
        configuration.profile().ifPresent(one -> {
            one.driver().ifPresent(name -> profile.put("driver", name));
            one.poll().ifPresent(poll -> profile.put("poll", Texts.print(poll)));
            one.timeout().ifPresent(timeout -> profile.put("timeout", Texts.print(timeout)));
            profile.putAll(one.options());
        });
        Map<String, String> counts = file.effective();
        profile.forEach(counts::putIfAbsent);
        counts.forEach((key, value) -> {
            if (!key.startsWith(CHANNEL)) {
                add(
                        key,
                        value,
                        file.has(key) ? Origin.FILE : profile.containsKey(key) ? Origin.PROFILE : Origin.DEFAULT);
            }
        });
        Map<String, String> drivers = new LinkedHashMap<>();
        configuration.bus().or(() -> bus()).ifPresent(bus -> drivers.put("bus", bus));
        drivers.putAll(driver.map(one -> one.defaults(configuration.settings())).orElse(Map.of()));
        drivers.forEach((key, value) -> {
            if (!counts.containsKey(key) && !value.isEmpty()) {
                add(key, value, Origin.DRIVER);
            }
        });
    }

    private void channels() {
        List<Channel> own = own();
        List<String> profile = configuration.profile().map(Profile::channels).orElse(List.of()).stream()
                .map(ChannelText::name)
                .toList();
        List<String> told = new ArrayList<>();
        for (ChannelText text : Profile.texts(own, configuration.profile(), configuration.channels())) {
            List<Origin> origins = new ArrayList<>();
            if (file.has(CHANNEL + text.name())) {
                origins.add(Origin.FILE);
            }
            if (profile.contains(text.name())) {
                origins.add(Origin.PROFILE);
            }
            if (Profile.same(own, text).isPresent()) {
                origins.add(Origin.DRIVER);
            }
            all.add(new EffectiveSetting(CHANNEL + text.name(), text.text(), origins));
            told.add(text.name());
        }
        // What is wrong counts for nothing, but stands there.
        file.prefixed(CHANNEL).forEach((name, text) -> {
            if (!told.contains(name)) {
                add(CHANNEL + name, text, Origin.FILE);
            }
        });
    }

    private Optional<String> bus() {
        try {
            return driver.isEmpty()
                    ? Optional.empty()
                    : Optional.of(driver.get().bus(configuration.settings())).filter(bus -> !bus.isEmpty());
        } catch (InvalidSettingException wrong) {
            return Optional.empty();
        }
    }

    private List<Channel> own() {
        try {
            return driver.isEmpty() ? List.of() : driver.get().channels(configuration.settings());
        } catch (InvalidSettingException wrong) {
            return List.of();
        }
    }

    private void add(String key, String value, Origin origin) {
        all.add(new EffectiveSetting(key, value, List.of(origin)));
    }
}
