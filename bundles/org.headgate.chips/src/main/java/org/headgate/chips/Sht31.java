package org.headgate.chips;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/**
 * Sensirion SHT30, SHT31 and SHT35 (data sheet SHT3x-DIS, version 5): single shot without clock stretching (4.3, Table 9), checksums (4.12),
 * conversion (4.13). Its identification is asked for by two bytes, which to another chip would be a register and its new value; so it is not
 * asked for unless the user says that the chip is an SHT31.
 */
final class Sht31 implements Chip.Session {
    private static final int STOP = 0x3093;
    private static final int READ_STATUS = 0xF32D;
    private static final Duration STOPPED = Duration.ofMillis(2);

    /** A command, and how long it takes at most (Table 4), rounded up. */
    private record Measurement(int command, Duration duration) {}

    private static final Map<String, Measurement> REPEATABILITY = repeatability();
    private static final byte[] NOTHING = {};

    static final Chip CHIP = KnownChip.onI2c(
            "sht31",
            "Sensirion SHT30, SHT31, SHT35: temperature, humidity",
            List.of(0x44, 0x45),
            List.of(
                    KnownChip.reading("temperature", Type.DOUBLE, "Cel"),
                    KnownChip.reading("humidity", Type.DOUBLE, "%")),
            KnownChip.settings("repeatability", "high"),
            Sht31::new);

    private final Wire wire;
    private final Measurement measurement;

    private Sht31(Wire wire, Setup setup) throws InvalidSettingException, IOException {
        this.wire = wire;
        this.measurement = setup.choice("repeatability", REPEATABILITY);
        // One that measures by itself takes no other command (4.8).
        wire.write((byte) (STOP >> 8), (byte) STOP);
        wire.pause(STOPPED);
        byte[] status = Registers.answer(wire, new byte[] {(byte) (READ_STATUS >> 8), (byte) READ_STATUS}, 3);
        if (!isWhole(status, 0)) {
            throw new IOException("no SHT31 here, or the bus is disturbed: the checksum of its status is wrong");
        }
    }

    private static Map<String, Measurement> repeatability() {
        Map<String, Measurement> all = new LinkedHashMap<>();
        all.put("high", new Measurement(0x2400, Duration.ofMillis(16)));
        all.put("medium", new Measurement(0x240B, Duration.ofMillis(7)));
        all.put("low", new Measurement(0x2416, Duration.ofMillis(5)));
        return all;
    }

    private static boolean isWhole(byte[] bytes, int at) {
        return Crc8.of(bytes, at, 2) == Bytes.uint8(bytes, at + 2);
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        wire.write((byte) (measurement.command >> 8), (byte) measurement.command);
        wire.pause(measurement.duration);
        byte[] data = Registers.answer(wire, NOTHING, 6);
        for (int i = 0; i < channels.size(); i++) {
            switch (channels.get(i).source()) {
                case "temperature" -> set(i, data, 0, -45, 175, into);
                case "humidity" -> set(i, data, 3, 0, 100, into);
                default -> into.bad(i, "no such source");
            }
        }
    }

    private static void set(int index, byte[] data, int at, double from, double span, Readings into) {
        if (isWhole(data, at)) {
            into.set(index, from + span * Bytes.uint16(data, at) / 65_535);
        } else {
            into.bad(index, "the checksum is wrong: check the wiring and the pull-ups");
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        throw Values.notWritable(channel);
    }
}
