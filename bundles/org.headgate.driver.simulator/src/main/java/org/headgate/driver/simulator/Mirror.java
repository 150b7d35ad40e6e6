package org.headgate.driver.simulator;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/**
 * Stands in for any device: takes channels of every source and type and shows for each a signal that could be its own, of seed, the
 * channel's name, type and unit. What is written is held and read back.
 */
final class Mirror implements Plant {
    private final Signal signal;
    private final Held held = new Held();
    private final Map<String, Span> spans = new HashMap<>();
    private long now;

    Mirror(Signal signal) {
        this.signal = signal;
    }

    @Override
    public List<Channel> channels() {
        return List.of();
    }

    @Override
    public void check(Channel channel) throws InvalidSettingException {
        spans.put(channel.name(), Span.of(channel));
    }

    @Override
    public void advance(long nanos) {
        now = Math.max(now, nanos);
    }

    @Override
    public void read(int index, Channel channel, Readings into) {
        if (!held.show(index, channel, into)) {
            signal.show(channel, spans.getOrDefault(channel.name(), Span.ANY), now, index, into);
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        held.write(channel, value);
    }
}
