package org.headgate.messages;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;

/**
 * What comes to a device that sends by itself: decodes each message into reports, keeps the last value of each channel for who reads, and
 * counts what is wrong. A message that is refused makes the device's channels BAD with the reason, at most once a second, so that a flood
 * of garbage is no flood of rows. Thread-safe; a report is made by the thread that brings the message.
 */
public final class MessageIntake {
    private static final int MOST_EARLY = 64;
    /** With those of the message that came last: 16 MiB of CSV are millions of rows. */
    private static final int MOST_OF_ONE = 1_000;

    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final MessageDecoder decoder;
    private final List<String> names;
    private final LongSupplier monotonicNanos;
    private final Recorded last;
    /** What came before somebody took it. */
    private final Deque<Recorded> early = new ArrayDeque<>();

    /** Whether somebody reads, with or without taking reports. */
    private boolean isRead;

    private Reports reports;
    /** The number of each channel in the reports; -1 where it has none. */
    private int[] places;

    private long messages;
    private long rows;
    private long refused;
    private long dropped;
    private long saidNanos;
    private boolean ended;

    /**
     * An intake.
     *
     * @param channels those of the decoder, in its order
     * @param monotonicNanos what {@code Clock.monotonicNanos} says
     */
    public MessageIntake(MessageDecoder decoder, List<Channel> channels, LongSupplier monotonicNanos) {
        this.decoder = decoder;
        this.names = channels.stream().map(Channel::name).toList();
        this.monotonicNanos = monotonicNanos;
        this.last = new Recorded(names.size());
        this.saidNanos = monotonicNanos.getAsLong() - PAUSE_NANOS;
    }

    /** From now on what comes is reported, its values numbered by this list; rows that came before, and were kept, are first. */
    public synchronized void report(List<Channel> request, Reports into) {
        List<String> requested = request.stream().map(Channel::name).toList();
        places = names.stream().mapToInt(requested::indexOf).toArray();
        reports = into;
        early.forEach(this::give);
        early.clear();
        notifyAll();
    }

    /**
     * Whether so many rows wait for {@link #report} that those of one more message would push out the oldest: 64, or up to 1000 where a
     * single message had more. Who can make the sender wait, or come again, does so.
     */
    public synchronized boolean isFull() {
        return reports == null && early.size() >= MOST_EARLY;
    }

    /** Waits while it {@linkplain #isFull is full}, until somebody takes or reads what came, or the end: for a sender that can wait. */
    public synchronized void awaitRoom() throws InterruptedException {
        while (!ended && !isRead && isFull()) {
            wait();
        }
    }

    /**
     * A message that came, and when, in nanoseconds since the epoch. Where nobody takes what comes and it {@linkplain #isFull is full},
     * the oldest rows make room, and are counted as {@linkplain #dropped dropped}; so do those of this message that has more than 1000.
     *
     * @return empty when it was taken, else what is wrong with it, in one line
     */
    public synchronized String message(byte[] message, int offset, int length, long nowNanos) {
        messages++;
        // As a whole: the sender is told that its message was taken, and not which of its rows.
        boolean room = !isFull();
        try {
            rows += decoder.decode(message, offset, length, nowNanos, new Reports() {
                @Override
                public void report(Consumer<Readings> values) {
                    take(values, room);
                }

                @Override
                public void failed(IOException why) {
                    throw new IllegalStateException(why);
                }
            });
            return "";
        } catch (MessageException wrong) {
            refuse(wrong.getMessage());
            return wrong.getMessage();
        }
    }

    /** A message, or a part of one, could not be taken, for example because it does not end. */
    public synchronized void refuse(String why) {
        refused++;
        long now = monotonicNanos.getAsLong();
        // No row that was taken makes room for one that only says that another was not.
        if (now - saidNanos >= PAUSE_NANOS && !isFull()) {
            saidNanos = now;
            String counted = why + " (" + refused + " refused)";
            take(readings -> decoder.bad(counted, readings), true);
        }
    }

    /**
     * A message that is none for this device's channels: counted as refused. It says nothing of what others have brought, so the channels
     * are BAD, as by {@link #refuse}, only where no message ever made a row.
     */
    public synchronized void count(String why) {
        if (rows == 0) {
            refuse(why);
        } else {
            refused++;
        }
    }

    /** The device as a whole has no more to say. */
    public synchronized void failed(IOException why) {
        if (!ended && reports != null) {
            reports.failed(why);
        }
    }

    /** The last value of each channel; BAD where nothing came yet. Channels that are not the decoder's are left alone. */
    public synchronized void read(List<Channel> request, Readings into) {
        isRead = true;
        notifyAll();
        for (int i = 0; i < request.size(); i++) {
            int index = names.indexOf(request.get(i).name());
            if (index >= 0 && !last.give(index, i, into)) {
                into.bad(i, "nothing came yet");
            }
        }
    }

    /** Waits until a row or a refusal came, or the end. Whether one came. */
    public synchronized boolean awaitFirst(long nanos) throws InterruptedException {
        long deadline = monotonicNanos.getAsLong() + nanos;
        while (!ended && rows + refused == 0) {
            long left = deadline - monotonicNanos.getAsLong();
            if (left <= 0) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        return rows + refused > 0;
    }

    /** Nothing is reported any more. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** How many messages came. */
    public synchronized long messages() {
        return messages;
    }

    /** How many rows they made. */
    public synchronized long rows() {
        return rows;
    }

    /** How many messages were refused, and rows dropped. */
    public synchronized long refused() {
        return refused + dropped;
    }

    /** How many rows were dropped because nobody took them in time. */
    public synchronized long dropped() {
        return dropped;
    }

    private void take(Consumer<Readings> values, boolean room) {
        Recorded recorded = new Recorded(names.size());
        values.accept(recorded);
        last.update(recorded);
        notifyAll();
        if (reports != null) {
            give(recorded);
            return;
        }
        if (!room || early.size() >= MOST_OF_ONE) {
            early.remove();
            dropped++;
        }
        early.add(recorded);
    }

    private void give(Recorded recorded) {
        if (ended) {
            return;
        }
        reports.report(readings -> {
            for (int i = 0; i < places.length; i++) {
                if (places[i] >= 0) {
                    recorded.give(i, places[i], readings);
                }
            }
            recorded.giveTime(readings);
        });
    }
}
