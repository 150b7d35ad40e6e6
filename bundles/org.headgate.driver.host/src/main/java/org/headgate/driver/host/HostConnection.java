package org.headgate.driver.host;

import java.io.IOException;
import java.util.List;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.host.Measure;
import org.headgate.host.Sampler;

/** This machine as a device: each file is read once for all channels that need it. */
final class HostConnection implements Connection {
    private static final Measure.Group[] GROUPS = Measure.Group.values();

    private final Sampler sampler;
    private volatile boolean closed;

    HostConnection(Sampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        int needed = 0;
        for (int i = 0; i < channels.size(); i++) {
            Source source = Source.of(channels.get(i).source());
            needed |= source == null ? 0 : 1 << source.measure.group().ordinal();
        }
        for (Measure.Group group : GROUPS) {
            if ((needed & 1 << group.ordinal()) != 0) {
                sampler.sample(group);
            }
        }
        for (int i = 0; i < channels.size(); i++) {
            Source source = Source.of(channels.get(i).source());
            if (source == null) {
                into.bad(i, "no such source");
            } else {
                report(source, i, into);
            }
        }
    }

    /** Gives what was read last; a rate of no time at all stays ABSENT. */
    private void report(Source source, int index, Readings into) {
        String problem = sampler.problem(source.measure.group());
        double value = sampler.value(source.measure);
        if (!problem.isEmpty()) {
            into.bad(index, problem);
        } else if (!Double.isNaN(value)) {
            if (source.type == Type.LONG) {
                into.set(index, (long) value); // Exact up to 2^53 bytes, 9 PB.
            } else {
                into.set(index, value);
            }
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        throw new IOException(channel.source() + " cannot be written");
    }

    @Override
    public void close() {
        closed = true;
        sampler.close();
    }
}
