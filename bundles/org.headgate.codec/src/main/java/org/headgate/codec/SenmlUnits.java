package org.headgate.codec;

import java.util.HashMap;
import java.util.Map;

/**
 * The units of our columns, which are UCUM's, in those of SenML: the registries "SenML Units" (RFC 8428, 12.1) and "Secondary
 * Units" (RFC 8798) of IANA. A unit is renamed, never converted: what has no name there is left out. Beware of {@code %}, which in SenML
 * is a ratio from 0 to 1; a percentage is {@code /100}.
 */
public final class SenmlUnits {
    /** What is read as one of ours beside the names that we write. */
    private static final Map<String, String> READ = Map.of("%", "1", "%RH", "%", "%EL", "%", "mbar", "hPa");

    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        for (String same :
                ("m kg g s A K cd mol Hz rad sr N Pa J W C V F Ohm S Wb T H Cel lm lx Bq Gy Sv kat m2 m3 l m/s m/s2 m3/s l/s W/m2"
                                + " cd/m2 bit bit/s lat lon pH dB dBW count %RH %EL EL 1/s 1/min S/m VA VAs var vars J/m kg/m3 deg NTU"
                                + " ms min h MHz kW kVA kvar Ah Wh kWh varh kvarh kVAh VAh Wh/km KiB GB Mbit/s MB/s mV mA dBm ug/m3 mm/h m/h ppm"
                                + " ppb hPa mm cm km km/h mg/l ug/l g/l")
                        .split(" ")) {
            NAMES.put(same, same);
        }
        String[][] others = {
            {"1", "/"},
            {"%", "/100"},
            {"[ppth]", "/1000"},
            {"[ppm]", "ppm"},
            {"[ppb]", "ppb"},
            {"[pptr]", "ppt"},
            {"%{RH}", "%RH"},
            {"[pH]", "pH"},
            {"dB[W]", "dBW"},
            {"B[SPL]", "Bspl"},
            {"{count}", "count"},
            {"{#}", "count"},
            {"/s", "1/s"},
            {"/min", "1/min"},
            {"{rpm}", "1/min"},
            {"L", "l"},
            {"L/s", "l/s"},
            {"mg/L", "mg/l"},
            {"ug/L", "ug/l"},
            {"g/L", "g/l"},
            {"V.A", "VA"},
            {"V.A.s", "VAs"},
            {"V.A.h", "VAh"},
            {"kV.A", "kVA"},
            {"kV.A.h", "kVAh"},
            {"A.h", "Ah"},
            {"W.h", "Wh"},
            {"kW.h", "kWh"},
            {"W.h/km", "Wh/km"},
            {"By", "B"},
            {"By/s", "B/s"},
            {"MBy/s", "MB/s"},
            {"KiBy", "KiB"},
            {"GBy", "GB"},
            {"mbar", "hPa"},
        };
        for (String[] other : others) {
            NAMES.put(other[0], other[1]);
        }
    }

    private SenmlUnits() {}

    /** The name of a unit in SenML; empty when it has none. */
    public static String of(String ucum) {
        return NAMES.getOrDefault(ucum, "");
    }

    /** Whether a message's unit says something else than a column's; what one of them does not say contradicts nothing. */
    public static boolean contradict(String senml, String ucum) {
        if (senml.isEmpty() || ucum.isEmpty() || same(senml, ucum)) {
            return false;
        }
        // What stands in braces is a note: {rpm}, %{RH}.
        String plain = ucum.replaceAll("\\{[^}]*}", "");
        return !plain.isEmpty() && !same(senml, plain);
    }

    private static boolean same(String senml, String ucum) {
        return senml.equals(ucum) || senml.equals(of(ucum)) || ucum.equals(READ.get(senml));
    }
}
