package org.headgate.mqtt.client;

import java.nio.charset.StandardCharsets;

/**
 * A message, on its way out or in. What MQTT 3.1.1 has no place for (content type, response topic, correlation) is left out there.
 *
 * @param topic where it is published, without wildcards
 * @param payload its content
 * @param qos 0 to 2
 * @param retain whether the broker keeps it
 * @param contentType what the payload is (MQTT 5, 3.3.2.3.9); empty for nothing
 * @param responseTopic where an answer is wanted (MQTT 5, 3.3.2.3.5); empty for nowhere
 * @param correlation what belongs to the request (MQTT 5, 3.3.2.3.6); empty for nothing
 */
public record Publication(
        String topic,
        byte[] payload,
        int qos,
        boolean retain,
        String contentType,
        String responseTopic,
        byte[] correlation) {
    private static final byte[] NONE = {};
    private static final int MOST_QOS = 2;
    private static final int SEVEN_BITS = 0x7f;

    /** Checks the QoS. */
    public Publication {
        if (qos < 0 || qos > MOST_QOS) {
            throw new IllegalArgumentException("QoS " + qos);
        }
    }

    /** With QoS 1, not kept, without properties. */
    public Publication(String topic, byte[] payload) {
        this(topic, payload, 1, false, "", "", NONE);
    }

    /** How many bytes its packet has in MQTT 5, at most: exactly that many when no alias stands for the topic (3.3). */
    long packetBytes(boolean alias) {
        long properties = (alias ? 3 : 0)
                + property(utf8(contentType))
                + property(utf8(responseTopic))
                + property(correlation.length);
        long remaining = 2L + utf8(topic) + (qos > 0 ? 2 : 0) + sizeOf(properties) + properties + payload.length;
        return 1 + sizeOf(remaining) + remaining;
    }

    /** Identifier, length, content; an empty one is not sent. */
    private static long property(long bytes) {
        return bytes == 0 ? 0 : 3 + bytes;
    }

    /** A Variable Byte Integer: seven bits a byte (1.5.5). */
    private static int sizeOf(long value) {
        int bytes = 1;
        for (long rest = value; rest > SEVEN_BITS; rest >>>= 7) {
            bytes++;
        }
        return bytes;
    }

    private static long utf8(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > SEVEN_BITS) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length();
    }

    @Override
    public String toString() {
        return topic + " (" + payload.length + " bytes)";
    }
}
