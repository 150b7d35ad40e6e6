package org.headgate.driver.uart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A checksum only says that a sentence came as it was sent. */
class NmeaTest {
    private static RecordedReadings read(Nmea what, String sentence) {
        RecordedReadings readings = new RecordedReadings();
        Frame frame = Frame.of(sentence.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII, ",", 1);
        what.set(frame, 0, readings);
        return readings;
    }

    @ParameterizedTest
    @CsvSource({
        "9000.001,N,18000.001,W", "4860.000,N,18000.001,E", "4807.038,E,01131.000,N", "-807.038,N,-1131.000,E",
        "9999.999,N,19959.999,E", "4807.038,'',01131.000,''", "48 7.038,N,0113x.000,E", "07.038,N,31.000,E"
    })
    void aPositionThatIsNotOnEarthIsBad(String latitude, String north, String longitude, String east) {
        String sentence =
                "$GPGGA,123519," + String.join(",", latitude, north, longitude, east) + ",1,08,0.9,545.4,M,46.9,M,,";
        for (Nmea what : new Nmea[] {Nmea.LATITUDE, Nmea.LONGITUDE}) {
            RecordedReadings readings = read(what, sentence);
            assertThat(readings.values).as(what + " " + sentence).isEmpty();
            assertThat(readings.bad.get(0)).startsWith("not understood");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9000.000,S,18000.000,W,-90,-180",
        "0000.000,N,00000.000,E,0,0",
        "8959.999,N,17959.9,W,89.99998,-179.998333"
    })
    void theEndsOfTheEarthArePositions(String lat, String north, String lon, String east, double y, double x) {
        String sentence = "$GPGGA,123519," + String.join(",", lat, north, lon, east) + ",4,08,0.9,545.4,M,46.9,M,,";
        assertThat(read(Nmea.LATITUDE, sentence).number(0)).isCloseTo(y, within(1e-4));
        assertThat(read(Nmea.LONGITUDE, sentence).number(0)).isCloseTo(x, within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "x", "10", "-1"})
    void withoutAQualityThereIsNoFix(String quality) {
        String sentence = "$GPGGA,123519,4807.038,N,01131.000,E," + quality + ",08,0.9,545.4,M,46.9,M,,";
        for (Nmea what : new Nmea[] {Nmea.LATITUDE, Nmea.ALTITUDE, Nmea.HDOP}) {
            assertThat(read(what, sentence).bad).containsEntry(0, "no fix");
        }
    }
}
