package org.headgate.chips;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/**
 * Maxim DS3231 (19-5170): a clock with a crystal whose temperature it measures. Registers in Figure 1, temperature in "Temperature Registers
 * (11h-12h)". The clock is kept in UTC, as the kernel keeps it.
 */
final class Ds3231 implements Chip.Session {
    private static final int STATUS = 0x0F;
    private static final int TEMPERATURE = 0x11;
    private static final int ALL = 0x13;

    private static final int STOPPED = 0x80;
    private static final int TWELVE_HOURS = 0x40;
    private static final int CENTURY = 0x80;
    /** Bits that are always 0 (Figure 1), by register: what has them set is no DS3231. */
    private static final Map<Integer, Integer> ZEROS =
            Map.of(0x00, 0x80, 0x01, 0x80, 0x02, 0x80, 0x03, 0xF8, 0x04, 0xC0, 0x05, 0x60, STATUS, 0x70, 0x12, 0x3F);

    private static final long FIRST = LocalDateTime.of(2000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final long LAST = LocalDateTime.of(2199, 12, 31, 23, 59, 59).toEpochSecond(ZoneOffset.UTC);

    static final Chip CHIP = KnownChip.onI2c(
            "ds3231",
            "Maxim DS3231: clock and its temperature",
            List.of(0x68),
            List.of(
                    KnownChip.reading("temperature", Type.DOUBLE, "Cel"),
                    KnownChip.channel("time", Type.LONG, "s", Access.READ_WRITE),
                    KnownChip.reading("stopped", Type.BOOLEAN, "")),
            Map.of(),
            Ds3231::new);

    private final Registers registers;

    private Ds3231(Wire wire, Setup setup) throws InvalidSettingException, IOException {
        registers = new Registers(wire);
        all();
    }

    private byte[] all() throws IOException {
        byte[] all = registers.read(0, ALL);
        for (Map.Entry<Integer, Integer> zeros : ZEROS.entrySet()) {
            int value = Bytes.uint8(all, zeros.getKey());
            if ((value & zeros.getValue()) != 0) {
                throw new IOException("no DS3231 here: register " + Bytes.hex(zeros.getKey()) + " reads "
                        + Bytes.hex(value) + ", with bits that a DS3231 has not");
            }
        }
        return all;
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        byte[] all = all();
        boolean stopped = (all[STATUS] & STOPPED) != 0;
        for (int i = 0; i < channels.size(); i++) {
            switch (channels.get(i).source()) {
                case "temperature" -> into.set(i, (Bytes.int16(all, TEMPERATURE) >> 6) * 0.25);
                case "time" -> time(i, all, stopped, into);
                case "stopped" -> into.set(i, stopped);
                default -> into.bad(i, "no such source");
            }
        }
    }

    private static void time(int index, byte[] all, boolean stopped, Readings into) {
        try {
            into.set(index, time(all).toEpochSecond(ZoneOffset.UTC));
            if (stopped) {
                into.uncertain(index, "the clock has stood still (is its battery empty?); writing it sets it right");
            }
        } catch (DateTimeException impossible) {
            into.bad(index, "the clock shows no time that there is; writing it sets it right");
        }
    }

    /** A part that is no decimal number is -1, which is no part of a time either. */
    private static LocalDateTime time(byte[] all) {
        int hours = Bytes.uint8(all, 2);
        int hour = (hours & TWELVE_HOURS) == 0 ? Bytes.decimal(hours) : twelve(hours);
        int year = Bytes.decimal(Bytes.uint8(all, 6));
        int century = (all[5] & CENTURY) == 0 ? 2000 : 2100;
        return LocalDateTime.of(
                year < 0 ? Integer.MIN_VALUE : century + year,
                Bytes.decimal(all[5] & 0x1F),
                Bytes.decimal(Bytes.uint8(all, 4)),
                hour,
                Bytes.decimal(Bytes.uint8(all, 1)),
                Bytes.decimal(Bytes.uint8(all, 0)));
    }

    private static int twelve(int hours) {
        int hour = Bytes.decimal(hours & 0x1F);
        return hour < 1 || hour > 12 ? -1 : hour % 12 + ((hours & 0x20) == 0 ? 0 : 12);
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        if (!channel.source().equals("time")) {
            throw Values.notWritable(channel);
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(Values.whole(channel, value, FIRST, LAST), 0, ZoneOffset.UTC);
        registers.write(
                0,
                Bytes.bcd(time.getSecond()),
                Bytes.bcd(time.getMinute()),
                Bytes.bcd(time.getHour()),
                time.getDayOfWeek().getValue(),
                Bytes.bcd(time.getDayOfMonth()),
                Bytes.bcd(time.getMonthValue()) | (time.getYear() < 2100 ? 0 : CENTURY),
                Bytes.bcd(time.getYear() % 100));
        registers.write(STATUS, registers.read8(STATUS) & ~STOPPED);
    }
}
