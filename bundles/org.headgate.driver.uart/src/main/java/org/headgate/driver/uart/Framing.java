package org.headgate.driver.uart;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.headgate.config.api.Texts;
import org.headgate.device.api.InvalidSettingException;

/**
 * How bytes become frames.
 *
 * @param kind where a frame ends
 * @param start what a frame begins with; empty for nothing
 * @param delimiter what it ends with, for lines and delimited ones
 * @param length how it says its length, for those that do
 * @param max how long one may be, start and delimiter left out
 * @param gap for {@code idle} the pause that ends a frame, for {@code length} the one after which the rest of one comes no more
 * @param checksum what it ends with so that a damaged one is known
 */
record Framing(
        Kind kind, String start, String delimiter, LengthField length, int max, Duration gap, Checksum checksum) {
    private static final long MOST = 64 << 10;
    /** Where a length or a checksum is wrong, each byte may begin a frame: what is looked at grows with the square of this. */
    private static final long MOST_COUNTED = 4 << 10;

    private static final String LINE_END = "\n";

    /** Where a frame ends. */
    enum Kind {
        LINE,
        LENGTH,
        DELIMITER,
        IDLE
    }

    /** Reads what a device's file says; charset of the bytes is Latin-1, where each is a character. */
    static Framing parse(Map<String, String> options) throws InvalidSettingException {
        Kind kind = word("frame", options.getOrDefault("frame", "line"), Kind.values());
        Checksum checksum = word("checksum", options.getOrDefault("checksum", "none"), Checksum.values());
        only(options, "delimiter", kind == Kind.DELIMITER);
        only(options, "length", kind == Kind.LENGTH);
        only(options, "gap", kind == Kind.LENGTH || kind == Kind.IDLE);
        only(options, "start", kind == Kind.LENGTH || kind == Kind.DELIMITER);
        String max = options.getOrDefault("max", "1024");
        long limit = kind == Kind.LENGTH ? MOST_COUNTED : MOST;
        long most = Texts.bytes(max)
                .filter(bytes -> bytes >= 1 && bytes <= limit)
                .orElseThrow(() -> new InvalidSettingException(
                        "max", max, kind == Kind.LENGTH ? "from 1 to 4KiB, with frame=length" : "from 1 to 64KiB"));
        String gapText = options.getOrDefault("gap", kind == Kind.IDLE ? "20ms" : "1s");
        Duration gap = Texts.duration(gapText)
                .filter(pause -> pause.toMillis() >= 1 && pause.toMillis() <= 60_000)
                .orElseThrow(() -> new InvalidSettingException("gap", gapText, "from 1ms to 60s"));
        return new Framing(
                kind,
                options.containsKey("start") ? bytes(options, "start") : "",
                kind == Kind.DELIMITER ? bytes(options, "delimiter") : LINE_END,
                kind == Kind.LENGTH ? length(options, most) : new LengthField(0, 0, false, 0),
                (int) most,
                gap,
                checksum);
    }

    private static LengthField length(Map<String, String> options, long max) throws InvalidSettingException {
        String text = options.getOrDefault("length", "");
        try {
            LengthField field = LengthField.parse(text);
            if (field.needs() > max || field.width() == 0 && field.add() > max) {
                throw new InvalidSettingException("length", text, "within max=" + max);
            }
            return field;
        } catch (IllegalArgumentException none) {
            throw new InvalidSettingException("length", text, LengthField.EXPECTED);
        }
    }

    private static String bytes(Map<String, String> options, String key) throws InvalidSettingException {
        String text = options.getOrDefault(key, "");
        try {
            return new String(Escapes.bytes(text, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSettingException(key, text, Escapes.EXPECTED);
        }
    }

    private static void only(Map<String, String> options, String key, boolean useful) throws InvalidSettingException {
        if (!useful && options.containsKey(key)) {
            throw new InvalidSettingException(
                    key, options.get(key), "nothing, with frame=" + options.getOrDefault("frame", "line"));
        }
    }

    private static <E extends Enum<E>> E word(String key, String value, E[] all) throws InvalidSettingException {
        return Arrays.stream(all)
                .filter(one -> label(one).equals(value))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        key, value, Arrays.stream(all).map(Framing::label).collect(Collectors.joining(", "))));
    }

    private static String label(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    byte[] startBytes() {
        return start.getBytes(StandardCharsets.ISO_8859_1);
    }

    byte[] delimiterBytes() {
        return delimiter.getBytes(StandardCharsets.ISO_8859_1);
    }
}
