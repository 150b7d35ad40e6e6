package org.headgate.driver.mqtt;

import org.headgate.messages.MessageEncoder;
import org.headgate.mqtt.client.Publication;

/**
 * How a channel is written.
 *
 * @param topic where to
 * @param encoder makes the message
 * @param retain whether the broker keeps it
 */
record Write(String topic, MessageEncoder encoder, boolean retain) {
    Publication publication(Object value) {
        return new Publication(topic, encoder.encode(value), 1, retain, "", "", new byte[0]);
    }
}
