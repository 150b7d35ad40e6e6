package org.headgate.chips;

/** CRC-8 as Sensirion's sensors send it: polynomial 0x31, initial value 0xFF, nothing reflected (SHT3x-DIS data sheet, 4.12, Table 20). */
final class Crc8 {
    private static final int POLYNOMIAL = 0x31;

    private Crc8() {}

    static int of(byte[] bytes, int from, int count) {
        int crc = 0xFF;
        for (int i = from; i < from + count; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x80) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
            crc &= 0xFF;
        }
        return crc;
    }
}
