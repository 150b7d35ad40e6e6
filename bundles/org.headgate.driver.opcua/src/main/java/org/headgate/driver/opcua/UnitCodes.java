package org.headgate.driver.opcua;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.headgate.data.api.Units;

/**
 * Units as servers say them, in UCUM. A server gives the code of UNECE Recommendation 20 as a number, whose bytes are the code's
 * characters (OPC 10000-8, 5.6.3.3), and a text beside.
 */
final class UnitCodes {
    private static final String UNECE = "http://www.opcfoundation.org/UA/units/un/cefact";
    private static final int LONGEST = 3;
    private static final Map<String, String> UCUM = table(
            "CEL Cel, FAH [degF], KEL K, MTR m, DMT dm, CMT cm, MMT mm, 4H um, C45 nm, KMT km, MTK m2, CMK cm2, MMK mm2",
            "MTQ m3, DMQ dm3, LTR L, MLT mL, HLT hL, MQH m3/h, MQS m3/s, L2 L/min, G51 L/s, KGM kg, GRM g, MGM mg, TNE t",
            "E93 kg/h, KGS kg/s, KMQ kg/m3, SEC s, C26 ms, B98 us, MIN min, HUR h, DAY d, HTZ Hz, KHZ kHz, MHZ MHz",
            "MTS m/s, KMH km/h, MSK m/s2, RPM {rpm}, RPS {rev}/s, DD deg, C81 rad, 2A rad/s, NEW N, B47 kN, NU N.m",
            "PAL Pa, A97 hPa, KPA kPa, MPA MPa, BAR bar, MBR mbar, PS [psi], JOU J, KJO kJ, WHR W.h, KWH kW.h, MWH MW.h",
            "WTT W, KWT kW, MAW MW, VA V.A, D46 V.A, KVA kV.A, AMP A, 4K mA, B84 uA, VLT V, 2Z mV, KVT kV, OHM Ohm",
            "B49 kOhm, B75 MOhm, FAR F, 4O uF, P1 %, 59 [ppm], 2N dB, LUX lx, LUM lm, CDL cd, C34 mol, AMH A.h, D33 T");

    private UnitCodes() {}

    private static Map<String, String> table(String... lines) {
        Map<String, String> table = new HashMap<>();
        for (String pair : String.join(", ", lines).split(", ")) {
            table.put(pair.substring(0, pair.indexOf(' ')), pair.substring(pair.indexOf(' ') + 1));
        }
        return Map.copyOf(table);
    }

    /** The unit; empty where there is none, or none that can stand in a channel's text. */
    static String ucum(EUInformation unit) {
        String known = UNECE.equals(unit.getNamespaceUri()) ? UCUM.get(code(unit.getUnitId())) : null;
        if (known != null) {
            return known;
        }
        String text =
                unit.getDisplayName() == null ? null : unit.getDisplayName().text();
        String shown = text == null ? "" : Units.ucum(text);
        return shown.matches("[\\p{L}\\p{N}%°/^*.\\[\\]{}()_'-]{1,20}") ? shown : "";
    }

    /** The characters of a code, without those before the first. */
    private static String code(Integer id) {
        StringBuilder code = new StringBuilder();
        for (int i = LONGEST - 1; i >= 0 && id != null; i--) {
            byte one = (byte) (id >>> 8 * i);
            if (one != 0) {
                code.append(new String(new byte[] {one}, StandardCharsets.ISO_8859_1));
            }
        }
        return code.toString();
    }
}
