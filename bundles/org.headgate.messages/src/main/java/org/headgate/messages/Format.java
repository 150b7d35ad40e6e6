package org.headgate.messages;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes a message apart. Stateless. */
interface Format {
    /**
     * What a message says, instant by instant, in its order.
     *
     * @param now when it came, in nanoseconds since the epoch
     */
    List<Instant> read(byte[] message, int offset, int length, long now) throws MessageException;

    /** The text of bytes in UTF-8, without the mark that some put before it. */
    static String text(byte[] message, int offset, int length) throws MessageException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message, offset, length))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException none) {
            throw new MessageException("no text in UTF-8");
        }
    }

    /** What a reader says of what strangers sent, so that it stands in one line. */
    static String line(IllegalArgumentException wrong) {
        String text = wrong.getMessage().replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        return text.length() > 160 ? text.substring(0, 160) + "..." : text;
    }
}
