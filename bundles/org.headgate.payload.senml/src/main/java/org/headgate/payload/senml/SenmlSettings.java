package org.headgate.payload.senml;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.TimeUnitName;
import org.headgate.uplink.api.UnknownKeyException;

/**
 * The settings of a SenML format, read.
 *
 * @param gateway the gateway's identity
 * @param places how many decimals of a second times have
 * @param baseName what {@code bn} is made of
 * @param serials the serial numbers of devices by their names
 * @param meta whether a pack tells its number, too
 */
record SenmlSettings(String gateway, int places, String baseName, Map<String, String> serials, boolean meta) {
    private static final String BASE_NAME = "{gateway}:{serial}:";
    private static final String SERIAL = "serial.";
    private static final Pattern FILLED = Pattern.compile(
            "([A-Za-z0-9]|\\{(gateway|stream|device|serial)})([-A-Za-z0-9:./_]|\\{(gateway|stream|device|serial)})*");

    SenmlSettings {
        serials = Map.copyOf(serials);
    }

    /**
     * Reads them.
     *
     * @param format its name, which is what its keys begin with
     * @throws IllegalArgumentException with {@code key: value (expected: ...)} when they cannot work
     */
    static SenmlSettings of(String format, PayloadSettings settings) {
        // A double tells the seconds since 1970 to a quarter of a microsecond, and readers of SenML keep doubles.
        if (settings.timeUnit() == TimeUnitName.NS) {
            throw new IllegalArgumentException(
                    "time.unit: ns (expected: ms or us; nanoseconds do not fit a number of " + format + ")");
        }
        Map<String, String> left = new TreeMap<>(settings.options());
        String baseName = left.getOrDefault("bn", BASE_NAME);
        left.remove("bn");
        if (!FILLED.matcher(baseName).matches()) {
            throw wrong(
                    format,
                    "bn",
                    baseName,
                    "letters, digits and - : . / _, and {gateway}, {stream}, {device} or {serial}; for example "
                            + BASE_NAME);
        }
        String meta = left.getOrDefault("meta", "false");
        left.remove("meta");
        if (!meta.equals("true") && !meta.equals("false")) {
            throw wrong(format, "meta", meta, "true or false");
        }
        Map<String, String> serials = new TreeMap<>();
        left.forEach((key, value) -> {
            if (!key.startsWith(SERIAL) || key.length() == SERIAL.length()) {
                throw new UnknownKeyException(
                        format + "." + key,
                        value,
                        format + ".bn, " + format + ".serial.DEVICE or " + format + ".meta",
                        List.of(format + ".bn", format + ".serial.NAME", format + ".meta"));
            }
            if (!value.equals(SenmlNames.legal(value)) || value.isEmpty()) {
                throw wrong(format, key, value, "letters, digits and - : . / _");
            }
            if (!baseName.contains("{serial}")) {
                throw wrong(format, key, value, "{serial} in " + format + ".bn, which is " + baseName);
            }
            serials.put(key.substring(SERIAL.length()), value);
        });
        int places = settings.timeUnit() == TimeUnitName.US ? 6 : 3;
        return new SenmlSettings(settings.gateway(), places, baseName, serials, meta.equals("true"));
    }

    private static IllegalArgumentException wrong(String format, String key, String value, String expected) {
        return new IllegalArgumentException(format + "." + key + ": " + value + " (expected: " + expected + ")");
    }
}
