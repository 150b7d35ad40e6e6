package org.headgate.driver.modbus;

import java.util.Arrays;

/** Frames with a checksum (Modbus over serial line V1.02, section 2.5.1): unit, message, CRC with its low byte first. */
final class RtuFrame {
    /** Unit, function, code, checksum: the shortest there is. */
    static final int SHORTEST = 5;

    static final int LONGEST = 256;
    static final int UNKNOWN = -1;
    private static final int CRC = 2;
    private static final int[] TABLE = table();

    private RtuFrame() {}

    /** A request, whole. */
    static byte[] of(int unit, byte[] pdu) {
        byte[] frame = Arrays.copyOf(new byte[] {(byte) unit}, pdu.length + 3);
        System.arraycopy(pdu, 0, frame, 1, pdu.length);
        int crc = crc(frame, 0, pdu.length + 1);
        frame[pdu.length + 1] = (byte) crc;
        frame[pdu.length + 2] = (byte) (crc >> 8);
        return frame;
    }

    /**
     * How long the answer that begins at a place is, by what it says itself; 0 when more bytes are needed to tell, {@link #UNKNOWN} for functions whose answers
     * do not say it.
     */
    static int answerLength(byte[] bytes, int from, int to) {
        if (to - from < 2) {
            return 0;
        }
        int function = bytes[from + 1] & 0xFF;
        if (function >= 0x80) {
            return SHORTEST;
        }
        return switch (function) {
            case 1, 2, 3, 4, 12, 17, 20, 21, 23 -> to - from < 3 ? 0 : SHORTEST + (bytes[from + 2] & 0xFF);
            case 5, 6, 8, 11, 15, 16 -> 8;
            case 7 -> SHORTEST;
            case 22 -> 10;
            default -> UNKNOWN;
        };
    }

    /** Whether the last two of some bytes are the checksum of those before. */
    static boolean isSound(byte[] bytes, int from, int to) {
        int crc = crc(bytes, from, to - CRC);
        return bytes[to - 2] == (byte) crc && bytes[to - 1] == (byte) (crc >> 8);
    }

    static int crc(byte[] bytes, int from, int to) {
        int crc = 0xFFFF;
        for (int i = from; i < to; i++) {
            crc = crc >>> 8 ^ TABLE[(crc ^ bytes[i]) & 0xFF];
        }
        return crc;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xA001;
            }
            table[i] = crc;
        }
        return table;
    }
}
