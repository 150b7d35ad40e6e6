package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.Driver;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.api.Readings;
import org.headgate.stream.bus.MemoryStreamBus;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.jvm.SecureRandomness;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * In real time, on real threads: of 100 devices 50 hang in {@code read} for ever, deaf to being closed. The others do not notice
 * (Kura#2391: one unreachable server stalls the other driver; OpenEMS#6: an unreachable device blocks its bridge).
 */
class IsolationTest {
    private static final int GOOD = 50;
    private static final int HUNG = 50;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long AIM_NANOS = 20_000_000;

    private final CountDownLatch letGo = new CountDownLatch(1);
    private final SharedLoops loops = new SharedLoops();
    private final ThreadCalls calls = new ThreadCalls(loops);
    private final SystemClock clock = new SystemClock(loops, calls);
    private final DeviceRegistry registry = new DeviceRegistry(new World(
            new MemoryStreamBus(loops),
            event -> {},
            clock,
            loops,
            calls,
            new SecureRandomness(),
            new MemoryStorage(),
            new Punctuality(),
            new Buses(clock)));

    @AfterEach
    void end() {
        letGo.countDown();
        registry.stop();
    }

    @Test
    void fiftyHungDevicesOfAHundredMakeTheOthersNoLater() {
        registry.bind(new HalfDead());
        for (int i = 0; i < GOOD; i++) {
            add("good" + i);
        }
        for (int i = 0; i < HUNG; i++) {
            add("hung" + i);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> online("good") == GOOD && offline("hung") == HUNG);
        // Load from outside can make us late but never punctual by chance: so the best of some windows counts.
        await().atMost(Duration.ofMinutes(3)).until(() -> isPunctual() && online("good") == GOOD);
        assertThat(calls.stuck()).as("threads lost").isBetween(HUNG, 2 * HUNG);
        letGo.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> online("hung") == HUNG && calls.stuck() == 0);
    }

    private boolean isPunctual() {
        registry.resetPolls();
        await().atMost(Duration.ofSeconds(60)).until(() -> registry.polls().polls() >= GOOD * 20);
        PollStatistics seen = registry.polls();
        return seen.p99Nanos() < AIM_NANOS && seen.missed() < seen.polls() / 50;
    }

    private long online(String prefix) {
        return registry.list().stream()
                .filter(device -> device.name().startsWith(prefix) && device.state() instanceof DeviceState.Online)
                .count();
    }

    private long offline(String prefix) {
        return registry.list().stream()
                .filter(device -> device.name().startsWith(prefix) && device.state() instanceof DeviceState.Offline)
                .count();
    }

    private void add(String name) {
        registry.add(new DeviceFile(
                name, () -> Hall.instance(name, "driver", "half", "poll", POLL.toMillis() + "ms", "timeout", "300ms")));
    }

    /** Devices named {@code hung...} hang until the test lets go, and do not care about being closed. */
    private final class HalfDead implements Driver {
        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public String name() {
            return "half";
        }

        @Override
        public List<Channel> channels(DeviceSettings settings) {
            return List.of(Channel.readable("count", "count", Type.LONG, ""));
        }

        @Override
        public Connection open(DeviceSettings settings) {
            boolean hangs = settings.device().startsWith("hung");
            return new Connection() {
                @Override
                public void read(List<Channel> channels, Readings into) throws IOException {
                    if (hangs) {
                        hang();
                    }
                    into.set(0, (long) reads.incrementAndGet());
                }

                @Override
                public void write(Channel channel, Object value) throws IOException {
                    throw new IOException("nothing can be written");
                }

                @Override
                public void close() {}
            };
        }

        private void hang() throws IOException {
            try {
                letGo.await();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        }
    }
}
