package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.Publication;
import org.headgate.mqtt.client.kit.TestProxy;
import org.headgate.system.api.Clock;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told that a connection is lost. */
class SharedSessionTest {
    @TempDir
    private Path folder;

    private static final class Listener implements Subscriber {
        final List<String> losses = new ArrayList<>();

        @Override
        public void message(Publication message) {
            // Nothing is published here.
        }

        @Override
        public int longest() {
            return MqttEvents.LONGEST;
        }

        @Override
        public void skipped(Publication message, long bytes) {
            throw new IllegalStateException(message.topic());
        }

        @Override
        public void lost(String why) {
            losses.add(why);
        }
    }

    private static SharedSession connected(RealTime time, int port) throws IOException {
        World world = time.world();
        BrokerKey key = new BrokerKey("mqtt://127.0.0.1:" + port, "", "", Map.of());
        return SharedSession.connect(key.settings(world, Duration.ofSeconds(8), 1), 1, world.clock(), () -> {});
    }

    @Test
    void whoHasLeftIsInNobodysWay() throws Exception {
        try (Site site = new Site(folder);
                RealTime time = new RealTime()) {
            SharedSession session = connected(time, site.broker.port());
            try {
                Listener all = new Listener();
                List<TopicFilter> wide = List.of(TopicFilter.parse("a/#").orElseThrow());
                List<TopicFilter> narrow = List.of(TopicFilter.parse("a/b").orElseThrow());
                session.subscribe(wide, 1, all).get(8, TimeUnit.SECONDS);
                assertThat(session.fits(narrow)).isFalse();
                assertThat(session.fits(wide)).isTrue();
                session.unsubscribe(wide, all);
                assertThat(session.isUnused()).isTrue();
                assertThat(session.fits(narrow)).isTrue();
            } finally {
                session.close();
            }
        }
    }

    @Test
    void theWindowIsFreedByAcknowledgementsAndFullWithoutThem() throws Exception {
        try (Site site = new Site(folder);
                RealTime time = new RealTime();
                TestProxy relay = TestProxy.relay(site.broker.port())) {
            SharedSession session = connected(time, relay.port());
            try {
                Publication message = new Publication("w", new byte[] {1});
                for (int i = 0; i < 2 * BrokerKey.WINDOW; i++) {
                    session.publish(message, Duration.ofSeconds(8)).get(8, TimeUnit.SECONDS);
                }
                relay.freeze();
                for (int i = 0; i < BrokerKey.WINDOW; i++) {
                    session.publish(message, Duration.ZERO);
                }
                assertThatThrownBy(() -> session.publish(message, Duration.ofMillis(10)))
                        .isInstanceOf(IOException.class)
                        .hasMessage("the broker does not acknowledge what was sent before");
            } finally {
                session.lost("frozen");
                session.close();
            }
        }
    }

    /** It goes on with another connection, which the loss of this one must not end. */
    @Test
    void whoWasNotLetInYetLearnsItFromTheAnswer() throws Exception {
        try (Site site = new Site(folder);
                RealTime time = new RealTime()) {
            SharedSession session = connected(time, site.broker.port());
            try {
                Listener member = new Listener();
                session.subscribe(List.of(TopicFilter.parse("a").orElseThrow()), 1, member)
                        .get(5, TimeUnit.SECONDS);
                session.join(member);
                Listener late = new Listener();
                session.subscribe(List.of(TopicFilter.parse("b").orElseThrow()), 1, late)
                        .get(5, TimeUnit.SECONDS);
                session.lost("cut");
                assertThat(member.losses).containsExactly("the broker is gone: cut");
                assertThatThrownBy(() -> session.join(late)).hasMessage("the broker is gone: cut");
                assertThat(late.losses).isEmpty();
            } finally {
                session.close();
            }
        }
    }

