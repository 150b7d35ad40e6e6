package org.headgate.driver.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.headgate.mqtt.client.Publication;
import org.headgate.sparkplug.DataType;
import org.headgate.sparkplug.MalformedException;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.Payload;
import org.headgate.sparkplug.PayloadReader;
import org.headgate.sparkplug.PayloadWriter;
import org.headgate.sparkplug.Topics;

/**
 * An edge node of Sparkplug and its devices, as a host application follows them (Sparkplug 3.0, 5): births say what the numbers of metrics mean;
 * when one of its messages is missing, it is asked to be born again. Thread-safe; what it tells its members it tells in the order of the messages.
 */
final class EdgeNode {
    /** A node is asked for its births that often at most. */
    static final Duration BETWEEN_REBIRTHS = Duration.ofSeconds(10);

    private static final int MOST_METRICS = 50_000;
    private static final int NUMBERS = 256;
    private static final String BD_SEQ = "bdSeq";
    private static final String UNBORN = "the edge node was born, the device not yet";

    private record Named(String device, String name) {}

    /** Who follows the node, or one of its devices. Told while the node is locked: must not block. */
    interface Member {
        /** The device is born: these are all of its metrics. */
        void born(List<Metric> all);

        /** Values came. */
        void metrics(List<Metric> some);

        /** The device is not there any more. */
        void dead(String why);

        /** The device has no values any more, but nothing says that it is gone. */
        void stale(String why);

        /** Publishes for the edge node; does not wait. */
        void tell(Publication message);
    }

    private final World world;
    private final Topics topics;
    private final Map<Member, String> members = new LinkedHashMap<>();
    private final Map<Long, Named> aliases = new HashMap<>();
    /** What was last said of each metric, by device; the node's own under an empty name. */
    private final Map<String, Map<String, Metric>> born = new HashMap<>();

    private int metrics;
    private int next = -1;
    private Optional<Object> session = Optional.empty();
    private Publication last;
    private boolean asked;
    private boolean askAgain;

    EdgeNode(String group, String node, World world) {
        this.world = world;
        this.topics = new Topics(group, node);
    }

    /** Everything that the node says, and its devices. */
    TopicFilter filter() {
        return TopicFilter.parse("spBv1.0/" + topics.group() + "/+/" + topics.node() + "/#")
                .orElseThrow();
    }

    synchronized void join(String device, Member member) {
        members.put(member, device);
    }

    /** A member hears from now on: it is told what is known, or that is asked for. */
    synchronized void begin(Member member) {
        String device = members.get(member);
        if (born.containsKey(device)) {
            member.born(List.copyOf(born.get(device).values()));
        } else {
            askForBirths();
        }
    }

    /** Whether that was the last one. */
    synchronized boolean leave(Member member) {
        members.remove(member);
        return members.isEmpty();
    }

    /** A message for one of the members: each of them brings it. */
    synchronized void message(Publication message) {
        if (message == last) {
            return;
        }
        last = message;
        String[] levels = message.topic().split("/", -1);
        if (levels.length < 4 || levels.length > 5 || message.retain()) {
            return;
        }
        String type = levels[2];
        String device = levels.length == 5 ? levels[4] : "";
        if (!type.matches(device.isEmpty() ? "N(BIRTH|DATA|DEATH)" : "D(BIRTH|DATA|DEATH)")) {
            return;
        }
        try {
            heard(type, device, PayloadReader.read(message.payload()));
        } catch (MalformedException wrong) {
            of(device).forEach(member -> member.stale(wrong.getMessage()));
            askForBirths();
        }
    }

    private void heard(String type, String device, Payload payload) {
        switch (type) {
            case "NBIRTH" -> {
                aliases.clear();
                born.clear();
                metrics = 0;
                // One that is only told again is no reason to call its devices dead.
                Optional<Object> number = number(payload);
                boolean another = session.isPresent() && !session.equals(number);
                session = number;
                next = follows(payload);
                birth(device, payload);
                // Those of its devices come now: what is not born again is not there.
                members.forEach((member, of) -> {
                    if (of.isEmpty()) {
                        return;
                    }
                    if (another) {
                        member.dead(UNBORN);
                    } else {
                        member.stale(UNBORN);
                    }
                });
            }
            case "NDEATH" -> {
                if (session.isEmpty() || session.equals(number(payload))) {
                    born.clear();
                    next = -1;
                    members.keySet().forEach(member -> member.dead("its edge node has died (NDEATH)"));
                }
            }
            default -> {
                if (!inOrder(payload)) {
                    askForBirths();
                }
                switch (type) {
                    case "DBIRTH" -> birth(device, payload);
                    case "DDEATH" -> {
                        born.remove(device);
                        of(device).forEach(member -> member.dead("the device has died (DDEATH)"));
                    }
                    default -> data(device, payload);
                }
            }
        }
    }

