package org.headgate.driver.mqtt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.device.api.Channel;
import org.headgate.messages.Recorded;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.Publication;
import org.headgate.sparkplug.Metric;
import org.headgate.system.api.Deadline;

/** A device of Sparkplug: its channels are metrics. */
final class MetricFeed implements Feed, Subscriber, EdgeNode.Member {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LATEST_MILLIS = Long.MAX_VALUE / NANOS_PER_MILLI;
    private static final long NO_TIME = -1;

    private final Setup setup;
    private final Setup.MetricPlace place;
    private final World world;
    private final Intake intake;
    private final Silence silence;
    private final Map<String, List<Integer>> channels = new LinkedHashMap<>();
    private Broker broker;
    private EdgeNode node;
    private volatile Broker.Lease lease;

    MetricFeed(Setup setup, World world, Intake intake) {
        this.setup = setup;
        this.place = setup.metrics().orElseThrow();
        this.world = world;
        this.intake = intake;
        this.silence = new Silence(world, setup.silence(), intake);
        for (int i = 0; i < setup.channels().size(); i++) {
            channels.computeIfAbsent(metric(setup.channels().get(i)), any -> new ArrayList<>())
                    .add(i);
        }
    }

    private static String metric(Channel channel) {
        return ((Source.Metric) Source.parse(channel.source()).orElseThrow()).name();
    }

    /** Subscribes, and asks for the births; blocks. */
    void open(Broker from) throws IOException {
        broker = from;
        node = broker.join(place, this);
        try {
            Deadline deadline = Deadline.within(setup.timeout(), world.clock());
            lease = broker.take(List.of(node.filter()), setup.qos(), deadline, this);
        } catch (IOException failed) {
            leave();
            throw failed;
        }
        node.begin(this);
    }

    private void leave() {
        silence.close();
        broker.leave(node, this);
    }

    @Override
    public boolean tell(Publication message) {
        Broker.Lease open = lease;
        return open != null && open.tell(message);
    }

    @Override
    public int longest() {
        // A birth may be long.
        return Math.max(MqttEvents.LONGEST, setup.longest());
    }

    @Override
    public void message(Publication message) {
        node.message(message);
    }

    @Override
    public void skipped(Publication message, long bytes) {
        node.message(message, Optional.of(bytes + " bytes (at most " + longest() + ", message.max)"));
    }

    @Override
    public void born(List<Metric> all, boolean cut) {
        Recorded missing = new Recorded(intake.size());
        channels.forEach((name, indices) -> {
            if (all.stream().noneMatch(metric -> metric.name().equals(name))) {
                String why = cut
                        ? "the edge node has more than " + Births.MOST_METRICS + " metrics: no room for " + name
                        : "the device was born without the metric " + name;
                indices.forEach(i -> missing.bad(i, why));
            }
        });
        intake.take(missing);
        metrics(all);
    }

    @Override
    public void metrics(List<Metric> some) {
        silence.heard();
        Map<Long, List<Metric>> instants = new LinkedHashMap<>();
        for (Metric metric : some) {
            if (channels.containsKey(metric.name())) {
                instants.computeIfAbsent(instant(metric), any -> new ArrayList<>())
                        .add(metric);
            }
        }
        instants.forEach(this::report);
        intake.hear();
    }

    private static long instant(Metric metric) {
        long millis = metric.millis().orElse(NO_TIME);
        return millis > 0 && millis < LATEST_MILLIS ? millis : NO_TIME;
    }

    private void report(long millis, List<Metric> some) {
        Recorded current = new Recorded(intake.size());
        Recorded history = new Recorded(intake.size());
        boolean any = false;
        boolean old = false;
        for (Metric metric : some) {
            for (int i : channels.get(metric.name())) {
                MetricValues.set(setup.channels().get(i), metric, i, metric.historical() ? history : current);
            }
            any |= !metric.historical();
            old |= metric.historical();
        }
        if (millis != NO_TIME) {
            current.time(millis * NANOS_PER_MILLI);
            history.time(millis * NANOS_PER_MILLI);
        }
        if (old) {
            intake.takeHistory(history);
        }
        if (any) {
            intake.take(current);
        }
    }

    @Override
    public void dead(String why) {
        intake.offline(why);
    }

    @Override
    public void stale(String why) {
        intake.allBad(why);
    }

    @Override
    public void lost(String why) {
        intake.fail(why);
    }

    @Override
    public void refresh(Deadline deadline) throws IOException {
        lease.probe(deadline, intake.end());
    }

    @Override
    public void write(Channel channel, Object value, Deadline deadline) throws IOException {
        Optional<Publication> command;
        try {
            command = node.write(place.device(), metric(channel), value);
        } catch (IllegalArgumentException misfit) {
            throw new IOException(channel.name() + ": " + misfit.getMessage(), misfit);
        }
        lease.publish(
                command.orElseThrow(() -> new IOException(
                        "the device was not born with the metric " + metric(channel) + ": nothing was written")),
                deadline,
                intake.end());
    }

    @Override
    public void close() {
        leave();
        lease.close();
    }
}
