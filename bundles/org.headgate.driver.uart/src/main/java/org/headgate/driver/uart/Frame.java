package org.headgate.driver.uart;

import java.nio.charset.Charset;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One frame, without what marked its ends and without its checksum.
 *
 * @param bytes its content; not to be changed
 * @param text the same as text
 * @param fields the text, cut at the separators
 * @param epochNanos when its last byte was taken
 */
record Frame(byte[] bytes, String text, List<String> fields, long epochNanos) {
    static Frame of(byte[] bytes, Charset charset, String separator, long epochNanos) {
        String text = new String(bytes, charset);
        return new Frame(bytes, text, List.of(text.split(Pattern.quote(separator), -1)), epochNanos);
    }
}
