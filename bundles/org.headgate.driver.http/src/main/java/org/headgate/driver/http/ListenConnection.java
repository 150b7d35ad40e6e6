package org.headgate.driver.http;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.messages.MessageEncoder;
import org.headgate.messages.MessageIntake;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/** A device that comes to us: what it posts is reported, and what is written goes to its web sockets. */
final class ListenConnection implements Connection, Recipient {
    private static final int MOST_AT_ONCE = 8;
    private static final int MOST_SOCKETS = 4;
    private static final String NONE = "none of the device's channels is in the message";

    private final ListenSettings settings;
    private final Inbox inbox;
    private final Clock clock;
    private final MessageIntake intake;
    private final Pace pace;
    private final AtomicInteger atOnce = new AtomicInteger();
    private final Deque<DeviceSocket> sockets = new ArrayDeque<>();
    private boolean closed;

    ListenConnection(ListenSettings settings, List<Channel> channels, String token, Inbox inbox, Clock clock) {
        this.settings = settings;
        this.inbox = inbox;
        this.clock = clock;
        this.intake = new MessageIntake(settings.decoder(), Keys.inMessages(channels), clock::monotonicNanos);
        this.pace = new Pace(settings.rate(), clock);
        inbox.put(settings.device(), token, this);
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        synchronized (sockets) {
            if (closed) {
                throw new IOException("closed");
            }
        }
        intake.read(channels, into);
        new Counters(intake.messages(), intake.refused(), 0).read(channels, into);
    }

    @Override
    public List<Channel> subscribe(List<Channel> channels, Reports into) {
        intake.report(channels, into);
        return channels.stream().filter(channel -> !Counters.isCounter(channel)).toList();
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        MessageEncoder encoder = settings.writes().get(channel.name());
        if (encoder == null) {
            throw new IOException(channel.name() + " cannot be written");
        }
        List<DeviceSocket> all;
        synchronized (sockets) {
            all = new ArrayList<>(sockets);
        }
        if (all.isEmpty()) {
            throw new IOException("not connected by a web socket: nothing can be sent to it");
        }
        // The newest is the device's own; older ones are what it has left behind.
        all.get(0).send(encoder.encode(value), Deadline.within(settings.timeout(), clock));
    }

    @Override
    public int longest() {
        return settings.decoder().longest();
    }

    @Override
    public boolean begins() {
        if (atOnce.incrementAndGet() <= MOST_AT_ONCE && pace.allows()) {
            return true;
        }
        atOnce.decrementAndGet();
        refused(Verdict.TOO_MANY.line());
        return false;
    }

    @Override
    public void ended() {
        atOnce.decrementAndGet();
    }

    @Override
    public Verdict take(byte[] message, int length) {
        synchronized (sockets) {
            if (closed) {
                return Verdict.CLOSED;
            }
        }
        synchronized (intake) {
            if (intake.isFull()) {
                // It is being opened: who comes again finds somebody who takes what it brings.
                intake.refuse(Verdict.CLOSED.line());
                return Verdict.CLOSED;
            }
            long before = intake.rows();
            String wrong = intake.message(message, 0, length, clock.epochNanos());
            if (wrong.isEmpty() && intake.rows() == before) {
                // A heartbeat between good posts is no failure of the channels.
                intake.count(NONE);
                return Verdict.refused(NONE);
            }
            return wrong.isEmpty() ? Verdict.TAKEN : Verdict.refused(wrong);
        }
    }

    @Override
    public void refused(String why) {
        intake.refuse(why);
    }

    @Override
    public DeviceSocket connected(DeviceSocket socket) {
        synchronized (sockets) {
            if (closed) {
                return socket;
            }
            sockets.addFirst(socket);
            return sockets.size() > MOST_SOCKETS ? sockets.removeLast() : null;
        }
    }

    @Override
    public void gone(DeviceSocket socket) {
        synchronized (sockets) {
            sockets.remove(socket);
        }
    }

    @Override
    public void close() {
        inbox.remove(settings.device(), this);
        List<DeviceSocket> all;
        synchronized (sockets) {
            closed = true;
            all = new ArrayList<>(sockets);
            sockets.clear();
        }
        all.forEach(DeviceSocket::goAway);
        intake.end();
    }
}
