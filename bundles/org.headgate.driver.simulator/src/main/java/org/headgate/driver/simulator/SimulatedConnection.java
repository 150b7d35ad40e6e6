package org.headgate.driver.simulator;

import java.io.IOException;
import java.util.List;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.system.api.Clock;

/** A plant as a device: switched on by opening it, off by closing it. */
final class SimulatedConnection implements Connection {
    private final Plant plant;
    private final Clock clock;
    private final long start;
    private volatile boolean closed;

    SimulatedConnection(Plant plant, Clock clock) {
        this.plant = plant;
        this.clock = clock;
        this.start = clock.monotonicNanos();
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        advance();
        for (int i = 0; i < channels.size(); i++) {
            Channel channel = channels.get(i);
            double value = plant.value(channel.source());
            if (Double.isNaN(value)) {
                into.bad(i, "no such source");
            } else if (channel.type() == Type.BOOLEAN) {
                into.set(i, value != 0);
            } else {
                into.set(i, value);
            }
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        advance();
        boolean writable = plant.channels().stream()
                .anyMatch(own ->
                        own.source().equals(channel.source()) && own.access().canWrite());
        if (!writable) {
            throw new IOException(channel.source() + " cannot be written");
        }
        if (!(value instanceof Boolean || value instanceof Number)
                || value instanceof Boolean && !channel.source().equals("pump")) {
            throw new IOException(channel.source() + " does not take " + value);
        }
        plant.write(channel.source(), value);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void advance() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        plant.advance(clock.monotonicNanos() - start);
    }
}
