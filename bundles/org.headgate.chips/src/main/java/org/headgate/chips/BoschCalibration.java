package org.headgate.chips;

import java.io.IOException;

/**
 * The trimming values of a BME280 or BMP280, and the compensation with them: the integer formulas of BST-BME280-DS002, 4.2.2 and 4.2.3, and
 * BST-BMP280-DS001, 3.11.2 and 3.11.3 (temperature and humidity with 32 bits, pressure with 64). They are the same for both chips.
 */
final class BoschCalibration {
    /** Where temperature and pressure are: T1 to T3 and P1 to P9, least significant byte first. */
    static final int FIRST = 0x88;

    static final int FIRST_BYTES = 24;
    /** H1 stands alone. */
    static final int H1 = 0xA1;

    /** H2 to H6. */
    static final int SECOND = 0xE1;

    static final int SECOND_BYTES = 7;

    private static final long HUMIDITY_MOST = 419_430_400;

    private final int[] t = new int[3];
    private final int[] p = new int[9];
    private final int[] h = new int[6];

    private BoschCalibration(byte[] first) throws IOException {
        for (int i = 0; i < t.length; i++) {
            t[i] = i == 0 ? Bytes.uint16Little(first, 0) : Bytes.int16Little(first, 2 * i);
        }
        for (int i = 0; i < p.length; i++) {
            p[i] = i == 0 ? Bytes.uint16Little(first, 6) : Bytes.int16Little(first, 6 + 2 * i);
        }
        // P1 divides; and memory that cannot be read is all zeros or all ones.
        if (t[0] == 0 || t[0] == 0xFFFF || p[0] == 0 || p[0] == 0xFFFF) {
            throw new IOException("the chip's calibration is empty: it is damaged, or the bus disturbed");
        }
    }

    /** Of a chip without humidity. */
    static BoschCalibration of(byte[] first) throws IOException {
        return new BoschCalibration(first);
    }

    /** Of a chip with humidity. */
    static BoschCalibration of(byte[] first, int h1, byte[] second) throws IOException {
        BoschCalibration calibration = new BoschCalibration(first);
        int[] h = calibration.h;
        h[0] = h1;
        h[1] = Bytes.int16Little(second, 0);
        h[2] = Bytes.uint8(second, 2);
        // H4 and H5 are signed numbers of 12 bits that share the byte in the middle (DS002, Table 16).
        h[3] = second[3] << 4 | second[4] & 0x0F;
        h[4] = second[5] << 4 | Bytes.uint8(second, 4) >> 4;
        h[5] = second[6];
        return calibration;
    }

    /** The fine temperature that all three formulas use. */
    int fine(int adc) {
        int var1 = ((adc >> 3) - (t[0] << 1)) * t[1] >> 11;
        int distance = (adc >> 4) - t[0];
        int var2 = (distance * distance >> 12) * t[2] >> 14;
        return var1 + var2;
    }

    /** In hundredths of a degree. */
    static int temperature(int fine) {
        return fine * 5 + 128 >> 8;
    }

    /** In 1/256 Pa; 0 where the formula has no result. */
    long pressure(int adc, int fine) {
        long var1 = fine - 128_000L;
        long var2 = var1 * var1 * p[5];
        var2 += var1 * p[4] << 17;
        var2 += (long) p[3] << 35;
        var1 = (var1 * var1 * p[2] >> 8) + (var1 * p[1] << 12);
        var1 = ((1L << 47) + var1) * p[0] >> 33;
        if (var1 == 0) {
            return 0;
        }
        long result = 1_048_576L - adc;
        result = ((result << 31) - var2) * 3125 / var1;
        var1 = p[8] * (result >> 13) * (result >> 13) >> 25;
        var2 = p[7] * result >> 19;
        return (result + var1 + var2 >> 8) + ((long) p[6] << 4);
    }

    /** In 1/1024 per cent, from 0 to 100 %. */
    int humidity(int adc, int fine) {
        int v = fine - 76_800;
        v = ((adc << 14) - (h[3] << 20) - h[4] * v + 16_384 >> 15)
                * ((((v * h[5] >> 10) * ((v * h[2] >> 11) + 32_768) >> 10) + 2_097_152) * h[1] + 8192 >> 14);
        v -= ((v >> 15) * (v >> 15) >> 7) * h[0] >> 4;
        return (int) (Math.max(0, Math.min(HUMIDITY_MOST, v)) >> 12);
    }
}
