package org.headgate.driver.uart;

/** What a frame ends with so that a damaged one is known. */
enum Checksum {
    /** Nothing. */
    NONE {
        @Override
        int content(byte[] bytes, int length) {
            return length;
        }
    },
    /** {@code $...*HH}: two hexadecimal digits, the exclusive or of what is between {@code $} and {@code *} (NMEA 0183, 5.2.3). */
    NMEA {
        @Override
        int content(byte[] bytes, int length) {
            int star = length - 3;
            if (star < 1 || bytes[star] != '*' || (bytes[0] != '$' && bytes[0] != '!')) {
                return -1;
            }
            int said = Character.digit(bytes[star + 1], 16) << 4 | Character.digit(bytes[star + 2], 16);
            return said == xor(bytes, 1, star) ? star : -1;
        }
    },
    /** The last byte is the exclusive or of all before. */
    XOR {
        @Override
        int content(byte[] bytes, int length) {
            return length > 1 && (bytes[length - 1] & 0xFF) == xor(bytes, 0, length - 1) ? length - 1 : -1;
        }
    },
    /** The last byte is the sum of all before, modulo 256. */
    SUM8 {
        @Override
        int content(byte[] bytes, int length) {
            byte sum = 0;
            for (int i = 0; i < length - 1; i++) {
                sum += bytes[i];
            }
            return length > 1 && bytes[length - 1] == sum ? length - 1 : -1;
        }
    },
    /** The last two bytes, the lower first, are a CRC with x^16 + x^15 + x^2 + 1, from 0xFFFF on (Modbus over Serial Line 1.02, 6.2.2). */
    CRC16_MODBUS {
        @Override
        int content(byte[] bytes, int length) {
            int crc = 0xFFFF;
            for (int i = 0; i < length - 2; i++) {
                crc ^= bytes[i] & 0xFF;
                for (int bit = 0; bit < 8; bit++) {
                    crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xA001;
                }
            }
            return length > 2 && (bytes[length - 2] & 0xFF | (bytes[length - 1] & 0xFF) << 8) == crc ? length - 2 : -1;
        }
    };

    /** How many bytes of a frame are its content; -1 when it is damaged. */
    abstract int content(byte[] bytes, int length);

    private static int xor(byte[] bytes, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all ^= bytes[i];
        }
        return all & 0xFF;
    }
}
