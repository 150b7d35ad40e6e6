package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.headgate.mqtt.client.Publication;
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
        public void lost(String why) {
            losses.add(why);
        }
    }

    /** It goes on with another connection, which the loss of this one must not end. */
    @Test
    void whoWasNotLetInYetLearnsItFromTheAnswer() throws Exception {
        try (Site site = new Site(folder);
                RealTime time = new RealTime()) {
            BrokerKey key = new BrokerKey("mqtt://127.0.0.1:" + site.broker.port(), "", "", Map.of());
            SharedSession session =
                    SharedSession.connect(key.settings(time.world(), Duration.ofSeconds(5), 1), () -> {});
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
}
