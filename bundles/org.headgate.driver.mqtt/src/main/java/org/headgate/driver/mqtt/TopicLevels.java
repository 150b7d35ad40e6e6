package org.headgate.driver.mqtt;

import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;

/** Levels of topics as values. */
final class TopicLevels {
    private TopicLevels() {}

    static void set(Channel channel, String text, int index, Readings into) {
        if (channel.type() == Type.STRING || channel.type() == Type.ANY) {
            into.set(index, (Object) text);
            return;
        }
        try {
            into.set(index, Double.parseDouble(text));
        } catch (NumberFormatException none) {
            into.bad(index, "the level of the topic is no number");
        }
    }
}
