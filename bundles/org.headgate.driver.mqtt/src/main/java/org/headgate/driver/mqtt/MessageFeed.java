package org.headgate.driver.mqtt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.driver.mqtt.Setup.Kept;
import org.headgate.messages.MessageException;
import org.headgate.messages.Recorded;
import org.headgate.mqtt.client.Publication;
import org.headgate.system.api.Deadline;

/** A device whose values are in messages. */
final class MessageFeed implements Feed, Subscriber {
    private static final long PAUSE_NANOS = 1_000_000_000L;
    /** Of so many topics, the last ones, it is known that something was taken of them. */
    private static final int MOST_KNOWN = 10_000;

    private final Setup setup;
    private final World world;
    private final Intake intake;
    private final Silence silence;
    /** In the order of their last messages; of one that is forgotten what is kept counts anew: twice, rather than never. */
    private final Map<String, Boolean> taken = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    private volatile Broker.Lease lease;

    private boolean offline;
    private long messages;
    private long refused;
    private long saidNanos;

    MessageFeed(Setup setup, World world, Intake intake) {
        this.setup = setup;
        this.world = world;
        this.intake = intake;
        saidNanos = world.clock().monotonicNanos() - PAUSE_NANOS;
        silence = new Silence(world, setup.silence(), intake);
    }

    /** Subscribes; blocks. */
    void open(Broker broker) throws IOException {
        try {
            lease = broker.take(filters(), setup.qos(), Deadline.within(setup.timeout(), world.clock()), this);
        } catch (IOException failed) {
            silence.close();
            throw failed;
        }
    }

    /** All filters but those that others of them cover. */
    List<TopicFilter> filters() {
        List<TopicFilter> all = new ArrayList<>();
        setup.topics().forEach(topic -> all.add(topic.filter()));
        setup.availability().filter(topic -> !all.contains(topic)).ifPresent(all::add);
        return all.stream()
                .filter(one -> all.stream().noneMatch(other -> !other.equals(one) && other.covers(one)))
                .toList();
    }

    @Override
    public int longest() {
        return setup.longest();
    }

    @Override
    public synchronized void message(Publication message) {
        take(message, Optional.empty());
    }

    @Override
    public synchronized void skipped(Publication message, long bytes) {
        take(message, Optional.of("too long: " + bytes + " bytes (at most " + setup.longest() + ", message.max)"));
    }

    private void take(Publication message, Optional<String> wrong) {
        // What the broker has kept comes again whenever another device subscribes to the same.
        boolean known = taken.put(message.topic(), true) != null;
        if (message.retain() && known) {
            return;
        }
        if (setup.availability().filter(topic -> topic.matches(message.topic())).isPresent()) {
            Availability.of(message.payload()).ifPresent(this::available);
        }
        if (message.retain() && (setup.kept() == Kept.IGNORE || offline)) {
            return;
        }
        for (Topic topic : setup.topics()) {
            if (topic.filter().matches(message.topic())) {
                silence.heard();
                messages++;
                if (wrong.isPresent() && topic.decoder().isPresent()) {
                    refuse(topic, message, wrong.get());
                } else {
                    decode(topic, message);
                }
            }
        }
        intake.hear();
    }

    private void available(boolean now) {
        if (offline && now) {
            intake.allUncertain("from before the device was offline");
        } else if (!now) {
            intake.offline("the device is offline, says "
                    + setup.availability().orElseThrow().text());
        }
        offline = !now;
    }

    private void decode(Topic topic, Publication message) {
        if (topic.decoder().isEmpty()) {
            Recorded values = new Recorded(intake.size());
            complete(topic, message, values);
            intake.take(values);
            return;
        }
        byte[] payload = message.payload();
        try {
            topic.decoder()
                    .get()
                    .decode(payload, 0, payload.length, world.clock().epochNanos(), new Reports() {
                        @Override
                        public void report(Consumer<Readings> filled) {
                            Recorded values = new Recorded(intake.size());
                            filled.accept(values);
                            complete(topic, message, values);
                            intake.take(values);
                        }

                        @Override
                        public void failed(IOException why) {
                            throw new IllegalStateException(why);
                        }
                    });
        } catch (MessageException wrong) {
            refuse(topic, message, wrong.getMessage());
        }
    }

    /** The channels turn BAD, once a second at most: a flood of garbage is no flood of rows. */
    private void refuse(Topic topic, Publication message, String why) {
        refused++;
        long now = world.clock().monotonicNanos();
        if (now - saidNanos >= PAUSE_NANOS) {
            saidNanos = now;
            Recorded values = new Recorded(intake.size());
            topic.decoder().orElseThrow().bad(why + " (" + refused + " refused)", values);
            complete(topic, message, values);
            intake.take(values);
        }
    }

    private void complete(Topic topic, Publication message, Recorded values) {
        for (Topic.Other other : topic.others()) {
            if (other.source() instanceof Source.Count count) {
                values.set(other.number(), count.refused() ? refused + intake.dropped() : messages);
            } else if (other.source() instanceof Source.Level level) {
                level.of(message.topic())
                        .ifPresentOrElse(
                                text -> TopicLevels.set(other.channel(), text, other.number(), values),
                                () -> values.bad(other.number(), "no level " + level.number() + " in the topic"));
            }
        }
        if (message.retain() && setup.kept() == Kept.UNCERTAIN) {
            for (int i = 0; i < intake.size(); i++) {
                values.uncertain(i, "kept by the broker from before");
            }
        }
    }

    @Override
    public void lost(String why) {
        intake.fail(why);
    }

    @Override
    public void refresh(Deadline deadline) throws IOException {
        if (setup.get().isEmpty()) {
            lease.probe(deadline, intake.end());
            return;
        }
        long before = intake.heard();
        Setup.Request request = setup.get().get();
        lease.publish(new Publication(request.topic(), request.payload()), deadline, intake.end());
        intake.awaitMore(before, deadline);
    }

    @Override
    public void write(Channel channel, Object value, Deadline deadline) throws IOException {
        Write write = setup.writes().get(channel.name());
        if (write == null) {
            throw new IOException(channel.name() + " cannot be written");
        }
        lease.publish(write.publication(value), deadline, intake.end());
    }

    @Override
    public void close() {
        silence.close();
        lease.close();
    }
}
