package org.headgate.driver.uart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    private static int content(Checksum checksum, byte[] bytes) {
        return checksum.content(bytes, bytes.length);
    }

    private static int hex(Checksum checksum, String hex) {
        return content(checksum, HexFormat.ofDelimiter(" ").parseHex(hex));
    }

    private static int nmea(String sentence) {
        return content(Checksum.NMEA, sentence.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sentences from receivers' manuals. */
    @Test
    void sentencesOfReceiversAreRight() {
        assertThat(nmea("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47"))
                .isEqualTo(62);
        assertThat(nmea("$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A"))
                .isPositive();
        assertThat(nmea("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*48"))
                .isNegative();
        assertThat(nmea("$GPGGA,123519,4807.039,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47"))
                .isNegative();
        assertThat(nmea("GPGGA*47")).isNegative();
        assertThat(nmea("*00")).isNegative();
        assertThat(nmea("$A*zz")).isNegative();
    }

    /** A request of Modbus over Serial Line: read one input register of station 1. */
    @Test
    void theCrcIsThatOfModbus() {
        assertThat(hex(Checksum.CRC16_MODBUS, "01 04 00 00 00 01 31 ca")).isEqualTo(6);
        assertThat(hex(Checksum.CRC16_MODBUS, "01 04 00 00 00 01 ca 31")).isNegative();
        assertThat(hex(Checksum.CRC16_MODBUS, "ff ff")).isNegative();
    }

    @Test
    void xorAndSumAreOverAllBytesBefore() {
        assertThat(hex(Checksum.XOR, "01 02 04 07")).isEqualTo(3);
        assertThat(hex(Checksum.XOR, "01 02 04 08")).isNegative();
        assertThat(hex(Checksum.SUM8, "ff 02 04 05")).isEqualTo(3);
        assertThat(hex(Checksum.SUM8, "ff 02 04 06")).isNegative();
        assertThat(hex(Checksum.XOR, "00")).isNegative();
        assertThat(hex(Checksum.SUM8, "00")).isNegative();
    }
}
