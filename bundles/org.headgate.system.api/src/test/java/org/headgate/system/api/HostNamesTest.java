package org.headgate.system.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.system.api.kit.Threads;
import org.junit.jupiter.api.Test;

/** A look-up ends when its caller's time does, whatever the name server does. */
class HostNamesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final MovedClock clock = new MovedClock();
    private final AtomicInteger asked = new AtomicInteger();

    private Deadline in(Duration time) {
        return Deadline.in(time, clock);
    }

    @Test
    void aNameServerThatHangsCostsTheTimeOfWhoeverAsksAndOneThreadForAll() throws Exception {
        CompletableFuture<InetAddress> answer = new CompletableFuture<>();
        HostNames names = new HostNames(new Threads(), host -> {
            asked.incrementAndGet();
            return answer.join();
        });
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> names.find("plc.example", in(Duration.ofMillis(50))))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("no address for the host plc.example within 50 ms: does the name server (DNS) answer?");
        }
        CompletableFuture<InetAddress> waits = CompletableFuture.supplyAsync(() -> {
            try {
                return names.find("plc.example", in(LONG));
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
        answer.complete(InetAddress.getLoopbackAddress());
        assertThat(waits.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(asked.get()).as("look-ups").isBetween(1, 2);
    }

    @Test
    void aNameThatNobodyKnowsIsAskedForAgain() {
        HostNames names = new HostNames(new Threads(), host -> {
            asked.incrementAndGet();
            throw new UnknownHostException(host + ": Name or service not known");
        });
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> names.find("no.example", in(LONG)))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessage("no.example");
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void nobodyIsAskedForAnAddress() throws Exception {
        HostNames names = new HostNames(new Threads(), host -> {
            throw new IOException("asked for " + host);
        });
        for (String address : new String[] {"192.0.2.7", "255.249.199.0", "[::1]", "fe80::1", "::ffff:192.0.2.7"}) {
            assertThat(names.find(address, in(LONG))).isEqualTo(InetAddress.getByName(address));
        }
    }

    /** The JDK takes none of them for an address, and would ask on the thread of its caller. */
    @Test
    void whatOnlyLooksLikeAnAddressIsLookedUpInBoundedTime() {
        for (String host : new String[] {"999.1.1.1", "256.0.0.1", "1.1.1.260", "192.0.2.7.8", "x:1"}) {
            asked.set(0);
            HostNames counting = new HostNames(new Threads(), name -> {
                asked.incrementAndGet();
                throw new UnknownHostException(name);
            });
            assertThatThrownBy(() -> counting.find(host, in(LONG))).isInstanceOf(UnknownHostException.class);
            assertThat(asked).as(host).hasValue(1);
        }
    }
}
