package org.headgate.driver.uart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.system.api.Deadline;

/** A device on a line: asks for what has a request, and reports the rest as it comes. */
final class UartConnection implements Connection, FrameListener {
    private final Setup setup;
    private final Lines lines;
    private final Line line;
    private final Asker asker;
    /** The last frame for each channel that comes by itself. */
    private final Map<String, Frame> last = new ConcurrentHashMap<>();
    /** Guards what a report meets: after {@code close} there is none. */
    private final Object reporting = new Object();

    private Reports reports;
    private List<Setup.Plan> reported = List.of();
    private List<Integer> places = List.of();
    private volatile boolean closed;

    UartConnection(Setup setup, Lines lines) throws IOException {
        this.setup = setup;
        this.lines = lines;
        this.line = lines.take(setup);
        this.asker = new Asker(setup, line);
        line.listen(this);
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        check();
        Deadline deadline = Deadline.within(setup.timeout(), line.clock());
        Map<String, List<Integer>> asked = new LinkedHashMap<>();
        for (int i = 0; i < channels.size(); i++) {
            Setup.Plan plan = plan(channels.get(i));
            if (plan.source() instanceof Source.Count count) {
                into.set(i, count.errors() ? line.errors() : line.frames());
            } else if (plan.source() instanceof Source.Write) {
                into.bad(i, "can only be written");
            } else if (plan.isUnsolicited()) {
                Frame frame = last.get(plan.channel().name());
                if (frame == null) {
                    into.bad(i, "nothing came yet");
                } else {
                    plan.source().set(plan.channel(), frame, i, into);
                }
            } else {
                asked.computeIfAbsent(
                                new String(plan.request(), StandardCharsets.ISO_8859_1), request -> new ArrayList<>())
                        .add(i);
            }
        }
        for (List<Integer> group : asked.values()) {
            List<Setup.Plan> plans = new ArrayList<>();
            for (int i : group) {
                plans.add(plan(channels.get(i)));
            }
            // Whatever begins as one of the channels wants is the answer; what is in it shows then.
            Frame answer = asker.ask(
                    plans.get(0).request(),
                    frame -> plans.stream().anyMatch(plan -> frame.text().startsWith(plan.match())),
                    deadline);
            for (int i = 0; i < group.size(); i++) {
                Setup.Plan plan = plans.get(i);
                if (answer.text().startsWith(plan.match())) {
                    plan.source().set(plan.channel(), answer, group.get(i), into);
                } else {
                    into.bad(group.get(i), "the answer is: " + Values.printable(answer.text()));
                }
            }
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        check();
        if (!(plan(channel).source() instanceof Source.Write write)) {
            throw new IOException(channel.source() + " cannot be written");
        }
        Deadline deadline = Deadline.within(setup.timeout(), line.clock());
        byte[] bytes = Written.bytes(write.template(), value, setup.charset());
        String confirm = channel.options().getOrDefault("confirm", "");
        if (confirm.isEmpty()) {
            asker.tell(bytes, deadline);
        } else {
            confirmed(channel, bytes, new String(Escapes.bytes(confirm, setup.charset()), setup.charset()), deadline);
        }
    }

    /** Other frames may come before: an echo, or what the device says by itself. */
    private void confirmed(Channel channel, byte[] bytes, String begins, Deadline deadline) throws IOException {
        AtomicReference<String> instead = new AtomicReference<>("");
        try {
            asker.ask(
                    bytes,
                    frame -> {
                        boolean confirms = frame.text().startsWith(begins);
                        instead.set(frame.text());
                        return confirms;
                    },
                    deadline);
        } catch (IOException failed) {
            check();
            throw instead.get().isEmpty()
                    ? failed
                    : new IOException(channel.name() + " is not confirmed, what came instead: "
                            + Values.printable(instead.get()));
        }
    }

    @Override
    public List<Channel> subscribe(List<Channel> channels, Reports into) throws IOException {
        check();
        List<Integer> where = new ArrayList<>();
        List<Setup.Plan> plans = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            Setup.Plan plan = plan(channels.get(i));
            if (plan.isUnsolicited()) {
                where.add(i);
                plans.add(plan);
            }
        }
        synchronized (reporting) {
            places = List.copyOf(where);
            reported = List.copyOf(plans);
            reports = into;
        }
        check();
        return plans.stream().map(Setup.Plan::channel).toList();
    }

    @Override
    public boolean frame(byte[] content, long epochNanos) {
        Frame frame = Frame.of(content, setup.charset(), setup.separator(), epochNanos);
        boolean wanted = asker.isAnswer(frame);
        for (Setup.Plan plan : setup.plans().values()) {
            if (plan.isUnsolicited() && plan.isIn(frame)) {
                last.put(plan.channel().name(), frame);
                wanted = true;
            }
        }
        synchronized (reporting) {
            if (!closed && reports != null && reported.stream().anyMatch(plan -> plan.isIn(frame))) {
                reports.report(readings -> report(frame, readings));
            }
        }
        return wanted;
    }

    private void report(Frame frame, Readings readings) {
        for (int i = 0; i < reported.size(); i++) {
            Setup.Plan plan = reported.get(i);
            if (plan.isIn(frame)) {
                plan.source().set(plan.channel(), frame, places.get(i), readings);
            }
        }
        readings.time(frame.epochNanos());
    }

    @Override
    public void failed(IOException why) {
        asker.end(why);
        synchronized (reporting) {
            if (!closed && reports != null) {
                reports.failed(new IOException(why.getMessage()));
            }
        }
    }

    @Override
    public void close() {
        synchronized (reporting) {
            if (closed) {
                return;
            }
            closed = true;
        }
        asker.end(new IOException("closed"));
        line.forget(this);
        lines.release(setup, line);
    }

    private Setup.Plan plan(Channel channel) throws IOException {
        Setup.Plan plan = setup.plans().get(channel.name());
        if (plan == null) {
            throw new IOException("no channel " + channel.name());
        }
        return plan;
    }

    private void check() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        line.check();
    }
}
