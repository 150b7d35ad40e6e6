package org.headgate.driver.uart;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.headgate.device.api.Readings;

/** What the sentences GGA and RMC of any talker say (NMEA 0183, version 4.11, 6.3.13 and 6.3.38); their checksums are the framing's. */
enum Nmea {
    LATITUDE("double unit=deg", "GGA", "RMC"),
    LONGITUDE("double unit=deg", "GGA", "RMC"),
    ALTITUDE("double unit=m", "GGA"),
    SPEED("double unit=m/s", "RMC"),
    COURSE("double unit=deg", "RMC"),
    FIX("uint8", "GGA"),
    SATELLITES("uint8", "GGA"),
    HDOP("double", "GGA"),
    TIME("int64 unit=ms", "RMC");

    private static final double METRES_A_SECOND = 1852.0 / 3600;
    /** {@code 4807.038}: degrees, then two digits of minutes and their parts. */
    private static final Pattern ANGLE = Pattern.compile("([0-9]{1,3})([0-5][0-9](?:\\.[0-9]*)?)");

    private static final Pattern FIXED = Pattern.compile("[1-9]");
    private static final int GGA_FIX = 6;
    private static final int RMC_STATUS = 2;

    private final String type;
    private final List<String> sentences;

    Nmea(String type, String... sentences) {
        this.type = type;
        this.sentences = List.of(sentences);
    }

    static Optional<Nmea> of(String word) {
        return Arrays.stream(values()).filter(one -> one.label().equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Nmea::label).collect(Collectors.joining(", "));
    }

    /** The profile: nothing has to be said but {@code profile=nmea0183}. */
    static Map<String, String> profile() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (Nmea each : values()) {
            keys.put("channel." + each.label(), "nmea/" + each.label() + " " + each.type);
        }
        return keys;
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a frame is a sentence that says this. */
    boolean isIn(Frame frame) {
        String name = frame.fields().get(0);
        return name.length() == 6 && sentences.contains(name.substring(3));
    }

    /** Gives the value; an empty field has none, and without a fix there is no position. */
    void set(Frame frame, int index, Readings into) {
        List<String> fields = frame.fields();
        boolean gga = fields.get(0).endsWith("GGA");
        if (fields.size() < 10) {
            into.bad(index, "the sentence is too short: " + Values.printable(frame.text()));
            return;
        }
        boolean found = gga
                ? FIXED.matcher(fields.get(GGA_FIX)).matches()
                : fields.get(RMC_STATUS).equals("A");
        int shift = gga ? 2 : 3;
        try {
            switch (this) {
                case LATITUDE, LONGITUDE -> {
                    int at = this == LATITUDE ? shift : shift + 2;
                    if (found) {
                        into.set(
                                index,
                                this == LATITUDE
                                        ? degrees(fields.get(at), fields.get(at + 1), "NS", 90)
                                        : degrees(fields.get(at), fields.get(at + 1), "EW", 180));
                    } else {
                        into.bad(index, "no fix");
                    }
                }
                case ALTITUDE -> number(fields.get(9), 1, found, index, into);
                case HDOP -> number(fields.get(8), 1, found, index, into);
                case SPEED -> number(fields.get(7), METRES_A_SECOND, found, index, into);
                case COURSE -> number(fields.get(8), 1, found, index, into);
                case FIX -> into.set(index, Long.parseLong(fields.get(GGA_FIX)));
                case SATELLITES -> into.set(index, Long.parseLong(fields.get(7)));
                case TIME -> {
                    into.set(index, millis(fields.get(1), fields.get(9)));
                    if (!found) {
                        into.uncertain(index, "no fix: the time is the receiver's own clock");
                    }
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException damaged) {
            into.bad(index, "not understood: " + Values.printable(frame.text()));
        }
    }

    private static void number(String text, double scale, boolean found, int index, Readings into) {
        if (!found) {
            into.bad(index, "no fix");
        } else if (!text.isEmpty()) {
            into.set(index, Double.parseDouble(text) * scale);
        }
    }

    /** {@code 4807.038,N}: degrees and minutes together, south and west negative. */
    private static double degrees(String text, String hemisphere, String hemispheres, int most) {
        Matcher angle = ANGLE.matcher(text);
        if (!angle.matches() || hemisphere.length() != 1 || !hemispheres.contains(hemisphere)) {
            throw new IllegalArgumentException(text);
        }
        double degrees = Integer.parseInt(angle.group(1)) + Double.parseDouble(angle.group(2)) / 60;
        if (degrees > most) {
            throw new IllegalArgumentException(text);
        }
        return hemispheres.startsWith(hemisphere) ? degrees : -degrees;
    }

    /** {@code 123519.00} and {@code 230394}; the century is ours, and a leap second is the second before. */
    private static long millis(String time, String date) {
        double seconds = Double.parseDouble(time.substring(4));
        LocalTime clock = LocalTime.of(Integer.parseInt(time.substring(0, 2)), Integer.parseInt(time.substring(2, 4)));
        LocalDate day = LocalDate.of(
                2000 + Integer.parseInt(date.substring(4, 6)),
                Integer.parseInt(date.substring(2, 4)),
                Integer.parseInt(date.substring(0, 2)));
        return day.atTime(clock).toInstant(ZoneOffset.UTC).toEpochMilli()
                + Math.round(Math.min(seconds, 59.999) * 1000);
    }
}
