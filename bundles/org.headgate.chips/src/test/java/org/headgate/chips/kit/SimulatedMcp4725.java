package org.headgate.chips.kit;

/** An MCP4725, whose EEPROM takes a while to be written and counts how often it was. */
public final class SimulatedMcp4725 implements SimulatedChip {
    private static final int BUSY_READS = 3;

    private int code;
    private int power;
    private int eeprom = 0x800;
    private int eepromWrites;
    private int busy;
    private boolean worn;

    /** A chip after power-on: half of the supply, as it comes from the factory. */
    public SimulatedMcp4725() {
        reset();
    }

    /** What the output is at. */
    public int code() {
        return code;
    }

    /** What the output begins with. */
    public int eeprom() {
        return eeprom;
    }

    /** How often the EEPROM was written. */
    public int eepromWrites() {
        return eepromWrites;
    }

    /** Switches the output off. */
    public SimulatedMcp4725 powerDown() {
        power = 1;
        return this;
    }

    /** The EEPROM keeps nothing new any more. */
    public SimulatedMcp4725 wearOut() {
        worn = true;
        return this;
    }

    @Override
    public void reset() {
        code = eeprom;
        power = 0;
    }

    @Override
    public void write(byte[] bytes) {
        int first = bytes[0] & 0xFF;
        if (first >> 6 == 0 && bytes.length >= 2) {
            power = first >> 4 & 3;
            code = (first & 0xF) << 8 | bytes[1] & 0xFF;
        } else if (first >> 5 <= 3 && bytes.length >= 3) {
            power = first >> 1 & 3;
            code = (bytes[1] & 0xFF) << 4 | (bytes[2] & 0xFF) >> 4;
            if (first >> 5 == 3) {
                eeprom = worn ? eeprom : code;
                eepromWrites++;
                busy = BUSY_READS;
            }
        }
    }

    @Override
    public byte[] read(int count) {
        int ready = busy > 0 ? 0 : 0x80;
        busy = Math.max(0, busy - 1);
        int[] all = {ready | 0x40 | power << 1, code >> 4, code << 4, eeprom >> 8, eeprom};
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) all[i % all.length];
        }
        return bytes;
    }
}
