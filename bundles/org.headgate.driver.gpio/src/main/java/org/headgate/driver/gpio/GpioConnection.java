package org.headgate.driver.gpio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;

/** The open lines of one device. */
final class GpioConnection implements Connection {
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Line> byChannel = new HashMap<>();
    private final Runnable whenClosed;
    private volatile boolean closed;
    private IOException failure;
    private Reports reports;

    GpioConnection(Runnable whenClosed) {
        this.whenClosed = whenClosed;
    }

    /** Takes a line that was opened; before anybody else knows this connection. */
    void add(Line line, List<LineUse> uses) {
        lines.add(line);
        uses.forEach(use -> byChannel.put(use.channel().name(), line));
    }

    /** A line is of no use any more: neither is the device, until it was opened again. */
    synchronized void failed(IOException why) {
        if (!closed && failure == null) {
            failure = why;
            if (reports != null) {
                reports.failed(why);
            }
        }
    }

    /** Whether somebody must {@link #probe}: inputs say nothing by themselves while nothing happens. */
    boolean hasInputs() {
        return lines.stream().anyMatch(InputLine.class::isInstance);
    }

    /** Fails when a chip is gone. */
    Void probe() throws IOException {
        for (Line line : lines) {
            if (line instanceof InputLine input && !closed) {
                input.probe();
            }
        }
        return null;
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        for (int i = 0; i < channels.size(); i++) {
            line(channels.get(i)).read(channels.get(i), i, into);
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        line(channel).write(channel, value);
    }

    @Override
    public List<Channel> subscribe(List<Channel> channels, Reports into) throws IOException {
        synchronized (this) {
            check();
            reports = into;
        }
        List<Channel> taken = new ArrayList<>();
        for (Line line : lines) {
            if (line instanceof InputLine input) {
                taken.addAll(input.subscribe(channels, into));
            }
        }
        return taken;
    }

    private Line line(Channel channel) throws IOException {
        check();
        Line line = byChannel.get(channel.name());
        if (line == null) {
            throw new IOException("channel " + channel.name() + " is not open");
        }
        return line;
    }

    private synchronized void check() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            reports = null;
        }
        try {
            closeFrom(0);
        } finally {
            whenClosed.run();
        }
    }

    /** Each line is let go, whatever happens to those before it: what stays open is in use for ever. */
    private void closeFrom(int first) {
        if (first < lines.size()) {
            try {
                lines.get(first).close();
            } finally {
                closeFrom(first + 1);
            }
        }
    }
}
