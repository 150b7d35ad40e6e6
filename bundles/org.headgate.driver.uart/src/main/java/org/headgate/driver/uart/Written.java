package org.headgate.driver.uart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;

/** What is sent for a value: the template with the value in place of {@code {}}. */
final class Written {
    private static final String PLACE = "{}";

    private Written() {}

    /**
     * The bytes.
     *
     * @throws IOException when the value could be taken for more than a value: a text with an end of line would be a command of its own
     */
    static byte[] bytes(String template, Object value, Charset charset) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] inner = value(value, charset);
        int from = 0;
        for (int at = template.indexOf(PLACE); at >= 0; at = template.indexOf(PLACE, from)) {
            append(all, template.substring(from, at), charset);
            all.writeBytes(inner);
            from = at + PLACE.length();
        }
        append(all, template.substring(from), charset);
        return all.toByteArray();
    }

    private static void append(ByteArrayOutputStream all, String text, Charset charset) {
        if (!text.isEmpty()) {
            all.writeBytes(Escapes.bytes(text, charset));
        }
    }

    private static byte[] value(Object value, Charset charset) throws IOException {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        String text = switch (value.getClass().getSimpleName()) {
            case "Boolean" -> (Boolean) value ? "1" : "0";
            case "Double" ->
                new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IOException("a text with control characters is not sent");
        }
        return text.getBytes(charset);
    }
}
