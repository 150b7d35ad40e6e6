package org.headgate.device.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.channels.ChannelDefinition;
import org.headgate.device.channels.Conversion;

/**
 * What a driver is asked to open: the device of the configuration, or its stand-in in the simulator, which has the same channels with
 * the same names, types and units but is given values as users see them, so that nothing has to be converted.
 *
 * @param configuration the device
 * @param real gives the device's own driver, where it is installed, when the simulator stands in: it knows the channels that no file names
 */
record Blueprint(DeviceConfiguration configuration, Supplier<Optional<Driver>> real) {
    /** The settings that the driver gets, without channels. */
    DeviceSettings settings() {
        return configuration
                .standIn()
                .map(address ->
                        new DeviceSettings(configuration.name(), address, configuration.timeout(), List.of(), Map.of()))
                .orElseGet(configuration::settings);
    }

    /**
     * All channels of the device.
     *
     * @param driver the driver that will open it
     */
    List<ChannelDefinition> definitions(Driver driver) throws InvalidSettingException {
        boolean simulated = configuration.standIn().isPresent();
        Optional<Driver> own = simulated ? real.get() : Optional.of(driver);
        List<ChannelDefinition> definitions =
                configuration.definitions(own.isPresent() ? own.get().channels(configuration.settings()) : List.of());
        if (definitions.isEmpty()) {
            throw new InvalidSettingException(
                    "channel.NAME",
                    "",
                    "at least one channel, for example channel.x = SOURCE"
                            + (own.isEmpty()
                                    ? ", or the driver " + configuration.driver() + ", which knows its own"
                                    : ""));
        }
        return simulated ? definitions.stream().map(Blueprint::asShown).toList() : definitions;
    }

    private static ChannelDefinition asShown(ChannelDefinition definition) {
        Channel shown = definition.shown();
        Map<String, String> limits = new TreeMap<>();
        limit(limits, "min", definition.range().least());
        limit(limits, "max", definition.range().most());
        if (definition.conversion().needsOld() && definition.type() == Type.LONG) {
            // A field of a register: its bits are all that it can show.
            limits.putIfAbsent("min", "0");
            limits.putIfAbsent("max", String.valueOf(definition.conversion().bits(-1)));
        }
        return new ChannelDefinition(
                new Channel(shown.name(), shown.source(), shown.type(), shown.unit(), shown.access(), limits),
                definition.type(),
                Conversion.NONE,
                definition.range(),
                definition.report(),
                definition.poll(),
                // Nothing is switched, so nothing has to be made safe, and the real outputs' mark must stay.
                Optional.empty());
    }

    private static void limit(Map<String, String> limits, String key, double value) {
        if (Double.isFinite(value)) {
            limits.put(key, String.valueOf(value));
        }
    }
}
