package org.headgate.driver.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.headgate.mqtt.client.Publication;
import org.headgate.sparkplug.DataType;
import org.headgate.sparkplug.MalformedException;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.Payload;
import org.headgate.sparkplug.PayloadReader;
import org.headgate.sparkplug.PayloadWriter;
import org.headgate.sparkplug.Topics;
import org.headgate.system.api.Loop;

/**
 * An edge node of Sparkplug and its devices, as a host application follows them (Sparkplug 3.0, 5): births say what the numbers of metrics mean;
 * when one of its messages is missing, it is asked to be born again. Thread-safe; what it tells its members it tells in the order of the messages.
 */
final class EdgeNode {
    /** So long after a birth its devices are born, too, or the node was born without them. */
    static final Duration SETTLES = Duration.ofSeconds(10);

    private static final int NUMBERS = 256;
    private static final String UNBORN = "the edge node was born, the device not yet";
    private static final String NEVER =
            "the edge node was born without it: is the device on, and is its id the right one?";
    private static final String DIED = "the device has died (DDEATH)";
    private static final String SILENT = "its edge node does not answer when it is asked for its births";

    /** Who follows the node, or one of its devices. Told while the node is locked: must not block. */
    interface Member {
        /**
         * The device is born.
         *
         * @param cut whether it has more metrics than these, for which there is no room
         */
        void born(List<Metric> all, boolean cut);

        /** Values came. */
        void metrics(List<Metric> some);

        /** The device is not there any more. */
        void dead(String why);

        /** The device has no values any more, but nothing says that it is gone. */
        void stale(String why);

        /** Publishes for the edge node, where that is possible at once. */
        boolean tell(Publication message);
    }

    private final World world;
    private final Topics topics;
    private final Map<Member, String> members = new LinkedHashMap<>();
    private final Births births = new Births();
    private final Set<String> died = new HashSet<>();
    private final Rebirths rebirths;

    private int next = -1;
    private Optional<Object> session = Optional.empty();
    private Publication last;
    /** Whether all devices that the node was born with are born. */
    private boolean settled;

    private long bornNanos;
    private Loop.Timer settles = () -> {};

    EdgeNode(String group, String node, World world) {
        this.world = world;
        this.topics = new Topics(group, node);
        this.rebirths = new Rebirths(world.loop(), this::tellToBeBorn);
    }

    /** All that the node and its devices say. */
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
        if (births.has(device)) {
            member.born(births.of(device), births.isCut(device));
        } else if (next < 0 || rebirths.isOwed()) {
            rebirths.want();
            if (rebirths.isInVain()) {
                member.dead(SILENT);
            }
        } else if (settled) {
            member.dead(reason(device));
        }
    }

    /** Whether that was the last one. */
    synchronized boolean leave(Member member) {
        members.remove(member);
        if (members.isEmpty()) {
            settles.cancel();
            rebirths.close();
        }
        return members.isEmpty();
    }

    void message(Publication message) {
        message(message, Optional.empty());
    }

    /** A message for one of the members: each of them brings it, maybe without its payload. */
    synchronized void message(Publication message, Optional<String> unread) {
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
            if (unread.isPresent()) {
                throw new MalformedException(unread.get());
            }
            heard(type, device, PayloadReader.read(message.payload()));
        } catch (MalformedException wrong) {
            of(device).forEach(member -> member.stale(wrong.getMessage()));
            rebirths.want();
        }
    }

    private void heard(String type, String device, Payload payload) {
        switch (type) {
            case "NBIRTH" -> {
                rebirths.born();
                Set<String> before = births.devices();
                births.clear();
                died.clear();
                // One that is only told again is no reason to call its devices dead.
                Optional<Object> number = Births.number(payload);
                boolean another = session.isPresent() && !session.equals(number);
                session = number;
                next = follows(payload);
                settled = false;
                birth(device, payload);
                // Those of its devices come now: what is not born again is not there.
                members.forEach((member, of) -> {
                    if (another && !of.isEmpty()) {
                        member.dead(UNBORN);
                    } else if (before.contains(of) && !of.isEmpty()) {
                        member.stale(UNBORN);
                    }
                });
            }
            case "NDEATH" -> {
                if (session.isEmpty() || session.equals(Births.number(payload))) {
                    births.clear();
                    settles.cancel();
                    settled = false;
                    next = -1;
                    members.keySet().forEach(member -> member.dead("its edge node has died (NDEATH)"));
                }
            }
            default -> {
                if (!inOrder(payload)) {
                    rebirths.want();
                }
                switch (type) {
                    case "DBIRTH" -> birth(device, payload);
                    case "DDEATH" -> {
                        births.remove(device);
                        if (members.containsValue(device)) {
                            died.add(device);
                        }
                        of(device).forEach(member -> member.dead(DIED));
                    }
                    default -> data(device, payload);
                }
            }
        }
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
        births.add(device, payload);
        died.remove(device);
        List<Metric> values = births.of(device);
        of(device).forEach(member -> member.born(values, births.isCut(device)));
        if (!settled) {
            bornNanos = world.clock().monotonicNanos();
            settles.cancel();
            settles = world.loop().schedule(SETTLES, this::settle);
        }
    }

    /** Whoever was not born until now is not there; where messages are missing, the next birth tells. */
    private synchronized void settle() {
        // A timer that another birth was too late to cancel says nothing.
        boolean over = world.clock().monotonicNanos() - bornNanos >= SETTLES.toNanos();
        settled |= over && next >= 0 && !rebirths.isOwed();
        if (settled) {
            unborn().forEach(member -> member.dead(reason(members.get(member))));
        }
    }

    private String reason(String device) {
        return died.contains(device) ? DIED : NEVER;
    }

    private List<Member> unborn() {
        return members.keySet().stream()
                .filter(member -> !births.has(members.get(member)))
                .toList();
    }

    private void data(String device, Payload payload) {
        if (!births.has(device)) {
            rebirths.want();
            return;
        }
        List<Metric> named = new ArrayList<>();
        for (Metric metric : payload.metrics()) {
            Optional<Metric> value = births.take(device, metric);
            value.ifPresent(named::add);
            // What there is no room for no birth tells.
            if (value.isEmpty() && !births.isCut(device)) {
                rebirths.want();
            }
        }
        of(device).forEach(member -> member.metrics(named));
    }

    private Collection<Member> of(String device) {
        return members.entrySet().stream()
                .filter(member -> member.getValue().equals(device))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** On the loop, for that it is needed is known on a thread that must not ask anything of the session. */
    private void tellToBeBorn(boolean again) {
        List<Member> all;
        synchronized (this) {
            all = List.copyOf(members.keySet());
            if (again) {
                unborn().forEach(member -> member.dead(SILENT));
            }
        }
        Publication rebirth = command(topics.ncmd(), "Node Control/Rebirth", DataType.BOOLEAN, true);
        for (int i = 0; i < all.size() && !all.get(i).tell(rebirth); i++) {
            // The next one, then.
        }
    }

    /** What writes a metric; empty when the device was not born with it. */
    synchronized Optional<Publication> write(String device, String name, Object value) {
        return births.metric(device, name)
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
