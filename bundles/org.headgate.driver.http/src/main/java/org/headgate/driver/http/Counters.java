package org.headgate.driver.http;

import java.util.List;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;

/**
 * Channels of the driver's own.
 *
 * @param messages how many messages came
 * @param errors how many were refused, or did not come to their end
 * @param older how many rows of answers were left out, for newer ones of the same answer had all that they have
 */
record Counters(long messages, long errors, long older) {
    /** All of them, as they are configured. */
    static final List<Channel> CHANNELS = List.of(
            Channel.readable("messages", "count/messages", Type.LONG, ""),
            Channel.readable("errors", "count/errors", Type.LONG, ""),
            Channel.readable("older", "count/older", Type.LONG, ""));

    static boolean isCounter(Channel channel) {
        return CHANNELS.stream().anyMatch(counter -> counter.source().equals(channel.source()));
    }

    void read(List<Channel> channels, Readings into) {
        for (int i = 0; i < channels.size(); i++) {
            switch (channels.get(i).source()) {
                case "count/messages" -> into.set(i, messages);
                case "count/errors" -> into.set(i, errors);
                case "count/older" -> into.set(i, older);
                default -> {
                    // A value of a message.
                }
            }
        }
    }
}