    /** What a subscriber throws would end the client's thread, and with it the connection of all. */
    @Test
    void aDefectInOneSubscriberIsItsOwn() throws Exception {
        try (Site site = new Site(folder);
                RealTime time = new RealTime()) {
            SharedSession session = connected(time, site.broker.port());
            try {
                List<String> losses = new ArrayList<>();
                Subscriber defect = new Subscriber() {
                    @Override
                    public void message(Publication message) {
                        throw new IllegalStateException("a\nb");
                    }

                    @Override
                    public int longest() {
                        return MqttEvents.LONGEST;
                    }

                    @Override
                    public void skipped(Publication message, long bytes) {
                        throw new IllegalStateException(message.topic());
                    }

                    @Override
                    public void lost(String why) {
                        losses.add(why);
                    }
                };
                List<Publication> taken = new ArrayList<>();
                Subscriber other = new Subscriber() {
                    @Override
                    public void message(Publication message) {
                        taken.add(message);
                    }

                    @Override
                    public int longest() {
                        return MqttEvents.LONGEST;
                    }

                    @Override
                    public void skipped(Publication message, long bytes) {
                        throw new IllegalStateException(message.topic());
                    }

                    @Override
                    public void lost(String why) {
                        losses.add("other: " + why);
                    }
                };
                for (Subscriber one : List.of(defect, other)) {
                    for (String filter : List.of("a", "b/#")) {
                        session.subscribe(List.of(TopicFilter.parse(filter).orElseThrow()), 1, one)
                                .get(5, TimeUnit.SECONDS);
                    }
                }
                session.received(new Publication("a", new byte[0]));
                session.received(new Publication("b/c", new byte[0]));
                assertThat(taken).hasSize(2);
                assertThat(losses)
                        .singleElement()
                        .asString()
                        .startsWith("a message could not be taken, which is a defect: IllegalStateException at ")
                        .contains("SharedSessionTest.java")
                        .doesNotContain("\n");
                assertThat(session.isLost()).isFalse();
            } finally {
                session.close();
            }
        }
    }

    /** Where nothing is asked nothing is owed, and whatever comes shows that the broker is there. */
    @Test
    void silentIsABrokerThatOwesAnswersAndSaysNothing() throws Exception {
        MovedClock clock = new MovedClock();
        try (Site site = new Site(folder);
                RealTime time = new RealTime();
                TestProxy relay = TestProxy.relay(site.broker.port())) {
            BrokerKey key = new BrokerKey("mqtt://127.0.0.1:" + relay.port(), "", "", Map.of());
            SharedSession session =
                    SharedSession.connect(key.settings(time.world(), Duration.ofSeconds(8), 1), 1, clock, () -> {});
            try {
                session.probe().get(8, TimeUnit.SECONDS);
                clock.advance(SharedSession.SILENT);
                assertThat(session.isSilent()).isFalse();
                relay.freeze();
                CompletableFuture<Void> owed = session.probe();
                assertThat(session.isSilent()).isFalse();
                clock.advance(SharedSession.SILENT);
                assertThat(session.isSilent()).isTrue();
                session.received(new Publication("a", new byte[0]));
                assertThat(session.isSilent()).isFalse();
                clock.advance(SharedSession.SILENT);
                assertThat(session.isSilent()).isTrue();
                assertThat(owed).isNotDone();
            } finally {
                session.lost("frozen");
                session.close();
            }
        }
    }

    /** Two threads hear at once: one is about to note that an answer is owed, and the other brings it. */
    @Test
    void anAnswerThatComesWhileItIsNotedAsOwedIsNotOwedAnyMore() throws Exception {
        MovedClock moved = new MovedClock();
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        Clock clock = (Clock) Proxy.newProxyInstance(
                Clock.class.getClassLoader(), new Class<?>[] {Clock.class}, (proxy, method, arguments) -> {
                    meanwhile.getAndSet(() -> {}).run();
                    return method.invoke(moved, arguments);
                });
        try (Site site = new Site(folder);
                RealTime time = new RealTime();
                TestProxy relay = TestProxy.relay(site.broker.port())) {
            BrokerKey key = new BrokerKey("mqtt://127.0.0.1:" + relay.port(), "", "", Map.of());
            SharedSession session =
                    SharedSession.connect(key.settings(time.world(), Duration.ofSeconds(8), 1), 1, clock, () -> {});
            try {
                relay.freeze();
                CompletableFuture<Void> owed = session.probe();
                Thread other = new Thread(() -> session.acknowledged(1));
                meanwhile.set(() -> {
                    other.start();
                    await().until(() -> Set.of(Thread.State.BLOCKED, Thread.State.TERMINATED)
                            .contains(other.getState()));
                });
                session.received(new Publication("a", new byte[0]));
                other.join();
                assertThat(owed).isCompleted();
                moved.advance(SharedSession.SILENT);
                assertThat(session.isSilent()).isFalse();
            } finally {
                session.lost("frozen");
                session.close();
            }
        }
    }
}
