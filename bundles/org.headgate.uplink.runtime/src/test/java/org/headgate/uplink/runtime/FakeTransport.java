package org.headgate.uplink.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.headgate.system.api.Loop;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.LinkListener;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.Transport;

/** A server in simulated time: acknowledges after 5 to 25 ms; loses everything in flight when it goes down. */
final class FakeTransport implements Transport {
    final List<String> received = new ArrayList<>();
    /** The same as it came, without what the uplink tells of itself. */
    final List<Message> messages = new ArrayList<>();

    boolean up = true;
    boolean hangs;
    boolean mute;
    String password = "";
    String poison = "nothing";
    String deadly = "nothing";
    /** How often the link breaks with a deadly text before that passes. */
    ToIntFunction<String> mercy = text -> Integer.MAX_VALUE;

    private final Map<String, Integer> deaths = new HashMap<>();
    Optional<Message> will = Optional.empty();
    int hung;
    int opened;
    int closed;
    int mostInFlight;
    /** Messages that carry rows, whatever became of them. */
    int sent;

    int window = 5;
    /** At which messages it has an error of its own. */
    Predicate<String> fails = text -> false;
    /** So many messages meet a quota that is used up. */
    int quota;
    /** So many messages are acknowledged on a link before it breaks. */
    int breaksAfter = Integer.MAX_VALUE;

    private final Loop loop;
    private final Random random = new Random(5);
    private FakeLink link;

    FakeTransport(SimulatedSystem system) {
        loop = system.loop("server");
    }

    void down() {
        up = false;
        if (link != null) {
            FakeLink lost = link;
            link = null;
            lost.gone = true;
            lost.listener.lost("broker gone");
        }
    }

    /** A message comes to the gateway. */
    void push(String topic, String text) {
        link.listener.received(new Incoming(topic, text.getBytes(StandardCharsets.UTF_8), "", new byte[0]));
    }

    /** One that is too long comes to the gateway. */
    void pushTooLong(String topic) {
        link.listener.skipped(topic, 2 << 20);
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public void check(LinkSettings settings) {
        if (settings.options().containsKey("bad")) {
            throw new IllegalArgumentException("bad: yes (expected: nothing)");
        }
    }

    @Override
    public Link open(LinkSettings settings, LinkListener listener) throws IOException {
        if (hangs) {
            hung++;
            throw new SimulatedSystem.Hang();
        }
        if (!up) {
            throw new IOException("connection refused");
        }
        opened++;
        password = new String(settings.password());
        will = settings.will();
        link = new FakeLink(listener);
        return link;
    }

    final List<String> states = new ArrayList<>();
    final List<String> subscribed = new ArrayList<>();
    long limit = Long.MAX_VALUE;

    private final class FakeLink implements Link {
        private final LinkListener listener;
        private boolean gone;
        private int inFlight;
        private int answered;

        FakeLink(LinkListener listener) {
            this.listener = listener;
        }

        @Override
        public void send(long token, Message message) {
            if (gone) {
                return;
            }
            if (message.retain()) {
                // What the uplink tells of itself.
                states.add(new String(message.payload(), StandardCharsets.UTF_8));
                answer(token);
                return;
            }
            String text = message.topic() + " " + new String(message.payload(), StandardCharsets.UTF_8);
            sent++;
            mostInFlight = Math.max(mostInFlight, ++inFlight);
            if (quota > 0) {
                quota--;
                gone = true;
                listener.exhausted("reason code 0x97 of the PUBACK");
                return;
            }
            if (fails.test(text)) {
                loop.execute(() -> {
                    inFlight--;
                    if (!gone) {
                        listener.failed(token, "reason code 0x83 of the PUBACK");
                    }
                });
                return;
            }
            if (text.contains(poison)) {
                inFlight--;
                listener.refused(token, "too large");
                return;
            }
            if (text.contains(deadly) && deaths.merge(text, 1, Integer::sum) <= mercy.applyAsInt(text)) {
                loop.execute(() -> {
                    if (!gone) {
                        down();
                        up = true;
                    }
                });
                return;
            }
            received.add(text);
            messages.add(message);
            if (!mute) {
                loop.schedule(Duration.ofMillis(5 + random.nextInt(20)), () -> {
                    inFlight--;
                    if (!gone) {
                        listener.acknowledged(token);
                        if (++answered >= breaksAfter) {
                            down();
                            up = true;
                        }
                    }
                });
            }
        }

        /** Whoever says farewell waits for the answer, in real time. */
        private void answer(long token) {
            if (token < 0) {
                listener.acknowledged(token);
            } else {
                loop.schedule(Duration.ofMillis(1), () -> {
                    if (!gone) {
                        listener.acknowledged(token);
                        if (++answered >= breaksAfter) {
                            down();
                            up = true;
                        }
                    }
                });
            }
        }

        @Override
        public void subscribe(List<String> filters) {
            subscribed.addAll(filters);
        }

        @Override
        public long messageLimit() {
            return limit;
        }

        @Override
        public int window() {
            return window;
        }

        @Override
        public void close() {
            gone = true;
            closed++;
        }
    }
}