    private static Optional<Object> number(Payload payload) {
        return payload.metrics().stream()
                .filter(metric -> metric.name().equals(BD_SEQ))
                .findFirst()
                .flatMap(Metric::value)
                .map(value -> ((Object) value.toString()));
    }

    private static int follows(Payload payload) {
        return payload.seq().isPresent() ? (int) ((payload.seq().getAsLong() + 1) % NUMBERS) : -1;
    }

    private boolean inOrder(Payload payload) {
        boolean right = next >= 0 && payload.seq().isPresent() && payload.seq().getAsLong() == next;
        next = next < 0 ? -1 : follows(payload);
        return right;
    }

    private void birth(String device, Payload payload) {
        Map<String, Metric> all = new LinkedHashMap<>();
        for (Metric metric : payload.metrics()) {
            if (!metric.name().isEmpty() && metrics < MOST_METRICS) {
                metrics++;
                all.put(metric.name(), metric);
                metric.alias().ifPresent(alias -> aliases.put(alias, new Named(device, metric.name())));
            }
        }
        born.put(device, all);
        List<Metric> values = List.copyOf(all.values());
        of(device).forEach(member -> member.born(values));
    }

    private void data(String device, Payload payload) {
        Map<String, Metric> known = born.get(device);
        if (known == null) {
            askForBirths();
            return;
        }
        List<Metric> named = new ArrayList<>();
        for (Metric metric : payload.metrics()) {
            String name = name(device, metric);
            Metric birth = known.get(name);
            if (birth == null) {
                askForBirths();
            } else {
                Metric value = named(metric, birth);
                named.add(value);
                if (!metric.historical()) {
                    known.put(name, value);
                }
            }
        }
        of(device).forEach(member -> member.metrics(named));
    }

    private String name(String device, Metric metric) {
        if (!metric.name().isEmpty() || metric.alias().isEmpty()) {
            return metric.name();
        }
        Named named = aliases.get(metric.alias().getAsLong());
        return named != null && named.device().equals(device) ? named.name() : "";
    }

    private static Metric named(Metric metric, Metric birth) {
        return new Metric(
                birth.name(),
                OptionalLong.empty(),
                metric.millis(),
                metric.datatype() == 0 ? birth.datatype() : metric.datatype(),
                metric.historical(),
                metric.isNull(),
                metric.properties(),
                metric.value());
    }

    private Collection<Member> of(String device) {
        return members.entrySet().stream()
                .filter(member -> member.getValue().equals(device))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** On the loop, for this is known on a thread that must not ask anything of the session. */
    private void askForBirths() {
        if (asked) {
            askAgain = true;
            return;
        }
        asked = true;
        askAgain = false;
        world.loop().execute(this::tellToBeBorn);
        world.loop().schedule(BETWEEN_REBIRTHS, this::mayAskAgain);
    }

    private void tellToBeBorn() {
        Optional<Member> member;
        synchronized (this) {
            member = members.keySet().stream().findFirst();
        }
        member.ifPresent(one -> one.tell(command(topics.ncmd(), "Node Control/Rebirth", DataType.BOOLEAN, true)));
    }

    private synchronized void mayAskAgain() {
        asked = false;
        boolean missing = members.values().stream().anyMatch(device -> !born.containsKey(device));
        if ((askAgain || missing) && !members.isEmpty()) {
            askForBirths();
        }
    }

    /** What writes a metric; empty when the device was not born with it. */
    synchronized Optional<Publication> write(String device, String name, Object value) {
        return Optional.ofNullable(born.getOrDefault(device, Map.of()).get(name))
                .flatMap(metric -> DataType.of(metric.datatype()))
                .map(type -> command(device.isEmpty() ? topics.ncmd() : topics.dcmd(device), name, type, value));
    }

    private Publication command(String topic, String name, DataType type, Object value) {
        long millis = Math.floorDiv(world.clock().epochNanos(), 1_000_000);
        Metric metric = new Metric(
                name,
                OptionalLong.empty(),
                OptionalLong.of(millis),
                type.number(),
                false,
                false,
                Map.of(),
                Optional.of(MetricValues.wire(type, value)));
        return new Publication(
                topic, new PayloadWriter(millis).metric(metric).unnumbered(), 0, false, "", "", new byte[0]);
    }
}
