package org.headgate.driver.http;

import java.util.List;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;

/** Channels of the driver's own: how many messages came, and how many of them were refused. */
final class Counters {
    /** Both, as they are configured. */
    static final List<Channel> CHANNELS = List.of(
            Channel.readable("messages", "count/messages", Type.LONG, ""),
            Channel.readable("errors", "count/errors", Type.LONG, ""));

    private Counters() {}

    static boolean isCounter(Channel channel) {
        return isMessages(channel) || channel.source().equals(CHANNELS.get(1).source());
    }

    private static boolean isMessages(Channel channel) {
        return channel.source().equals(CHANNELS.get(0).source());
    }

    static void read(List<Channel> channels, long messages, long errors, Readings into) {
        for (int i = 0; i < channels.size(); i++) {
            if (isCounter(channels.get(i))) {
                into.set(i, isMessages(channels.get(i)) ? messages : errors);
            }
        }
    }
}
