package org.headgate.driver.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.headgate.config.api.Texts;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;

/**
 * The driver's own keys of a device's file.
 *
 * @param seed decides about all noise
 * @param noise how much noise there is
 * @param periodSeconds how long a swing takes
 * @param loop whether a recording begins again after its end
 * @param faults what goes wrong
 */
record Options(long seed, double noise, double periodSeconds, boolean loop, FaultScript faults) {
    private static final Set<String> FORMULA = new TreeSet<>(Set.of("seed", "noise", "period", "faults"));
    private static final Set<String> RECORDING = new TreeSet<>(Set.of("loop", "faults"));

    static Options of(DeviceSettings settings) throws InvalidSettingException {
        Map<String, String> options = settings.options();
        settings.requireKnown(settings.address().startsWith(Recording.PREFIX) ? RECORDING : FORMULA);
        return new Options(
                option(options, "seed", "a whole number", Texts::number, 1L),
                option(options, "noise", "a number from 0 to 100", text -> within(text, 0, 100), 0.2),
                option(options, "period", "seconds from 1 to 86400", text -> within(text, 1, 86_400), 300.0),
                option(options, "loop", "true or false", Texts::flag, true),
                options.containsKey("faults") ? FaultScript.parse(options.get("faults")) : FaultScript.NONE);
    }

    /** What counts where a device's file does not say it. */
    static Map<String, String> defaults(DeviceSettings settings) {
        Map<String, String> defaults = new LinkedHashMap<>();
        if (settings.address().startsWith(Recording.PREFIX)) {
            defaults.put("loop", "true");
        } else {
            defaults.put("seed", "1");
            defaults.put("noise", "0.2");
            defaults.put("period", "300");
        }
        defaults.put("faults", "");
        return defaults;
    }

    private static Optional<Double> within(String text, double least, double most) {
        try {
            return Optional.of(Double.valueOf(text)).filter(value -> value >= least && value <= most);
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    private static <T> T option(
            Map<String, String> options, String key, String expected, Function<String, Optional<T>> parser, T fallback)
            throws InvalidSettingException {
        String text = options.get(key);
        if (text == null) {
            return fallback;
        }
        Optional<T> value = parser.apply(text);
        if (value.isEmpty()) {
            throw new InvalidSettingException(key, text, expected);
        }
        return value.get();
    }
}
