package org.headgate.driver.mqtt;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.Publication;

/** Who wants which messages of a session. Thread-safe; who changes it takes care that changes come one after the other. */
final class Audience {
    private record Wild(TopicFilter filter, Subscriber subscriber) {}

    private final Map<String, List<Subscriber>> plain = new ConcurrentHashMap<>();
    private final List<Wild> wild = new CopyOnWriteArrayList<>();
    private final Set<Subscriber> all = ConcurrentHashMap.newKeySet();
    private volatile int longest = MqttEvents.LONGEST;

    void add(List<TopicFilter> wanted, Subscriber subscriber) {
        all.add(subscriber);
        measure();
        for (TopicFilter filter : wanted) {
            if (filter.isPlain()) {
                plain.computeIfAbsent(filter.text(), any -> new CopyOnWriteArrayList<>())
                        .add(subscriber);
            } else {
                wild.add(new Wild(filter, subscriber));
            }
        }
    }

    void remove(List<TopicFilter> wanted, Subscriber subscriber) {
        for (TopicFilter filter : wanted) {
            List<Subscriber> those = plain.get(filter.text());
            if (those != null && filter.isPlain()) {
                those.remove(subscriber);
                plain.computeIfPresent(filter.text(), (text, rest) -> rest.isEmpty() ? null : rest);
            }
        }
        wild.removeIf(one -> one.subscriber() == subscriber);
        all.remove(subscriber);
        measure();
    }

    private void measure() {
        longest = all.stream().mapToInt(Subscriber::longest).max().orElse(MqttEvents.LONGEST);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The longest payload that one of them takes, in bytes. */
    int longest() {
        return longest;
    }

    /** Gives a message to each that wants it. */
    void give(Publication message, Consumer<Subscriber> giving) {
        plain.getOrDefault(message.topic(), List.of()).forEach(one -> give(giving, one));
        for (Wild one : wild) {
            if (one.filter().matches(message.topic())) {
                give(giving, one.subscriber());
            }
        }
    }

    /** What a subscriber throws must not reach the client: that would end the connection of all. */
    private void give(Consumer<Subscriber> giving, Subscriber to) {
        if (!all.contains(to)) {
            return;
        }
        try {
            giving.accept(to);
        } catch (RuntimeException defect) {
            all.remove(to);
            StackTraceElement[] trace = defect.getStackTrace();
            to.lost("a message could not be taken, which is a defect: "
                    + defect.getClass().getSimpleName() + (trace.length > 0 ? " at " + trace[0] : ""));
        }
    }
}
