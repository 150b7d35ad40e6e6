package org.headgate.driver.uart;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a frame says how long it is: {@code 2:uint16be+4} is a length in the bytes 2 and 3, the higher first, and the whole frame has
 * 4 bytes more than that. A number alone is a length that never changes.
 *
 * @param offset where the field is in the frame, from 0
 * @param width how many bytes it has; 0 for a length that never changes
 * @param little whether the lower byte is first
 * @param add what is added to its value for the length of the whole frame
 */
record LengthField(int offset, int width, boolean little, int add) {
    static final String EXPECTED =
            "a number of bytes such as 8, or a field such as 2:uint16be+4: offset, uint8|uint16be|uint16le, what to add";

    private static final Pattern FIELD = Pattern.compile("([0-9]{1,4}):uint(8|16be|16le)([+-][0-9]{1,4})?");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none
     */
    static LengthField parse(String text) {
        if (text.matches("[1-9][0-9]{0,4}")) {
            return new LengthField(0, 0, false, Integer.parseInt(text));
        }
        Matcher field = FIELD.matcher(text);
        if (!field.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        int add = field.group(3) == null ? 0 : Integer.parseInt(field.group(3));
        return new LengthField(
                Integer.parseInt(field.group(1)),
                field.group(2).equals("8") ? 1 : 2,
                field.group(2).endsWith("le"),
                add);
    }

    /** How many bytes a frame must have to say its length. */
    int needs() {
        return offset + width;
    }

    /** How long the frame says it is; anything at all in a damaged one. */
    int of(byte[] frame) {
        return switch (width) {
            case 0 -> add;
            case 1 -> (frame[offset] & 0xFF) + add;
            default -> {
                int first = frame[offset] & 0xFF;
                int second = frame[offset + 1] & 0xFF;
                yield (little ? second << 8 | first : first << 8 | second) + add;
            }
        };
    }
}
