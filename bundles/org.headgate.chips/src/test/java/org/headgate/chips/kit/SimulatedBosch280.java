package org.headgate.chips.kit;

import java.io.IOException;

/**
 * A BME280 or BMP280 with the trimming values of the example in BST-BMP280-DS001, 3.12; those of humidity are of the size that chips have.
 */
public final class SimulatedBosch280 extends SimulatedRegisters {
    private static final int[] T = {27_504, 26_435, -1000};
    private static final int[] P = {36_477, -10_685, 3024, 2855, 140, -7, 15_500, -14_600, 6000};
    private static final int[] H = {75, 362, 0, 313, 50, 30};

    private final int id;
    private int temperature = 519_888;
    private int pressure = 415_148;
    private int humidity = 30_000;
    private int humidityOversampling;
    private boolean dead;

    /** A chip with an identification: 0x60 for a BME280, 0x58 for a BMP280. */
    public SimulatedBosch280(int id) {
        this.id = id;
        reset();
    }

    /** What the converters will say: 20, 20 and 16 bits. */
    public SimulatedBosch280 measures(int temperature, int pressure, int humidity) {
        this.temperature = temperature;
        this.pressure = pressure;
        this.humidity = humidity;
        return this;
    }

    /** Never ends a measurement. */
    public void hang() {
        dead = true;
    }

    @Override
    public void reset() {
        super.reset();
        set(0xD0, id);
        for (int i = 0; i < T.length; i++) {
            set(0x88 + 2 * i, T[i], T[i] >> 8);
        }
        for (int i = 0; i < P.length; i++) {
            set(0x8E + 2 * i, P[i], P[i] >> 8);
        }
        if (id == 0x60) {
            set(0xA1, H[0]);
            set(0xE1, H[1], H[1] >> 8, H[2], H[3] >> 4, H[3] & 0xF | (H[4] & 0xF) << 4, H[4] >> 4, H[5]);
        }
        humidityOversampling = 0;
        set(0xF7, 0x80, 0, 0, 0x80, 0, 0, 0x80, 0);
    }

    /** Pairs of register and value: nothing moves on by itself. */
    @Override
    public void write(byte[] bytes) throws IOException {
        if (bytes.length == 1) {
            super.write(bytes);
        }
        for (int i = 0; i + 1 < bytes.length; i += 2) {
            written(bytes[i] & 0xFF, bytes[i + 1] & 0xFF);
        }
    }

    @Override
    protected void written(int register, int value) {
        switch (register) {
            case 0xE0 -> {
                if (value == 0xB6) {
                    reset();
                }
            }
            case 0xF2 -> set(register, value);
            case 0xF5 -> {
                // In normal mode it may be ignored (DS002, 5.4.6).
                if ((get(0xF4) & 3) != 3) {
                    set(register, value);
                }
            }
            case 0xF4 -> measure(value);
            default -> {}
        }
    }

    private void measure(int control) {
        set(0xF4, control & 0xFC);
        humidityOversampling = get(0xF2) & 7;
        if (dead) {
            set(0xF3, 8);
        } else if ((control & 3) != 0) {
            int p = (control >> 2 & 7) == 0 ? 0x80000 : pressure;
            int t = control >> 5 == 0 ? 0x80000 : temperature;
            int h = humidityOversampling == 0 ? 0x8000 : humidity;
            set(0xF7, p >> 12, p >> 4, p << 4 & 0xF0, t >> 12, t >> 4, t << 4 & 0xF0, h >> 8, h);
        }
    }
}
