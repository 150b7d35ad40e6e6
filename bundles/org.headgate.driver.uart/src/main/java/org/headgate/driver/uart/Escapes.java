package org.headgate.driver.uart;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;

/** Bytes as they stand in a file: {@code READ\r\n}, {@code \x02}, {@code 0x0203}. A blank is {@code \s}, since blanks end a channel's source. */
final class Escapes {
    static final String EXPECTED = "text with \\r \\n \\t \\s \\0 \\\\ \\xHH, or bytes such as 0x0D0A";

    private Escapes() {}

    /**
     * The bytes.
     *
     * @throws IllegalArgumentException when there are none, or an escape is unknown
     */
    static byte[] bytes(String text, Charset charset) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        if (text.startsWith("0x")) {
            return HexFormat.of().parseHex(text, 2, text.length());
        }
        String bare = unquoted(text);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            bytes.writeBytes(plain.toString().getBytes(charset));
            plain.setLength(0);
            char kind = ++i < bare.length() ? bare.charAt(i) : ' ';
            if (kind == 'x' && i + 2 < bare.length()) {
                bytes.write(HexFormat.fromHexDigits(bare, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(single(kind));
            }
        }
        bytes.writeBytes(plain.toString().getBytes(charset));
        return bytes.toByteArray();
    }

    private static int single(char kind) {
        return switch (kind) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 't' -> '\t';
            case 's' -> ' ';
            case '0' -> 0;
            case '\\' -> '\\';
            default -> throw new IllegalArgumentException(EXPECTED);
        };
    }

    /** Quotes around the whole are for shells and eyes. */
    static String unquoted(String text) {
        boolean quoted = text.length() > 2 && text.charAt(0) == '\'' && text.endsWith("'");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
