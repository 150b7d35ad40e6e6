package org.headgate.mqtt.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of an HTTP answer (RFC 9112, 4): what comes before the tunnel or the web socket begins. Not a byte more is read.
 *
 * @param status its number, for example 101
 * @param line its first line, for messages
 * @param fields its fields, names in small letters
 */
record HttpHead(int status, String line, Map<String, String> fields) {
    private static final int LONGEST = 16 << 10;
    private static final int LONGEST_LINE = 200;

    static HttpHead read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n", text.length() - 4) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            text.append((char) next);
            if (text.length() == 5 && !text.toString().equals("HTTP/") || text.length() > LONGEST) {
                throw new Told("what answers does not speak HTTP");
            }
        }
        // Nothing but ends of lines has a first line, too.
        String[] lines = text.toString().split("\r\n", -1);
        String first = lines[0].replaceAll("\\p{Cntrl}", " ");
        String[] words = first.split(" ", 3);
        if (words.length < 2 || !words[1].matches("[1-5][0-9][0-9]")) {
            throw new Told("what answers does not speak HTTP");
        }
        Map<String, String> fields = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                fields.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        String shown = first.length() > LONGEST_LINE ? first.substring(0, LONGEST_LINE) : first;
        return new HttpHead(Integer.parseInt(words[1]), shown.substring(shown.indexOf(' ') + 1), fields);
    }

    static byte[] bytes(String... lines) {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
