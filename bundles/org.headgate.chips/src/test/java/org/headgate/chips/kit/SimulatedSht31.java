package org.headgate.chips.kit;

import java.io.IOException;
import java.util.Arrays;

/** An SHT31 that answers after a measurement was asked for, once. */
public final class SimulatedSht31 implements SimulatedChip {
    private int temperature = 0x6666;
    private int humidity = 0x8000;
    private int status = 0x8010;
    private int brokenByte = -1;
    private byte[] answer = {};

    /** What the converters say: 16 bits each. */
    public SimulatedSht31 measures(int temperature, int humidity) {
        this.temperature = temperature;
        this.humidity = humidity;
        return this;
    }

    /** Flips a bit of one byte of each answer; -1 for none. */
    public SimulatedSht31 breaking(int number) {
        brokenByte = number;
        return this;
    }

    @Override
    public void reset() {
        status = 0x8010;
        answer = new byte[0];
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        switch ((bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF) {
            case 0x2400, 0x240B, 0x2416 -> answer = words(temperature, humidity);
            case 0xF32D -> answer = words(status);
            case 0x3780 -> answer = words(0x0123, 0x4567);
            case 0x3093 -> answer = new byte[0];
            default -> throw new IOException("no such command");
        }
    }

    @Override
    public byte[] read(int count) throws IOException {
        if (count > answer.length) {
            throw new IOException("nothing answers at this address");
        }
        byte[] bytes = Arrays.copyOf(answer, count);
        if (brokenByte >= 0 && brokenByte < count) {
            bytes[brokenByte] ^= 0x10;
        }
        answer = new byte[0];
        return bytes;
    }

    private static byte[] words(int... words) {
        byte[] bytes = new byte[3 * words.length];
        for (int i = 0; i < words.length; i++) {
            bytes[3 * i] = (byte) (words[i] >> 8);
            bytes[3 * i + 1] = (byte) words[i];
            bytes[3 * i + 2] = (byte) crc(bytes[3 * i] & 0xFF, bytes[3 * i + 1] & 0xFF);
        }
        return bytes;
    }

    /** As a division of polynomials, so that it shares no code with what is tested. */
    static int crc(int high, int low) {
        int rest = ((high << 8 | low) ^ 0xFF00) << 8;
        for (int bit = 23; bit >= 8; bit--) {
            if ((rest >> bit & 1) != 0) {
                rest ^= 0x131 << bit - 8;
            }
        }
        return rest & 0xFF;
    }
}
