package org.headgate.uplink.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.RemoteCommands;

/** An answer of a text, which is cut anywhere. */
record FakeReply(String topic, byte[] text) implements RemoteCommands.Reply {
    @Override
    public Message within(long bytes) {
        return Message.of(topic, Arrays.copyOf(text, (int) Math.min(text.length, bytes - topic.length())), "");
    }

    @Override
    public Message insteadOf(String why) {
        return Message.of(topic, why.getBytes(StandardCharsets.UTF_8), "");
    }
}
