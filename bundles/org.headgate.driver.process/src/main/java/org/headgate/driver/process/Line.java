package org.headgate.driver.process;

import java.io.IOException;
import java.util.Arrays;

/** What is written to a program's standard input. */
final class Line {
    private Line() {}

    /** A message with its end; one that would be two is none. */
    static byte[] of(byte[] message) throws IOException {
        for (byte b : message) {
            if (b == '\n' || b == '\r') {
                throw new IOException("a value with an end of line in it cannot be written as one line");
            }
        }
        byte[] line = Arrays.copyOf(message, message.length + 1);
        line[message.length] = '\n';
        return line;
    }
}
