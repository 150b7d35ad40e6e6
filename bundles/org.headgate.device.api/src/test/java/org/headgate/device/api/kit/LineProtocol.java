package org.headgate.device.api.kit;

import java.io.IOException;

/** A protocol as small as can be and with all that matters: a line of text, a star, its checksum in hex, a line feed. */
final class LineProtocol {
    private LineProtocol() {}

    static String frame(String text) {
        return text + "*" + String.format("%04x", checksum(text)) + "\n";
    }

    /** The text of a line without its line feed. */
    static String text(String line) throws IOException {
        int star = line.lastIndexOf('*');
        if (star < 0 || !line.equals(frame(line.substring(0, star)).stripTrailing())) {
            throw new IOException("the checksum of an answer is wrong");
        }
        return line.substring(0, star);
    }

    private static int checksum(String text) {
        return text.hashCode() & 0xFFFF;
    }
}
