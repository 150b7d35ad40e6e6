package org.headgate.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.headgate.data.api.Units;
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
        String ucum = Units.ucum(written);
        assertThat(SenmlUnits.of(ucum)).isEqualTo(senml);
        assertThat(SenmlUnits.contradict(senml, ucum)).as("read again").isFalse();
    }

    /** UCUM's B is a bel, SenML's a byte; bar and degrees Fahrenheit would have to be converted. */
    @ParameterizedTest
    @CsvSource({"B", "bar", "[degF]", "m3/h", "kPa", "''", "MW.h"})
    void whatHasNoNameThereIsLeftOut(String ucum) {
        assertThat(SenmlUnits.of(ucum)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/100,%",
        "%RH,%",
        "%EL,%",
        "%,1",
        "mbar,hPa",
        "Wh,W.h",
        "Wh/km,W.h/km",
        "l,L",
        "1/min,{rpm}",
        "kW,kW",
        "K,''",
        "'',K"
    })
    void whatMeansTheSameContradictsNothing(String senml, String ucum) {
        assertThat(SenmlUnits.contradict(senml, ucum)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ms,s", "/,%", "K,Cel", "B,B[SPL]", "kWh,W.h"})
    void anotherUnitIsAContradiction(String senml, String ucum) {
        assertThat(SenmlUnits.contradict(senml, ucum)).isTrue();
    }
}
