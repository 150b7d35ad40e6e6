package org.headgate.driver.mqtt;

import java.util.List;
import java.util.Optional;
import org.headgate.device.api.Channel;
import org.headgate.messages.MessageDecoder;

/**
 * Where messages come, and what is found in them.
 *
 * @param filter the topics
 * @param decoder finds the values, numbered as the device's channels are; empty where nothing is looked for in the messages themselves
 * @param others channels of the topic and of counters, each with its number
 */
record Topic(TopicFilter filter, Optional<MessageDecoder> decoder, List<Other> others) {
    /** A channel whose value is not in the message. */
    record Other(int number, Channel channel, Source source) {}
}
