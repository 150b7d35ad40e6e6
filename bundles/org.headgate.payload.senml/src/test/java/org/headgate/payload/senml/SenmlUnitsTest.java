package org.headgate.payload.senml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenmlUnitsTest {
    /** What people write, as it comes out. {@code %} is the trap: SenML's is a ratio, ours a percentage (RFC 8428, 12.1, note 1). */
    @ParameterizedTest
    @CsvSource({
        "degC,Cel",
        "%,/100",
        "kWh,kWh",
        "Wh,Wh",
        "rpm,1/min",
        "Ω,Ohm",
        "m³,m3",
        "bytes,B",
        "hPa,hPa",
        "mbar,hPa",
        "V,V",
        "mA,mA",
        "Hz,Hz",
        "1,/",
        "lx,lx",
        "ug/m3,ug/m3",
        "[ppm],ppm",
        "m/s2,m/s2",
        "[pH],pH",
        "A.h,Ah",
        "L,l",
        "KiBy,KiB",
        "%RH,%RH"
    })
    void aUnitGetsItsNameInTheRegistry(String written, String senml) {
        assertThat(SenmlUnits.of(org.headgate.data.api.Units.ucum(written))).isEqualTo(senml);
    }

    /** UCUM's B is a bel, SenML's a byte; bar and degrees Fahrenheit would have to be converted. */
    @ParameterizedTest
    @CsvSource({"B", "bar", "[degF]", "m3/h", "kPa", "''", "MW.h"})
    void whatHasNoNameThereIsLeftOut(String ucum) {
        assertThat(SenmlUnits.of(ucum)).isEmpty();
    }
}
