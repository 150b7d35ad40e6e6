package org.headgate.chips;

/** The formulas in double precision, BST-BME280-DS002, 8.1, with the trimming values of the simulated chip. */
final class BoschFloatingPoint {
    private BoschFloatingPoint() {}

    static double fine(int adc) {
        double a = (adc / 16_384.0 - 27_504 / 1024.0) * 26_435;
        double b = adc / 131_072.0 - 27_504 / 8192.0;
        return a + b * b * -1000;
    }

    /** In Pa. */
    static double pressure(int adc, double fine) {
        double v1 = fine / 2 - 64_000;
        double v2 = v1 * v1 * -7 / 32_768;
        v2 = v2 + v1 * 140 * 2;
        v2 = v2 / 4 + 2855 * 65_536.0;
        v1 = (3024 * v1 * v1 / 524_288 + -10_685 * v1) / 524_288;
        v1 = (1 + v1 / 32_768) * 36_477;
        double p = 1_048_576.0 - adc;
        p = (p - v2 / 4096) * 6250 / v1;
        v1 = 6000 * p * p / 2_147_483_648.0;
        v2 = p * -14_600 / 32_768;
        return p + (v1 + v2 + 15_500) / 16;
    }

    /** In per cent. */
    static double humidity(int adc, double fine) {
        double h = fine - 76_800;
        h = (adc - (313 * 64.0 + 50 / 16_384.0 * h))
                * (362 / 65_536.0 * (1 + 30 / 67_108_864.0 * h * (1 + 0 / 67_108_864.0 * h)));
        h = h * (1 - 75 * h / 524_288);
        return Math.max(0, Math.min(100, h));
    }
}
