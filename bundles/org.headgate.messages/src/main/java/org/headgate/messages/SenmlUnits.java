package org.headgate.messages;

import java.util.HashMap;
import java.util.Map;

/**
 * Units of SenML (IANA's registries "SenML Units", RFC 8428, 12.1, and "Secondary Units", RFC 8798) in those of our columns, which are
 * UCUM's. Only names are compared, nothing is converted.
 */
final class SenmlUnits {
    private static final Map<String, String> UCUM = new HashMap<>();

    static {
        String[][] others = {
            {"/", "1"},
            {"%", "1"},
            {"/100", "%"},
            {"/1000", "[ppth]"},
            {"ppm", "[ppm]"},
            {"ppb", "[ppb]"},
            {"ppt", "[pptr]"},
            {"%RH", "%"},
            {"%EL", "%"},
            {"pH", "[pH]"},
            {"dBW", "dB[W]"},
            {"Bspl", "B[SPL]"},
            {"1/s", "/s"},
            {"1/min", "/min"},
            {"VA", "V.A"},
            {"VAs", "V.A.s"},
            {"VAh", "V.A.h"},
            {"kVA", "kV.A"},
            {"kVAh", "kV.A.h"},
            {"Ah", "A.h"},
            {"Wh", "W.h"},
            {"kWh", "kW.h"},
            {"B", "By"},
            {"KiB", "KiBy"},
            {"GB", "GBy"},
            {"l", "L"},
            {"l/s", "L/s"},
            {"mg/l", "mg/L"},
            {"ug/l", "ug/L"},
            {"g/l", "g/L"},
            {"mbar", "hPa"},
        };
        for (String[] other : others) {
            UCUM.put(other[0], other[1]);
        }
    }

    private SenmlUnits() {}

    /** Whether a message's unit says something else than a column's; what one of them does not say contradicts nothing. */
    static boolean contradict(String senml, String ucum) {
        if (senml.isEmpty() || ucum.isEmpty() || senml.equals(ucum)) {
            return false;
        }
        // What stands in braces is a note: {rpm}, %{RH}.
        String plain = ucum.replaceAll("\\{[^}]*}", "");
        String same = UCUM.getOrDefault(senml, senml);
        return !same.equals(ucum) && !same.equals(plain) && !senml.equals(plain) && !plain.isEmpty();
    }
}
