package org.headgate.uplink.api;

/**
 * Where the messages of a stream go by an uplink's settings.
 *
 * @param topic the topic, complete
 * @param qos 0 to 2
 * @param retain whether the server keeps the last one
 */
public record Route(String topic, int qos, boolean retain) {
    /** A message that goes there. */
    public Message message(byte[] payload, String contentType) {
        return Message.of(topic, payload, contentType).as(qos, retain);
    }
}
