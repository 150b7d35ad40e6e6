package org.headgate.data.api;

import java.util.Map;

/** Units are written in UCUM (The Unified Code for Units of Measure, case-sensitive codes); common spellings are accepted. */
public final class Units {
    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("degC", "Cel"),
            Map.entry("°C", "Cel"),
            Map.entry("degF", "[degF]"),
            Map.entry("°F", "[degF]"),
            Map.entry("kWh", "kW.h"),
            Map.entry("Wh", "W.h"),
            Map.entry("MWh", "MW.h"),
            Map.entry("rpm", "{rpm}"),
            Map.entry("Ohm", "Ohm"),
            Map.entry("Ω", "Ohm"),
            Map.entry("percent", "%"),
            Map.entry("m3", "m3"),
            Map.entry("m³", "m3"),
            Map.entry("m3/h", "m3/h"),
            Map.entry("sec", "s"),
            Map.entry("bytes", "By"));

    private Units() {}

    /** The UCUM code of a unit as people write it; what is not known is left as it is. */
    public static String ucum(String text) {
        return SPELLINGS.getOrDefault(text.strip(), text.strip());
    }
}
