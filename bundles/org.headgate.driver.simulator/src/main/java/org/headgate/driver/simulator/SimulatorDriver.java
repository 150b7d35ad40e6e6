package org.headgate.driver.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Machines that exist in formulas only: for the demo, for tests and for setting up a site at the desk. */
@Component
public final class SimulatorDriver implements Driver {
    private static final String BOILER = "boiler";
    private static final Set<String> OPTIONS = new TreeSet<>(Set.of("seed", "noise", "period"));

    private final Clock clock;

    /** A driver that takes the time from a clock. */
    @Activate
    public SimulatorDriver(@Reference Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "simulator";
    }

    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        return plant(settings).channels();
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException {
        Plant plant = plant(settings);
        List<String> sources = plant.channels().stream().map(Channel::source).toList();
        for (Channel channel : settings.channels()) {
            if (!sources.contains(channel.source())) {
                throw new InvalidSettingException(
                        "channel." + channel.name(), channel.source(), "one of " + String.join(", ", sources));
            }
        }
        return new SimulatedConnection(plant, clock);
    }

    private static Plant plant(DeviceSettings settings) throws InvalidSettingException {
        if (!settings.address().isEmpty() && !settings.address().equals(BOILER)) {
            throw new InvalidSettingException("address", settings.address(), BOILER + ", or no address");
        }
        Map<String, String> options = settings.options();
        for (String key : new TreeSet<>(options.keySet())) {
            if (!OPTIONS.contains(key)) {
                throw new InvalidSettingException(key, options.get(key), "one of " + String.join(", ", OPTIONS));
            }
        }
        return new Boiler(
                option(options, "seed", "a whole number", Long::valueOf, 1L),
                option(options, "noise", "a number from 0 to 100", text -> within(text, 0, 100), 0.2),
                option(options, "period", "seconds from 1 to 86400", text -> within(text, 1, 86_400), 300.0));
    }

    /** A number in a range; like {@link Long#valueOf} it throws what is no number. */
    private static Double within(String text, double least, double most) {
        return Optional.of(Double.valueOf(text))
                .filter(value -> value >= least && value <= most)
                .orElseThrow(NumberFormatException::new);
    }

    private static <T> T option(
            Map<String, String> options, String key, String expected, Function<String, T> parser, T fallback)
            throws InvalidSettingException {
        String text = options.get(key);
        try {
            return text == null ? fallback : parser.apply(text);
        } catch (NumberFormatException wrong) {
            throw new InvalidSettingException(key, text, expected);
        }
    }
}
