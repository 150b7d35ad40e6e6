package org.headgate.driver.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one answer (RFC 9112): its head and its body, both bounded. Everything that two readers could understand differently is refused. */
final class AnswerReader {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([01]) ([1-5]\\d\\d)(?: (.*))?");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})[ \\t]*(?:;.*)?");
    private static final int LONGEST_LINE = 8 << 10;
    private static final int MOST_FIELDS = 100;
    private static final int MOST_INTERIM = 8;
    private static final int FIRST = 2 << 10;
    private static final int HEX = 16;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final InputStream in;
    private final int most;
    private final byte[] line = new byte[LONGEST_LINE];
    private byte[] body = new byte[0];
    private int length;

    private AnswerReader(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /**
     * Reads an answer to a request that may have a body.
     *
     * @param in buffered, since it is read byte by byte
     * @param most how long the body may be
     * @throws TooLongException when it is longer
     * @throws EOFException without a message when not a byte came
     */
    static Answer read(InputStream in, int most) throws IOException {
        return new AnswerReader(in, most).answer();
    }

    private Answer answer() throws IOException {
        for (int i = 0; i < MOST_INTERIM; i++) {
            Matcher status = STATUS.matcher(line(i == 0));
            if (!status.matches()) {
                throw noHttp();
            }
            int code = Integer.parseInt(status.group(2));
            Map<String, String> fields = fields();
            if (code >= OK) {
                boolean delimited = body(code, fields);
                boolean close = has(fields.getOrDefault("connection", ""), "close")
                        || status.group(1).equals("0");
                String reason = status.group(3) == null ? "" : printable(status.group(3));
                return new Answer(code, reason, fields, Arrays.copyOf(body, length), delimited && !close);
            }
        }
        throw noHttp();
    }

    /** Reads the body (RFC 9112, 6.3); whether its end is known other than by the connection's. */
    private boolean body(int code, Map<String, String> fields) throws IOException {
        if (code == NO_CONTENT || code == NOT_MODIFIED) {
            return true;
        }
        String coding = fields.get("transfer-encoding");
        String said = fields.get("content-length");
        if (coding != null) {
            if (said != null || !coding.equalsIgnoreCase("chunked")) {
                throw new IOException("an answer with Transfer-Encoding " + printable(coding) + ": not understood");
            }
            chunks();
        } else if (said != null) {
            if (!said.matches("\\d{1,18}")) {
                throw new IOException("an answer with Content-Length " + printable(said) + ": not understood");
            }
            take(Long.parseLong(said));
        } else {
            toTheEnd();
        }
        String content = fields.getOrDefault("content-encoding", "identity");
        if (!content.equalsIgnoreCase("identity")) {
            throw new IOException(
                    "the answer is compressed (" + printable(content) + "), although that was not asked for");
        }
        return coding != null || said != null;
    }

    private void chunks() throws IOException {
        while (true) {
            Matcher size = CHUNK.matcher(line(false));
            if (!size.matches()) {
                throw noHttp();
            }
            long count = Long.parseLong(size.group(1), HEX);
            if (count == 0) {
                fields();
                return;
            }
            take(count);
            if (!line(false).isEmpty()) {
                throw noHttp();
            }
        }
    }

    private void take(long count) throws IOException {
        if (length + count > most) {
            throw new TooLongException(most);
        }
        room((int) count);
        if (in.readNBytes(body, length, (int) count) < count) {
            throw new EOFException("the answer ends in the middle");
        }
        length += (int) count;
    }

    private void toTheEnd() throws IOException {
        while (true) {
            room(length == most ? 1 : Math.min(FIRST, most - length));
            int count = in.read(body, length, body.length - length);
            if (count < 0) {
                return;
            }
            length += count;
            if (length > most) {
                throw new TooLongException(most);
            }
        }
    }

    private void room(int count) {
        if (body.length < length + count) {
            body = Arrays.copyOf(body, Math.max(length + count, Math.min(most, 2 * body.length)));
        }
    }

    private Map<String, String> fields() throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < MOST_FIELDS; i++) {
            String text = line(false);
            if (text.isEmpty()) {
                return fields;
            }
            Matcher field = FIELD.matcher(text);
            if (!field.matches()) {
                throw noHttp();
            }
            String name = field.group(1).toLowerCase(Locale.ROOT);
            String before = fields.get(name);
            if (before != null && name.equals("content-length") && !before.equals(field.group(2))) {
                throw noHttp();
            }
            boolean once = before == null || name.equals("content-length");
            fields.put(name, once ? field.group(2) : before + ", " + field.group(2));
        }
        throw new IOException("an answer with more than " + MOST_FIELDS + " header fields");
    }

    private String line(boolean first) throws IOException {
        int count = 0;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw first && count == 0 ? new EOFException() : new EOFException("the answer ends in the middle");
            }
            if (count == line.length) {
                throw noHttp();
            }
            line[count++] = (byte) b;
        }
        return new String(
                line, 0, count > 0 && line[count - 1] == '\r' ? count - 1 : count, StandardCharsets.ISO_8859_1);
    }

    private static boolean has(String list, String word) {
        return Arrays.stream(list.split(",")).anyMatch(part -> part.strip().equalsIgnoreCase(word));
    }

    private static IOException noHttp() {
        return new IOException("what answers does not speak HTTP: is this the right port?");
    }

    private static String printable(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() > 60 ? clean.substring(0, 60) + "..." : clean;
    }
}
