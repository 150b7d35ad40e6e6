package org.headgate.driver.mqtt;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.headgate.mqtt.client.Mqtt;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.MqttSession;
import org.headgate.mqtt.client.MqttSettings;
import org.headgate.mqtt.client.Publication;
import org.headgate.system.api.Clock;

/**
 * One connection to a broker, for many devices. No two filters of it overlap unless they are the same: a broker may send a message once for
 * each filter that it matches (MQTT 3.1.1, 3.3.5), and nobody could tell such a copy from a second message. Thread-safe.
 */
final class SharedSession implements MqttEvents {
    /** A broker that owes answers for so long, and says nothing else either, is given up. */
    static final Duration SILENT = Duration.ofSeconds(5);

    private static final long NOTHING = Long.MIN_VALUE;

    private final int number;
    private final Clock clock;
    private final Runnable gone;
    private final Semaphore window = new Semaphore(0);
    private final AtomicLong tokens = new AtomicLong();
    private final Map<Long, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();
    /** What is asked and since when that is waited for change together; nothing of others is called with it. */
    private final Object debt = new Object();
    /** Since when the broker owes an answer and says nothing. */
    private long waitingSince = NOTHING;

    private final Set<Long> published = ConcurrentHashMap.newKeySet();
    private final Audience subscribers = new Audience();
    /** Those of them that the broker has let in. */
    private final Set<Subscriber> members = ConcurrentHashMap.newKeySet();
    /** How many need a filter; its lock is that of what is said about filters, so that it is said in this order. */
    private final Map<TopicFilter, Integer> filters = new HashMap<>();

    private volatile MqttSession session;
    private volatile String lost = "";

    private SharedSession(int number, Clock clock, Runnable gone) {
        this.number = number;
        this.clock = clock;
        this.gone = gone;
    }

    /**
     * Connects; blocks.
     *
     * @param number which of our connections to this broker it is
     * @param gone is told when the connection is lost, after the subscribers, on the client's thread
     */
    static SharedSession connect(MqttSettings settings, int number, Clock clock, Runnable gone) throws IOException {
        SharedSession shared = new SharedSession(number, clock, gone);
        MqttSession session = Mqtt.connect(settings, shared);
        shared.session = session;
        shared.window.release(session.window());
        if (!shared.lost.isEmpty()) {
            session.close();
            throw new IOException(shared.lost);
        }
        return shared;
    }

    int number() {
        return number;
    }

    boolean isLost() {
        return !lost.isEmpty();
    }

    /** Whether something was asked, and nothing at all came since, for so long that nothing will come. */
    boolean isSilent() {
        synchronized (debt) {
            return waitingSince != NOTHING && clock.monotonicNanos() - waitingSince >= SILENT.toNanos();
        }
    }

    /** Where an answer is still owed, it is since now. */
    private void heard() {
        synchronized (debt) {
            waitingSince = asked.isEmpty() ? NOTHING : clock.monotonicNanos();
        }
    }

    /** The broker owes an answer: since now, unless it has owed one before. */
    private void owe(long token, CompletableFuture<Void> answer) {
        synchronized (debt) {
            asked.put(token, answer);
            if (waitingSince == NOTHING) {
                waitingSince = clock.monotonicNanos();
            }
        }
    }

    /**
     * Takes a subscriber in, whose filters {@link #fits fit}; done when the broker has said yes. Until it has {@link #join joined}, the answer alone
     * tells that the session is lost: it may go on with another one.
     */
    CompletableFuture<Void> subscribe(List<TopicFilter> wanted, int qos, Subscriber subscriber) {
        synchronized (filters) {
            subscribers.add(wanted, subscriber);
            wanted.forEach(filter -> filters.merge(filter, 1, Integer::sum));
            // Also where others have subscribed already: that is how the broker hands out what it keeps.
            return wanted.isEmpty() ? probe() : ask(token -> session.subscribe(token, texts(wanted), qos));
        }
    }

    /** The broker has said yes to a subscriber: from now on it is told when the session is lost. */
    void join(Subscriber subscriber) throws IOException {
        synchronized (members) {
            if (isLost()) {
                throw new IOException(lost);
            }
            members.add(subscriber);
        }
    }

    /** Whether these filters are the same as others', or have nothing in common with them. */
    boolean fits(List<TopicFilter> wanted) {
        synchronized (filters) {
            return wanted.stream()
                    .allMatch(filter -> filters.containsKey(filter)
                            || filters.keySet().stream().noneMatch(filter::overlaps));
        }
    }

    /** Lets a subscriber go. */
    void unsubscribe(List<TopicFilter> wanted, Subscriber subscriber) {
        synchronized (filters) {
            List<TopicFilter> unused = new ArrayList<>();
            for (TopicFilter filter : wanted) {
                if (filters.merge(filter, -1, Integer::sum) == 0) {
                    filters.remove(filter);
                    unused.add(filter);
                }
            }
            subscribers.remove(wanted, subscriber);
            members.remove(subscriber);
            if (!unused.isEmpty() && !isLost()) {
                ask(token -> session.unsubscribe(token, texts(unused)));
            }
        }
    }

    /** Whether nobody is in it. */
    boolean isUnused() {
        return subscribers.isEmpty();
    }

    /** Asks something that every broker answers and that changes nothing: whether it is still there. */
    CompletableFuture<Void> probe() {
        return ask(token -> session.unsubscribe(token, List.of("headgate/nobody/subscribes/this")));
    }

    /** Publishes; the answer comes when the broker has it, or, with QoS 0, when it is sent. Waits until there is room for it. */
    CompletableFuture<Void> publish(Publication message, Duration patience) throws IOException {
        try {
            if (!window.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the broker does not acknowledge what was sent before");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
        return ask(token -> {
            published.add(token);
            session.publish(token, message);
        });
    }

    private CompletableFuture<Void> ask(LongConsumer question) {
        long token = tokens.incrementAndGet();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        owe(token, answer);
        answer.whenComplete((done, failed) -> asked.remove(token));
        if (isLost()) {
            answer.completeExceptionally(new IOException(lost));
        } else {
            question.accept(token);
        }
        return answer;
    }

    /** Blocks, for a second at most. */
    void close() {
        session.close();
    }

    @Override
    public void acknowledged(long token) {
        answered(token).complete(null);
    }

    @Override
    public void refused(long token, String why) {
        answered(token).completeExceptionally(new IOException("refused: " + why));
    }

    private CompletableFuture<Void> answered(long token) {
        if (published.remove(token)) {
            window.release();
        }
        CompletableFuture<Void> answer = asked.remove(token);
        heard();
        return answer == null ? new CompletableFuture<>() : answer;
    }

    @Override
    public int longest() {
        return subscribers.longest();
    }

    @Override
    public void received(Publication message) {
        heard();
        subscribers.give(message, one -> one.message(message));
    }

    @Override
    public void skipped(Publication message, long bytes) {
        heard();
        subscribers.give(message, one -> one.skipped(message, bytes));
    }

    @Override
    public void lost(String why) {
        synchronized (members) {
            if (isLost()) {
                return;
            }
            lost = "the broker is gone: " + why;
        }
        List<CompletableFuture<Void>> waiting = List.copyOf(asked.values());
        waiting.forEach(answer -> answer.completeExceptionally(new IOException(lost)));
        members.forEach(one -> one.lost(lost));
        gone.run();
    }

    private static List<String> texts(List<TopicFilter> filters) {
        return filters.stream().map(TopicFilter::text).toList();
    }
}
