package org.headgate.driver.mqtt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.messages.Recorded;
import org.headgate.system.api.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's side of a device: keeps the last value of each channel for who reads, and reports what comes. Thread-safe; never calls anybody
 * but the runtime while it is locked.
 */
final class Intake {
    private static final String NOTHING = "nothing came yet";
    private static final String CROWDED = "came with more than 1000 others at once: its time is not known";
    /** So many rows wait until somebody takes them. */
    static final int MOST_EARLY = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(MqttDriver.class);

    private final String device;
    private final List<String> names;
    private final Recorded last;
    /** Fails when the connection ends. */
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** What came before it could be reported: what the broker has kept comes with the subscription, and only once. */
    private final List<Consumer<Reports>> early = new ArrayList<>();

    private long dropped;
    /** Whether there was no room for something. */
    private boolean full;

    private Reports reports;
    private int[] places = {};
    private String over = "";
    /** Why no channel has a value, whatever came before; empty for nothing. */
    private String bad = "";
    /** Whether that is because the device is not there. */
    private boolean gone;

    private long heard;

    Intake(String device, List<Channel> channels) {
        this.device = device;
        names = channels.stream().map(Channel::name).toList();
        last = new Recorded(names.size());
    }

    int size() {
        return names.size();
    }

    CompletableFuture<Void> end() {
        return end;
    }

    synchronized void check() throws IOException {
        if (!over.isEmpty()) {
            throw new IOException(over);
        }
    }

    /** From now on what comes is reported, its values numbered by this list. */
    synchronized void report(List<Channel> request, Reports into) {
        List<String> requested = request.stream().map(Channel::name).toList();
        places = names.stream().mapToInt(requested::indexOf).toArray();
        reports = into;
        early.forEach(message -> message.accept(into));
        early.clear();
        if (full) {
            tellWhatCounts();
            LOG.warn(
                    "{}: {} rows were dropped that came before they could be taken: does topic name more than one device?",
                    device,
                    dropped);
        }
    }

    /** Where not all could be told: the broker says nothing again of what it has kept. */
    private void tellWhatCounts() {
        if (gone) {
            reports.offline(bad);
        } else {
            Recorded now = bad.isEmpty() ? old(CROWDED) : all(bad);
            reports.report(readings -> give(now, readings));
        }
    }

    /** How many rows there was no room for. */
    synchronized long dropped() {
        return dropped;
    }

    /** Values of one instant, numbered as the device's channels are. */
    synchronized void take(Recorded values) {
        pass(values, true);
    }

    /** Values that are no current ones. */
    synchronized void takeHistory(Recorded values) {
        pass(values, false);
    }

    /** Something came, though it may have had no value. */
    synchronized void hear() {
        heard++;
        notifyAll();
    }

    /** The device is not there, and no channel has a value any more. */
    synchronized void offline(String why) {
        if (!gone || !bad.equals(why)) {
            bad = why;
            gone = true;
            tell(into -> into.offline(why));
        }
    }

    /** The device says nothing; of one that is known to be gone that is no news. */
    synchronized void silent(String why) {
        if (!gone) {
            offline(why);
        }
    }

    /** No channel has a value any more, though the device is there. */
    synchronized void allBad(String why) {
        if (bad.equals(why)) {
            return;
        }
        pass(all(why), false);
        bad = why;
        gone = false;
    }

    private Recorded all(String why) {
        Recorded none = new Recorded(names.size());
        for (int i = 0; i < names.size(); i++) {
            none.bad(i, why);
        }
        return none;
    }

    /** The last values count again, but for that they are old. */
    synchronized void allUncertain(String why) {
        if (bad.isEmpty()) {
            return;
        }
        bad = "";
        gone = false;
        pass(old(why), false);
    }

    private Recorded old(String why) {
        Recorded old = new Recorded(names.size());
        for (int i = 0; i < names.size(); i++) {
            if (last.give(i, i, old)) {
                old.uncertain(i, why);
            } else {
                old.bad(i, NOTHING);
            }
        }
        return old;
    }

    private void pass(Recorded values, boolean current) {
        if (current) {
            bad = "";
            gone = false;
            last.update(values);
        }
        if (!tell(into -> into.report(readings -> give(values, readings)))) {
            dropped++;
        }
    }

    /** Whether it was told, or will be. */
    private boolean tell(Consumer<Reports> message) {
        notifyAll();
        if (!over.isEmpty()) {
            return true;
        }
        if (reports != null) {
            message.accept(reports);
        } else if (early.size() < MOST_EARLY) {
            early.add(message);
        } else {
            full = true;
            return false;
        }
        return true;
    }

    private void give(Recorded values, Readings into) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0) {
                values.give(i, places[i], into);
            }
        }
        values.giveTime(into);
    }

    /** Gives the last values; waits a while for those that there are none of. */
    synchronized void read(List<Channel> request, Readings into, Deadline deadline) throws IOException {
        awaiting(deadline, () -> bad.isEmpty() && !hasAll(request));
        for (int i = 0; i < request.size(); i++) {
            int index = names.indexOf(request.get(i).name());
            if (!bad.isEmpty()) {
                into.bad(i, bad);
            } else if (index < 0 || !last.give(index, i, into)) {
                into.bad(i, NOTHING);
            }
        }
    }

    /** How often something came until now. */
    synchronized long heard() {
        return heard;
    }

    /** Waits until something came after the first so many times. */
    synchronized void awaitMore(long before, Deadline deadline) throws IOException {
        awaiting(deadline, () -> heard == before);
    }

    private interface Condition {
        boolean holds();
    }

    private void awaiting(Deadline deadline, Condition waiting) throws IOException {
        try {
            check();
            while (waiting.holds() && deadline.leftNanos() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, deadline.leftNanos()));
                check();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }

    private boolean hasAll(List<Channel> request) {
        Recorded nowhere = new Recorded(Math.max(1, request.size()));
        for (Channel channel : request) {
            int index = names.indexOf(channel.name());
            if (index >= 0 && !last.give(index, 0, nowhere)) {
                return false;
            }
        }
        return true;
    }

    /** The broker is gone: the device cannot be heard any more. */
    void fail(String why) {
        synchronized (this) {
            if (!over.isEmpty()) {
                return;
            }
            over = why;
            notifyAll();
            if (reports != null) {
                reports.failed(new IOException(why));
            }
        }
        end.completeExceptionally(new IOException(why));
    }

    /** Nothing is reported any more; whether this was the first time. */
    boolean close() {
        boolean first;
        synchronized (this) {
            first = !over.equals("closed");
            over = "closed";
            reports = null;
            notifyAll();
        }
        end.completeExceptionally(new IOException("closed"));
        return first;
    }
}
